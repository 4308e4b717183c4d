"""What people ask of reading lists."""
