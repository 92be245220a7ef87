"""One event at its organiser's desk: how it stands, its history, undo, a copy."""
