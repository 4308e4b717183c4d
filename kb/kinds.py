"""What people call the entry types of BibTeX and BibLaTeX."""

from __future__ import annotations

__all__ = ["KINDS", "kind_of", "kinds_named"]

KINDS: dict[str, tuple[str, ...]] = {
    "paper": ("article", "inproceedings", "conference", "unpublished", "preprint", "journal"),
    "book": ("book", "mvbook", "collection", "mvcollection", "proceedings", "textbook"),
    "chapter": ("incollection", "inbook", "bookinbook"),
    "report": ("techreport", "report", "manual", "standard"),
    "thesis": ("phdthesis", "mastersthesis", "thesis", "dissertation"),
    "web": ("online", "electronic", "www", "blog", "post", "website"),
    "video": ("video", "movie", "talk", "recording"),
    "audio": ("audio", "music", "podcast", "episode"),
    "software": ("software", "tool"),
    "dataset": ("dataset", "data"),
    "other": ("misc", "booklet", "patent", "artwork", "legal", "letter"),
}
"""A kind, with the entry types and the everyday words that mean it."""

BY_NAME = {name: kind for kind, names in KINDS.items() for name in (kind, *names)}


def kind_of(entry_type: str, url: str = "") -> str:
    """Give the kind of an entry: `inproceedings` is a paper; `misc` with a link is a page of the
    web.

    Examples:
        >>> kind_of("InProceedings"), kind_of("misc", "https://example.org"), kind_of("curiosity")
        ('paper', 'web', 'other')
    """
    name = entry_type.casefold()
    return "web" if name == "misc" and url else BY_NAME.get(name, "other")


def kinds_named(word: str) -> str | None:
    """Give the kind that a person names, singular or plural; None when there is no such kind.

    Examples:
        >>> kinds_named("Papers"), kinds_named("podcast"), kinds_named("poem")
        ('paper', 'audio', None)
    """
    name = word.casefold()
    return BY_NAME.get(name) or BY_NAME.get(name.removesuffix("s"))
