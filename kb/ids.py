"""Identifiers: pattern, builder and validator of each kind together."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Container
from datetime import date
from functools import lru_cache

from kb.text import PLAIN, fold, fold_words

__all__ = [
    "ARXIV_PATTERN",
    "DOI_PATTERN",
    "SKIPPED_TITLE_WORDS",
    "arxiv_named",
    "arxiv_of_address",
    "find_doi",
    "is_citation_key",
    "is_dated_id",
    "is_new_arxiv",
    "is_semester_id",
    "is_topic_slug",
    "make_citation_key",
    "own_key",
    "person_id",
    "session_id",
    "slugify",
    "slugs_above",
    "undated_session_id",
]

CITATION_KEY = re.compile(r"[^\s\\{}(),=\"#%~<>/|^`\x00-\x1f\x7f]{1,200}")
"""What BibTeX, a URL and a file name all bear, up to 200 characters."""

NO_KEY = re.compile(r"[\s\\{}(),=\"#%~<>/|^`\x00-\x1f\x7f]+")
"""What a key from elsewhere may hold and ours may not."""

SEMESTER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
"""Also a file name and part of a URL; `F2022`, `2024-spring`."""

TOPIC_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
"""Lower-case words joined by hyphens, levels by slashes."""

RESERVED_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
"""Names that are devices on Windows, whatever their ending."""

PERSON_WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0900-\u0dff\u0e00-\u0fff][^\W_]*)*")
"""A run of letters and digits, with the vowel signs that Indic and Thai words are written with."""

NAME_LIMIT = 80
"""Characters of a person's slug."""

SKIPPED_TITLE_WORDS = frozenset(
    (
        "a an the on of for in to and or with from by at as is are be do does did can "
        "could should would will what why how when where who which that this it its we "
        "our you your i toward towards into about via using "
    ).split()
)
"""Words that say nothing in a citation key."""


DOI_PATTERN = r"10\.\d{4,9}/\S+"
"""A DOI, wherever it stands (Crossref's recommended pattern)."""

ARXIV_PATTERN = r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7}"
"""arXiv's identifiers, new and old style, for patterns that ignore case."""

DOI = re.compile(DOI_PATTERN)
NEW_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?")
ARXIV_ADDRESS = re.compile(rf"arxiv\.org/(?:abs|pdf|html)/({ARXIV_PATTERN})", re.IGNORECASE)
ARXIV_NAME = re.compile(rf"arxiv:\s*({ARXIV_PATTERN})", re.IGNORECASE)
LETTERS = string.ascii_lowercase


def find_doi(text: str) -> str:
    """Give the first DOI in a text, without resolver and closing punctuation; else nothing.

    Examples:
        >>> find_doi("see https://doi.org/10.1145/3442188.3445922.")
        '10.1145/3442188.3445922'
    """
    match = DOI.search(text)
    return match[0].rstrip(".,;") if match else ""


def is_new_arxiv(text: str) -> bool:
    """Tell whether a text is an arXiv identifier of the form that needs no name beside it.

    Examples:
        >>> is_new_arxiv("1905.04223v2"), is_new_arxiv("cs/0501001")
        (True, False)
    """
    return bool(NEW_ARXIV.fullmatch(text))


def arxiv_of_address(address: str) -> str:
    """Give the identifier in an address of arXiv; empty when it is none.

    Examples:
        >>> arxiv_of_address("https://arxiv.org/pdf/1706.03762v5")
        '1706.03762'
    """
    match = ARXIV_ADDRESS.search(address)
    return match[1] if match else ""


def arxiv_named(text: str) -> str:
    """Give the identifier that a text names as such; empty when it names none.

    Examples:
        >>> arxiv_named("arXiv preprint arXiv:1905.04223"), arxiv_named("1905.04223")
        ('1905.04223', '')
    """
    match = ARXIV_NAME.search(text)
    return match[1] if match else ""


def is_citation_key(value: str) -> bool:
    """Tell whether `value` may be a citation key here."""
    return (
        bool(CITATION_KEY.fullmatch(value))
        and not value.startswith((".", "-"))
        and ".." not in value
        and value.casefold() not in RESERVED_NAMES
        and value.isprintable()
    )


def own_key(value: str) -> str:
    """Give a key from elsewhere as one that may be used here; empty when there is none so near.

    Examples:
        >>> own_key("DBLP:conf/icse/Roe20"), own_key("my key"), own_key("../x")
        ('DBLP:conf-icse-Roe20', 'my-key', '')
    """
    key = NO_KEY.sub("-", value).lstrip("-")
    return key if is_citation_key(key) else ""


def is_semester_id(value: str) -> bool:
    """Tell whether `value` may name a semester."""
    return bool(SEMESTER_ID.fullmatch(value)) and value.casefold() not in RESERVED_NAMES


def is_topic_slug(value: str) -> bool:
    """Tell whether `value` may be the full name of a topic."""
    return len(value) <= 200 and bool(TOPIC_SLUG.fullmatch(value))


def slugify(value: str, limit: int = 80) -> str:
    """Give `value` as lower-case ASCII words joined by hyphens; empty when nothing is left.

    Examples:
        >>> slugify("Safety & Robustness")
        'safety-robustness'
    """
    words = re.findall(r"[a-z0-9]+", " ".join(fold_words(value)))
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > limit:
            break
        slug = f"{slug}-{word}" if slug else word[:limit]
    return slug


@lru_cache(maxsize=1 << 15)
def person_id(family: str, given: str) -> str:
    """Give a person's slug, `kastner-christian`; spelling variants without accents share it.

    Letters of every script stay, so that no two people share a slug because theirs is not Latin; a
    name without any letter is spelt by its characters' numbers.

    Examples:
        >>> person_id("Kästner", "Christian"), person_id("王", "小明"), person_id("Иванов", "Пётр")
        ('kastner-christian', '王-小明', 'иванов-пётр')
        >>> person_id("", "")
        'unnamed'
    """
    name = f"{family} {given}".strip()
    words = PERSON_WORD.findall(latin_folded(name))
    slug = "-".join(words)[:NAME_LIMIT].rstrip("-")
    return slug or "-".join(f"u{ord(c):x}" for c in name[:8] if not c.isspace()) or "unnamed"


def latin_folded(value: str) -> str:
    """Fold Latin letters as `fold` does and leave those of other scripts as they are.

    A mark of another script tells letters apart (`が` and `か`, `й` and `и`); one on a Latin letter
    is a spelling that keyboards lose.
    """
    if value.isascii():
        return value.lower()
    return "".join(
        map(latin_letter, unicodedata.normalize("NFC", value.translate(PLAIN)))
    ).casefold()


def latin_letter(character: str) -> str:
    """Give a Latin letter folded, any other character as it is."""
    latin = unicodedata.name(character, "").startswith("LATIN")
    return fold(character) if latin else character


def make_citation_key(family: str, year: int | None, title: str, taken: Container[str] = ()) -> str:
    """Make a readable key: family name, year, first significant word of the title.

    A key that is taken gets the next significant words appended, then `b`, `c`, ...

    Examples:
        >>> make_citation_key("Kästner", 2020, "Machine Learning is Requirements Engineering")
        'kastner2020machine'
        >>> make_citation_key("Kästner", 2020, "Machine Learning is ...", {"kastner2020machine"})
        'kastner2020machinelearning'
    """
    name = "".join(re.findall(r"[a-z0-9]+", "".join(fold_words(family)))) or "anonymous"
    words = [w for w in fold_words(title) if w not in SKIPPED_TITLE_WORDS and w.isascii()] or [
        "untitled"
    ]
    stem = f"{name}{year if year is not None else ''}"
    key = stem
    for word in words[:4]:
        key += word
        if key not in taken:
            return key
    for letter in LETTERS[1:]:
        if f"{stem}{words[0]}{letter}" not in taken:
            return f"{stem}{words[0]}{letter}"
    number = 2
    while f"{stem}{words[0]}-{number}" in taken:
        number += 1
    return f"{stem}{words[0]}-{number}"


def session_id(semester: str, day: date, repeat: int) -> str:
    """Give a dated session's id; `repeat` counts earlier sessions of that date.

    Examples:
        >>> session_id("F2022", date(2022, 9, 7), 1)
        'F2022-0907b'
    """
    return f"{semester}-{day:%m%d}{letters(repeat)}"


def undated_session_id(semester: str, number: int) -> str:
    """Give the id of the `number`-th session without any date, from 1: `F2022-tbd1`."""
    return f"{semester}-tbd{number}"


def is_dated_id(name: str, semester: str) -> bool:
    """Tell whether an id is one that `session_id` or `undated_session_id` makes.

    Examples:
        >>> is_dated_id("F2022-0907b", "F2022"), is_dated_id("F2022-final", "F2022")
        (True, False)
    """
    return bool(re.fullmatch(rf"{re.escape(semester)}-(?:\d{{4}}(?:[a-z]|-\d+)?|tbd\d+)", name))


def letters(repeat: int) -> str:
    """Give the suffix of the repeat-th repetition: 0 none, 1 `b`, 2 `c`, ..., then `-27`."""
    if repeat == 0:
        return ""
    return LETTERS[repeat] if repeat < 26 else f"-{repeat + 1}"


def slugs_above(slug: str) -> tuple[str, ...]:
    """Give the slugs of the topics above one, highest first.

    Examples:
        >>> slugs_above("a/b/c")
        ('a', 'a/b')
    """
    return tuple(slug[:at] for at, char in enumerate(slug) if char == "/")
