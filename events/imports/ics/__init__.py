"""Reading iCalendar files as any program may have written them (RFC 5545). Pure."""
