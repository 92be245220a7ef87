"""The technical base: settings, languages, rendering, security, responses. It knows nothing of what is published."""
