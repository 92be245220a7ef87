"""Opening and querying the database, SQLite and PostgreSQL alike; migrations; the revision counter."""
