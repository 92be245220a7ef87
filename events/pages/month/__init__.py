"""A month as a table, on a phone as a list of days."""
