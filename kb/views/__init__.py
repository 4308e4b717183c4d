"""SQLite to read models."""
