"""Text to raw values: BibTeX, YAML, names, LaTeX, dates, locators."""
