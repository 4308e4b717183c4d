"""How the search index ranks: what a word weighs in each of its columns."""

__all__ = ["LIFTED", "RANKED", "SCORE", "WEIGHTS"]

LIFTED = 400
"""Best works of a word, twenty pages of hits, among which those whose title begins with it come
first."""

WEIGHTS = {
    "title": 8.0,
    "people": 8.0,
    "notes": 3.0,
    "topics": 3.0,
    "venue": 1.0,
    "sessions": 2.0,
    "prompts": 1.0,
    "forms": 4.0,
}
"""Weights of the columns in bm25, in the order of the index."""

NUMBERS = ", ".join(f"{weight:g}" for weight in WEIGHTS.values())

RANKED = f"bm25({NUMBERS})"
"""As FTS5 takes it for its hidden column `rank`."""

SCORE = f"bm25(documents_fts, {NUMBERS})"
"""As a function of a statement, the best lowest."""
