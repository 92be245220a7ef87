"""The form of an event: drafts, saving as it is typed, comparing versions, preview, sending."""
