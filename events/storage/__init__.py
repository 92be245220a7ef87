"""The tables of events, whole events loaded from them, what is stored to be found, and the revision marks."""
