"""Indexes of the database."""

__all__ = ["INDEXES"]

INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("works", ("-year", "key")),
    ("works", ("type", "-year", "key")),
    ("works", ("url",)),
    ("people", ("-works", "id")),
    ("topic_works", ("topic", "-year", "work", "type", "own")),
    ("topic_works", ("work",)),
    ("authorship", ("person", "-year", "work", "role")),
    ("work_topics", ("topic",)),
    ("work_annotations", ("annotation",)),
    ("work_links", ("other",)),
    ("sessions", ("semester", "position")),
    ("sessions", ("date",)),
    ("session_topics", ("topic",)),
    ("readings", ("work",)),
    ("prompt_works", ("work",)),
    ("quizzes", ("due_utc",)),
    ("quiz_prompts", ("prompt",)),
    ("topics", ("parent",)),
)
"""Indexes for the joins of the views and pages; `-` stands before a column that is sorted downwards."""
