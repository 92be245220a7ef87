"""Calendar feeds: events as iCalendar, stored as bytes, joined into what programs subscribe to."""
