"""What people already have, into our sources."""
