"""What can be said about an event: vocabulary, facts, and the words' folded forms. Pure: no database, no web."""
