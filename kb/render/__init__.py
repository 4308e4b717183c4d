"""Read models to text in one format each."""
