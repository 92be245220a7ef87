"""An event ready to show: its card, the date it stands on, the calendar that goes with a filter. Pure."""
