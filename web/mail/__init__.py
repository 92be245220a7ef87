"""Letters: written into the outbox in the transaction of what they tell of, and handed to a mail server."""
