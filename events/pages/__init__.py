"""What residents read: list, month, event, sheets for the wall, the ways to subscribe."""
