"""The city's desk for organisations, messages and the audit log."""
