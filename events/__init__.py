"""What happens, when and where: a room for each purpose. docs/architecture.md says which."""
