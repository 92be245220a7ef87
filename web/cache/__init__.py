"""The response cache in memory: bytes, entity tags, compressed forms, and the middleware that sends them."""
