"""The one filter grammar, from an address to SQL: list, month, feed, widget and print all find through it."""
