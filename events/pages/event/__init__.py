"""The pages of one event: itself, its poster, its sheet to share, its structured data."""
