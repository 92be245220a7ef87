"""What was typed into a form, read carefully into values: text, dates and times, facts, a status. Pure."""
