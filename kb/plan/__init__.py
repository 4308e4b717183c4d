"""Planning semesters."""
