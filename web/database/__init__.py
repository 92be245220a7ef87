"""Opening and asking the database, on SQLite and PostgreSQL alike; migrations; the revision counter."""
