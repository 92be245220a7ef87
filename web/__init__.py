"""The plumbing: settings, languages, rendering, security, answers. It holds no word of what is published."""
