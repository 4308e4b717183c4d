"""The files people edit, and how they are found and read."""
