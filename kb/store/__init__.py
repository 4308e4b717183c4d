"""Records to SQLite."""
