"""Finding works."""
