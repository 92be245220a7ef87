"""Reading events as Finnish cities' Linked Events interfaces answer them. Pure."""
