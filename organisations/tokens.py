"""Tokens: long, random secrets, handed out once and stored as their hash."""

import secrets
from hashlib import sha256


def new_secret() -> str:
    """256 bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits, to be read from one screen and typed into another."""
    return f"{secrets.randbelow(1_000_000):06d}"


def hashed(*parts: str) -> str:
    """What is stored of a secret. A short one is only safe together with a long one that is not stored."""
    return sha256(" ".join(parts).encode()).hexdigest()
