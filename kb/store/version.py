"""Version of the schema, alone so that a freshness check loads nothing else."""

__all__ = ["SCHEMA_VERSION"]

SCHEMA_VERSION = 8
"""Raised when tables change; a database of another version is rebuilt."""
