"""Entry types in words."""

from __future__ import annotations

__all__ = ["kind_name"]

NAMES = {
    "article": "article", "inproceedings": "conference paper", "conference": "conference paper",
    "book": "book", "mvbook": "book", "booklet": "booklet",
    "collection": "collection", "proceedings": "proceedings", "incollection": "chapter",
    "inbook": "chapter", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "online": "web page", "www": "web page",
    "electronic": "web page", "video": "video", "audio": "podcast", "misc": "other work",
    "unpublished": "manuscript", "manual": "manual",
    "software": "software", "dataset": "data set", "patent": "patent",
}  # fmt: skip


def kind_name(entry_type: str) -> str:
    """Give what people call an entry type: `inproceedings` -> `conference paper`.

    Examples:
        >>> kind_name("audio"), kind_name("thing")
        ('podcast', 'thing')
    """
    return NAMES.get(entry_type, entry_type)
