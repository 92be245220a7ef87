"""Who publishes, and who may: people, sign-in, membership, permissions, the city's decisions."""
