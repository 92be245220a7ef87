"""The demonstration: organisations and events to look at, always ahead of today."""
