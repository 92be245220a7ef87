"""The widget for other pages: what it shows, how it looks, and the page on which it is put together."""
