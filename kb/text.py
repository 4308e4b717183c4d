"""Plain text: folding for comparison, sentences, words, cleaning, short names of days
and months.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "DAYS",
    "MONTHS",
    "clean",
    "collapse",
    "dated_day",
    "day_name",
    "first_sentence",
    "fold",
    "fold_words",
    "head_title",
    "initials",
    "name_works",
    "plural",
    "strip_markdown",
    "title_key",
    "word_count",
]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""Short names of the days, Monday first, as `date.weekday()` counts them."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Short names of the months, January first."""

PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "″": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip
"""Typographic characters and the plain ones people type for them."""

LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
    }
)
"""Letters that do not decompose into a base letter and an accent."""

DANGEROUS = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Control characters and those that turn the order of what follows; tab and line ends are not among
them. Joiners, non-joiners and direction marks belong to words and emoji, and stay."""

IGNORED = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f]")
"""Characters without width, which no comparison looks at."""

ABBREVIATIONS = re.compile(
    r"\b(?:e\.g|i\.e|et al|vs|cf|Dr|Mr|Ms|Prof|St|Fig|Sec|Ch|No|pp|approx|U\.S|[A-Z])\.$"
)
"""A full stop after these ends no sentence."""

SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]”’]*(?=\s+[\"'(\[“‘]?[A-Z0-9À-Þ`*_])")
"""Where a sentence may end: before white space and something that can begin a sentence."""


def day_name(day: date) -> str:
    """Give `Wed`."""
    return DAYS[day.weekday()]


def dated_day(day: date) -> str:
    """Give `Mon 2025-09-01`."""
    return f"{day_name(day)} {day}"


def collapse(value: str) -> str:
    """Give `value` with runs of white space as one space, without any at the ends."""
    return " ".join(value.split())


def clean(value: str) -> str:
    """Give `value` without control characters and overrides of direction, in NFC."""
    return unicodedata.normalize("NFC", DANGEROUS.sub("", value))


def fold(value: str) -> str:
    """Fold for comparison: no case, accents, curly quotes or long dashes, single spaces.

    Examples:
        >>> fold("Kästner’s  “Øre” – Straße")
        'kastner\\'s "ore" - strasse'
    """
    return collapse(fold_letters(value))


class Uncombined(dict[int, int | None]):
    """Characters to themselves and accents to nothing, each looked up once."""

    def __missing__(self, code: int) -> int | None:
        found = self[code] = None if unicodedata.combining(chr(code)) else code
        return found


UNCOMBINED = Uncombined()


def fold_letters(value: str) -> str:
    """Fold for comparison as `fold` does, but for white space."""
    if value.isascii():
        return value.lower()
    return " ".join(word.lower() if word.isascii() else fold_word(word) for word in value.split())


def fold_word(word: str) -> str:
    """Fold a word that has letters or signs beyond ASCII."""
    plain = IGNORED.sub("", word).translate(PLAIN).casefold().translate(LETTERS)
    return unicodedata.normalize("NFKD", plain).translate(UNCOMBINED)


COUNTED = re.compile(r"[^\W_]\S*")
"""From the first letter or digit of a run to its end."""

WORD = re.compile(r"[^\W_]+")


def fold_words(value: str) -> tuple[str, ...]:
    """Give the folded words of `value`: runs of letters and digits.

    Examples:
        >>> fold_words("R&D: State-of-the-art")
        ('r', 'd', 'state', 'of', 'the', 'art')
    """
    return tuple(WORD.findall(fold_letters(value)))


def title_key(title: str) -> str:
    """Give what two spellings of one title share: its folded words, joined by spaces."""
    return " ".join(fold_words(title))


def word_count(value: str) -> int:
    """Count words as a reader would: runs without white space that hold a letter or digit."""
    return len(COUNTED.findall(value))


def strip_markdown(value: str) -> str:
    """Give Markdown prose as plain text: links by their text, no emphasis or code marks.

    Examples:
        >>> strip_markdown("Read *this* beside [@sculley2015hidden] and [that](https://x.org).")
        'Read this beside sculley2015hidden and that.'
    """
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", value)
    text = re.sub(r"\[@([^\]\s]+)\]", r"\1", text)
    text = re.sub(r"(?<!\w)[*_]{1,3}(?=\S)(.+?)(?<=\S)[*_]{1,3}(?!\w)", r"\1", text)
    return collapse(text.replace("`", ""))


def name_works(value: str, titles: Mapping[str, str]) -> str:
    """Give Markdown prose with links to works by their titles, up to a colon; keys without title
    stay.

    Examples:
        >>> name_works("Beside [@roe2020].", {"roe2020": "Hidden Debts: A Study"})
        'Beside Hidden Debts.'
    """
    return re.sub(
        r"\[@([^\]\s]+)\]", lambda m: head_title(titles[m[1]]) if m[1] in titles else m[0], value
    )


def head_title(title: str) -> str:
    """Give a title without its subtitle, where what is left can stand alone.

    Examples:
        >>> head_title("Beyond Accuracy: Behavioral Testing"), head_title("AI: A Guide")
        ('Beyond Accuracy', 'AI: A Guide')
    """
    head = title.partition(": ")[0]
    return head if len(head) >= 12 else title


def first_sentence(value: str) -> str:
    """Give the first sentence of Markdown prose as plain text; empty for empty input.

    Examples:
        >>> first_sentence("A survey, e.g. of tests, by D. Sculley. It is long.")
        'A survey, e.g. of tests, by D. Sculley.'
    """
    text = strip_markdown(value)
    for match in SENTENCE_END.finditer(text):
        head = text[: match.end()]
        bare = head.rstrip("\"')]”’")
        if bare.endswith(".") and ABBREVIATIONS.search(bare) and not sentence_ends_with_name(bare):
            continue
        return head
    return text


def sentence_ends_with_name(head: str) -> bool:
    """Tell whether the full stop after a capital closes a word such as `AI` or `ML`."""
    return bool(re.search(r"[A-Z]{2,}\.$", head))


def initials(given: str) -> str:
    """Give the initials of given names: `Jean-Francois` -> `J.-F.`.

    Examples:
        >>> initials("Jean-Francois Marie")
        'J.-F. M.'
    """
    return " ".join(
        "-".join(part[0] + "." for part in name.split("-") if part) for name in given.split()
    )


def plural(count: int, singular: str, several: str = "") -> str:
    """Give `1 work`, `2 works`."""
    return f"{count} {singular if count == 1 else several or singular + 's'}"
