"""Reading lines that name works: tokens with their marks, a learned labelling of them, and works with evidence."""
