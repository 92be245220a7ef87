"""Events: one package for each purpose, as docs/architecture.md describes."""
