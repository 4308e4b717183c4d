"""Locators: the assigned portion of a work, as people write it."""

from __future__ import annotations

import re

from kb.records import Locator
from kb.text import collapse

__all__ = ["format_locator", "parse_locator"]

UNITS = (
    ("chapter", r"ch(?:ap(?:ter|itre)?)?s?|kap(?:itel)?|caps?(?=\.\s*\d)|cap[íi]tulos?"),
    ("section", r"sec(?:tion|t)?s?|abschnitte?|secci[óo]n(?:es)?"),
    ("pattern", r"pat(?:tern)?s?"),
    ("page", r"pp?|pages?|pgs?|(?-i:S)(?=\.\s*\d)|seiten?|p[áa]gs?|p[áa]ginas?"),
    ("part", r"parts?|pts?|partes?|teile?"),
    ("volume", r"vols?|volumes?|bd|band|bände|tomos?"),
    ("book", r"books?|libros?|buch"),
    ("appendix", r"app(?:endix|endices|x)|anh(?:ang)?|ap[ée]ndices?"),
    ("act", r"acts?|actos?|akt"),
    ("scene", r"scenes?|escenas?|szenen?"),
    ("line", r"lines?|ll(?=\.)|verses?|vv(?=\.)|l[íi]neas?|versos?|zeilen?"),
    ("article", r"art(?:icle|[íi]culo)?s?|artikel"),
    ("canto", r"cantos?"),
)
"""Units and the words people write for them, longest first within each."""

WORD_OF_UNIT = "|".join(f"(?P<{unit}>{words})" for unit, words in UNITS)

UNIT_WORD = re.compile(
    rf"\s*(?:{WORD_OF_UNIT})\b\.?\s*:?\s*|\s*(?P<paragraph>§{{1,2}})\s*", re.IGNORECASE
)
"""The word in front of the parts."""

NEXT_UNIT = re.compile(
    r"(?:\s*[,;]\s*|\s+)(?:(?:and|y|und|of|in)\s+)?(?=(?:"
    + "|".join(f"(?:{words})" for _, words in UNITS)
    + r")\b\.?\s*(?:[\dIVXLivxl]|[A-Z]\b)|§)",
    re.IGNORECASE,
)
"""Where a portion goes on with another unit: `Vol. 2, Ch. 3`, `Ch. 3, pp. 45-67`."""

ROMAN = r"(?-i:[ivxlc]+)"
NUMBER = r"(?:\d+(?:\.\d+)*(?:\s?ff?\b\.?|[a-z]\b)?(?:\([a-z0-9]{1,4}\))*|[A-Z](?:\.\d+)*|[IVXL]+)"
"""`5`, `3.2`, `4a`, `12 ff.`, `1367(a)`, appendix `A.1`, Roman `IV`."""

DASH = r"\s*(?:-{1,3}|–|—|\bto\b|\bthrough\b|\bbis\b)\s*"
PART = re.compile(rf"({NUMBER})(?:{DASH}({NUMBER}))?")
"""One number or a range."""

FRONT_PAGES = re.compile(rf"({ROMAN})(?:{DASH}({ROMAN}|\d+))?")
"""Pages of the front matter: `xi-xxv`."""

SEPARATOR = re.compile(r"\s*(?:,\s*(?:and|&)\s+|,|;|\+|&|\b(?:and|und|et|y|e)\b)\s*", re.IGNORECASE)
"""What stands between two parts."""

TIME = re.compile(
    r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:\s*(?:-|–|—|\bto\b)\s*(?:\d{1,2}:)?\d{1,3}:\d{2})?"
)
"""A span of a recording."""

NAMED = re.compile(
    r"(?:(?:the|la|el|das|die)\s+)?(?:preface|foreword|introduction|prologue|epilogue|afterword|"
    r"conclusions?|postscript|glossary|acknowledg\w+|prefacio|pr[óo]logo|introducci[óo]n|"
    r"conclusi[óo]n(?:es)?|ep[íi]logo|vorwort|einleitung|nachwort|schluss(?:wort)?|"
    r"序文|序章|序論|はじめに|おわりに|終章|あとがき|結論)",
    re.IGNORECASE,
)
"""Parts of a book that have a name instead of a number."""

SKIP = re.compile(
    r"[\s,;]*\(?\b(?P<word>skip(?:ping)?|except|omit|without|salvo|ohne)\b:?\s+(?P<what>[^()]+?)\)?$",
    re.IGNORECASE,
)
"""What of the portion is left out: `Ch. 7 (skip 7.3)`."""

BRACKETS = re.compile(r"\s*\(([^()]*\w\.?\s*\d[^()]*)\)$")
"""A second portion in brackets: `pp. 234-244 (chap. 1)`."""

COUNTERS = {"章": "Ch.", "節": "Sec.", "巻": "Vol.", "部": "Part", "頁": "pp.", "ページ": "pp."}
"""Japanese counters, which stand behind their number: `第3章`, `45-67頁`."""

COUNTED = re.compile(
    rf"第?\s*(\d+)(?:\s*[-–~〜～]\s*第?\s*(\d+))?\s*({'|'.join(COUNTERS)})\s*[、，]?"
)

LABELS = {
    "chapter": ("Ch.", "Ch."),
    "section": ("Sec.", "Sec."),
    "pattern": ("Pat.", "Pat."),
    "page": ("p.", "pp."),
    "part": ("Part", "Part"),
    "volume": ("Vol.", "Vol."),
    "book": ("Book", "Books"),
    "appendix": ("Appendix", "Appendix"),
    "act": ("Act", "Acts"),
    "scene": ("Scene", "Scenes"),
    "line": ("line", "lines"),
    "article": ("Art.", "Art."),
    "canto": ("Canto", "Cantos"),
    "paragraph": ("§", "§§"),
}
"""How we write a unit, for one part and for several."""

LEADING = ("chapter", "pattern", "section", "paragraph", "article", "scene", "named", "appendix")
"""Units that say best what is read, the best first; the others go with them."""

AROUND = frozenset({"volume", "book", "part", "act", "named"})
"""Units that stand in front of what they hold."""

SPELT = frozenset({"chapter", "section", "pattern", "part"})
"""Units whose ranges are spelt out: their parts are counted and compared."""


def parse_locator(text: str) -> Locator | None:
    """Read a locator; None when the text is none, and it is to be shown as written.

    Ranges of chapters, sections, patterns and parts are spelt out, other ranges stay as they are.

    Examples:
        >>> parse_locator("Ch. 6–8, 24").parts
        ('6', '7', '8', '24')
        >>> parse_locator("Ch. “Explainability and Trust”").parts
        ('Explainability and Trust',)
        >>> parse_locator("Ch. 3, pp. 45-67").beside
        (('page', ('45-67',)),)
        >>> parse_locator("Building Intelligent Systems") is None
        True
    """
    value = re.sub(r"(?<=\d)\s+only$", "", collapse(text).strip(" ,;"))
    if TIME.fullmatch(value):
        return Locator(unit="time", parts=(re.sub(r"\s*(?:-|–|—|to)\s*", "-", value),))
    value = COUNTED.sub(counted_in_front, value).strip()
    skip = SKIP.search(value)
    if skip and skip.start():
        value = value[: skip.start()]
    value = BRACKETS.sub(r", \1", value)
    found: list[tuple[str, tuple[str, ...]]] = []
    for piece in NEXT_UNIT.split(value):
        portion = parse_portion(piece)
        if portion is None:
            return None
        if found and found[-1][0] == portion[0]:
            portion = (portion[0], (*found.pop()[1], *portion[1]))
        found.append(portion)
    lead = min(found, key=lambda p: LEADING.index(p[0]) if p[0] in LEADING else len(LEADING))
    return Locator(
        unit=lead[0],
        parts=tuple(dict.fromkeys(lead[1])),
        beside=tuple(p for p in found if p is not lead),
        skip=skip["what"].strip() if skip and skip.start() else "",
    )


def counted_in_front(found: re.Match[str]) -> str:
    """Give a Japanese portion with its unit in front: `第3章` as `Ch. 3, `."""
    last = f"-{found[2]}" if found[2] else ""
    return f"{COUNTERS[found[3]]} {found[1]}{last}, "


def parse_portion(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Read a portion in one unit; None when it is none."""
    value = text.strip(" ,;")
    if all(NAMED.fullmatch(piece) for piece in SEPARATOR.split(value)):
        return "named", tuple(SEPARATOR.split(value))
    match = UNIT_WORD.match(value)
    if match is None:
        return None
    unit = match.lastgroup or ""
    rest = value[match.end() :].strip()
    parts = numbered(rest, unit) if rest else ()
    if parts or not rest:
        return (unit, parts) if parts else None
    name = rest.strip("\"'“”‘’«»").strip()
    counted = name[:1].isdigit() and rest[:1] == name[:1]
    bare = unit in {"chapter", "section", "part", "pattern"} and name and not counted
    return (unit, (name,)) if bare else None


def numbered(text: str, unit: str) -> tuple[str, ...]:
    """Give the numbers in a list such as `2+5+20` or `6-8, 24`; empty when it is no such list."""
    parts: list[str] = []
    for piece in SEPARATOR.split(text.rstrip(".")):
        again = UNIT_WORD.match(piece)
        own = again and again.end() < len(piece) and again.lastgroup == unit
        bare = piece[again.end() :] if again and own else piece
        match = PART.fullmatch(bare) or (FRONT_PAGES.fullmatch(bare) if unit == "page" else None)
        if match is None:
            return ()
        parts.extend(spelt_out(match[1], match[2], unit))
    return tuple(dict.fromkeys(parts))


def spelt_out(first: str, last: str | None, unit: str) -> tuple[str, ...]:
    """Give the members of a range of whole numbers, up to 100; other ranges stay a range."""
    if last is None:
        return (re.sub(r"\s?(ff?)\.?$", r" \1.", first),)
    if unit in SPELT and first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) < 100:
        return tuple(str(n) for n in range(int(first), int(last) + 1))
    return (f"{first}-{last}",)


def format_locator(locator: Locator) -> str:
    """Write a locator so that `parse_locator` reads it back.

    Examples:
        >>> format_locator(Locator(unit="chapter", parts=("5", "7", "8")))
        'Ch. 5, 7, 8'
        >>> format_locator(parse_locator("pp. 234–244 (chap. 1)"))
        'Ch. 1, pp. 234-244'
    """
    before = [p for p in locator.beside if p[0] in AROUND]
    behind = [p for p in locator.beside if p[0] not in AROUND]
    shown = (*before, (locator.unit, locator.parts), *behind)
    text = ", ".join(format_portion(unit, parts) for unit, parts in shown)
    return f"{text} (skip {locator.skip})" if locator.skip else text


def format_portion(unit: str, parts: tuple[str, ...]) -> str:
    """Write a portion in one unit."""
    if unit == "time":
        return parts[0]
    if unit == "named":
        return ", ".join(parts)
    several = len(parts) > 1 or "-" in parts[0] or parts[0].endswith("f.")
    label = LABELS[unit][several]
    if len(parts) == 1 and PART.fullmatch(parts[0]) is None and unit in SPELT:
        return f"{label} “{parts[0]}”"
    return f"{label} {', '.join(parts)}"
