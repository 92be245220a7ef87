"""The desk of an association: its dates, the form of an event, next season, cancelling and moving."""
