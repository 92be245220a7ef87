"""Parsing what was typed into a form: text, dates and times, facts, a status. Pure."""
