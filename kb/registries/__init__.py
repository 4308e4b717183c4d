"""Registries of identifiers: what Crossref, DataCite, arXiv and Open Library say of a work."""
