"""Cancelling, postponing, moving, full, on again, withdrawing; and asking whether an event is still on."""
