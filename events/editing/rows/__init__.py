"""The rows of one event: what is stored, what a draft wants, and writing what differs between the two."""
