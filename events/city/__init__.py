"""The city's desk for events and places: the queue, decisions, the register of places, letters to staff."""
