"""The form of an event: begun, saved as it is typed, compared, previewed, sent."""
