"""Pictures: checked, made small, kept on disk, served, removed when nothing refers to them."""
