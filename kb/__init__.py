"""An annotated bibliography and reading-quiz knowledge base for courses."""

__version__ = "0.1.0"
