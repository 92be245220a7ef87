"""Finished answers kept in memory: bytes, tags, packed forms, and the middleware that sends them."""
