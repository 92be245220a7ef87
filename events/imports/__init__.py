"""Other calendars' files read into drafts, and stored once each. Reading is pure; `storing` writes."""
