"""One reading as it is printed: title, portion, role, remark."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.importers.drafts import DraftReading
from kb.importers.letters import UPPER
from kb.importers.runs import ATOM, MARKS, Cell, Link
from kb.importers.schedules.words import (
    LINKED,
    ROLE,
    ROLE_OF,
    SURNAME,
    UNIT,
    VENUE,
    A,
    is_material,
    unit_match,
)
from kb.parse.dates import find_day
from kb.parse.locators import parse_locator
from kb.records import Locator
from kb.text import collapse

__all__ = ["NUMBERS_BEHIND", "one_reading"]

CITED = re.compile(
    rf"(?P<who>{SURNAME}(?:, {SURNAME})*,? et al\.?|{SURNAME}(?:, {SURNAME})*,? (?:and|&) {SURNAME}"
    rf"|{SURNAME}(?:, {SURNAME})+(?=\. [A-Z])|{SURNAME}(?=, [A-Z](?!.*, and )))[,.:]?\s+(?P<title>[{UPPER}0-9]\S*(?: \S+)+)"
)
"""`Alur et al., Syntax-Guided Synthesis. FMCAD 2013` without quotes or italics."""

LETTER = re.compile(
    rf"(?P<who>{SURNAME}), (?P<title>(?:letter|lecture|essay|poem|speech|notes?|interview|chapter|excerpts?)\b.+)"
)
"""`Holm, letter to her sister`: what has a kind instead of a title."""

VENUE_BEHIND = re.compile(
    r"[.,]\s+(?P<venue>(?:In )?(?:Proc\. )?[A-Z][\w&/+-]*(?: [A-Z][\w&]*){0,4},?\s*['’]?\d{2,4})\.?$"
)
"""`. FMCAD 2013` at the end of a citation."""

LEFT_OUT = re.compile(
    r"\b(?:skip|except|excluding|without|omit|ignore|not)\b[^.;]*$", re.IGNORECASE
)
"""What says that the portion behind it is not to be read."""

NUMBERS_BEHIND = re.compile(
    rf"(?P<title>[{UPPER}][\w’'&]+(?: (?:and|&) [{UPPER}][\w’']+)?),? "
    r"(?P<numbers>\d+\.\d+(?:\s*(?:-{1,3}|[–,;&]|and)\s*\d+\.\d+)+|(?<=[A-Z&]{2} )\d{1,2}(?:\s*(?:[-–,&]|and)\s*\d{1,2})+)"
)
"""`Szeliski 2.1-2.3`, `CLRS 4, 7`: a book by its author or short name, and sections of it."""

PAGES_BEHIND = re.compile(
    rf"(?P<title>[{UPPER}][^\d“\"]{{2,80}}?),?\s(?P<first>\d{{1,4}})\s*[-–—]{{1,3}}\s*(?P<last>\d{{1,4}})"
)
"""`Casebook 19–41`, `Genesis 1–3`: a range that stands bare behind a title."""

MIN_PAGES = 10
"""How far a bare range goes at least that is one of pages; chapters come in shorter ones."""

TITLE_YEAR = re.compile(
    rf"(?P<title>[^()“\"]{{2,150}}?)\s*\((?P<year>1[5-9]\d\d|20\d\d)\)[,.]?\s+(?P<who>(?:[A-Z]\.\s?)*{SURNAME}(?: {SURNAME}){{0,3}})"
)
"""`The Slow Ship (1907) C. Marr`."""

LEFT_OUT_BEHIND = re.compile(
    r"(?<=\S)(?:\s*[,;(]\s*|\s+[-–—]\s+|\s+\()"
    r"(?P<what>(?:you (?:can|may) )?(?:skip|except|excluding|omit|ignore)\b[^()]*\d[^()]*?)\s*\)?$",
    re.IGNORECASE,
)
"""`..., skip section 6` behind a title."""

BRACKETS = re.compile(
    r"\s*[(\[](?P<what>(?:on|from|in|at|via|see) (?:the )?[\w’' -]{2,40}|(?:read|skim|all|entire)\b[^()\[\]]{0,40}"
    r"|[\w’' -]{0,30}\b(?:pdf|e-?reserves?|reserves?|resources|canvas|handout|library|scan|online|pack|reader|file)\b[^()\[\]]{0,20})[)\]]\s*$",
    re.IGNORECASE,
)
"""`[Course Resources]`, `(handout)`, `(read all)`: where to find a work, and how to read it."""

NAMED_PORTION = re.compile(r"(?<=\d)\s*\(([“\"][^“”\"()]{3,120}[”\"])\)")
"""The name of a chapter in brackets behind its number."""

QUOTED = re.compile(r"[“\"]([^“”\"]{3,300})[”\"]")
MARKED = re.compile(r"⟪([^⟪⟫]{2,300})⟫")
DATED = re.compile(
    r"(?P<who>[^()“\"⟪]{2,200}?)[\s,.]*\((?P<year>(?:18|19|20)\d\d)[a-z]?(?:,[^()]*)?\)\s*[.:,]?\s+"
    r"(?P<title>[^⟪⟫]{4,300}?[?!]?)(?:(?<=[?!])\s|(?P<stop>\.)\s|\.$|\s*(?=⟪)|$)"
)
"""`Winner, L. (1980). Do Artifacts Have Politics? ...`."""

ABBREVIATED = re.compile(r"\b(?:chs?|chap|kap|caps?|S|secs?|pp?|vol|ed|no)$", re.IGNORECASE)
COUNTED = re.compile(r"one|two|three|first|second|third", re.IGNORECASE)
LEAD = re.compile(
    r"(?:score|text|excerpts?|selections?|chapters?|scenes?|passages?) (?:of|from)\s*$|^from\s*$|,\s*from\s*$",
    re.IGNORECASE,
)
"""`score of`, `from` in front of a title."""

ROLE_LEAD = re.compile(
    r"(optional|recommended|suggested|required|supplementary|further)\s*:\s+(?=\S)", re.IGNORECASE
)
NOTHING_BESIDE = re.compile(r"[\W_]*|by|in|read|and|or|see|either|both", re.IGNORECASE)
CITE = "cite:"
"""The scheme of links that stand for citation keys."""


@dataclass(slots=True)
class Said:
    """What a text says of a work."""

    title: str
    note: str = ""
    locator: Locator | None = None
    portion: str = ""


def one_reading(
    cell: Cell, role: str, known: Callable[[str], bool] = bool
) -> tuple[DraftReading, str]:
    """Read one work: link or title, portion, role, remark; the role is empty when it says none.

    The title is empty where there is none: a portion alone, text about no work.
    """
    text, own = take_role(re.sub(r"^⟪([(\[]?\w+[)\]]?:?)⟫\s*", r"\1 ", cell.text.strip(" ,;•·*\t")))
    atoms = [
        (m, link) for m in ATOM.finditer(text) if (link := cell.link_at(m[0])) and not link.image
    ]
    named = next(
        ((m, link) for m, link in atoms if not is_material(link.label) and not is_day(link)), None
    )
    if named is not None:
        said, label = around_link(cell, text, *named)
        own = own or label
        url = named[1].url if not named[1].url.startswith(CITE) else ""
    else:
        url = atoms[0][1].url if atoms else ""
        bare = atoms and not re.search(r"\w", re.sub(A, "", text))
        said = (
            only_links([link for _, link in atoms])
            if bare
            else without_links(text, [link for _, link in atoms], known)
        )
    return DraftReading(
        title=said.title,
        url=url,
        locator=said.locator,
        locator_text=said.portion,
        role=own or role,
        note=collapse(said.note),
    ), own


def is_day(link: Link) -> bool:
    """Tell whether the label of a link is a date, which names no work."""
    found = find_day(link.label, 2000)
    return found.day is not None and not found.rest


def take_role(text: str) -> tuple[str, str]:
    """Take `(optional)` and the like off a text; give the rest and the role, empty when none is said."""
    match = ROLE.match(text)
    leads = match is not None and (text[0] in "([" or ":" in text[: match.end() + 1])
    found = match if leads else ROLE.search(text, max(0, len(text) - 24))
    if found is None:
        return text, ""
    opened, closed = found[0].strip()[:1] in {"(", "["}, found[0].strip()[-1:] in {")", "]"}
    with_more = opened and found.start() > 0 and not closed
    if with_more and (found[1].casefold() == "skim" or ":" in found[0]):
        return text, ""
    if not opened and found.start() != 0:
        return text, ""
    return (text[: found.start()] + text[found.end() :]).strip(" ,;:"), role_of(found[1])


def role_of(word: str) -> str:
    """Give the role a word names."""
    folded = word.casefold()
    return ROLE_OF.get(folded, "supplementary" if folded.startswith("suppl") else "recommended")


def only_links(links: list[Link]) -> Said:
    """Give what links say that name no work."""
    label = links[0].label if links[0].label != links[0].url else ""
    return Said("", f"{label} {' '.join(link_text(link) for link in links[1:])}")


def without_links(text: str, links: list[Link], known: Callable[[str], bool]) -> Said:
    """Read a work whose title is no link."""
    beside = " ".join(link_text(link) for link in links[1:])
    plain = re.sub(r"[(\[]\s*[)\]]", " ", re.sub(rf"[,|/\s]*{A}", " ", text)) if links else text
    plain = re.sub(r"\s+(?:of|from|at|on|see)\s*$", "", plain) if links else plain
    if links and (behind := LINKED.fullmatch(plain)):
        plain, beside = behind["title"], f"{behind['venue']} {beside}"
    remarks = [beside]
    for pattern in (LEFT_OUT_BEHIND, BRACKETS):
        while found := pattern.search(plain):
            plain = plain[: found.start()].rstrip(" ,;")
            remarks.insert(0, found["what"].strip())
    said = portion_of(plain) or title_before_year(plain) or by_marks(plain, known)
    said.note = " ".join([said.note, *remarks])
    return said


def portion_of(text: str) -> Said | None:
    """Read `Ch. 2 in Salt Roads`, `Ch 1, "Salt Roads"`."""
    found = re.match(
        r"(?P<portion>.{3,40}?)(?:\s+(?:of|in|from)\s+|,\s+(?=[“\"⟪]))(?P<rest>\S.*)", text
    )
    portion = found["portion"].translate(MARKS).strip() if found else ""
    locator = parse_locator(portion) if portion else None
    if found is None or locator is None:
        return None
    title, note = plain_title(found["rest"].strip(" ,;:"))
    note = re.sub(r"^by\s+", "", note)
    by = re.search(rf"\s+by\s+([{UPPER}].*)$", title)
    if by:
        title, note = title[: by.start()], f"{by[1]} {note}".strip()
    return Said(title.strip(" ,;:"), note, locator, portion)


def title_before_year(text: str) -> Said | None:
    """Read `The Slow Ship (1907) C. Marr`."""
    found = TITLE_YEAR.fullmatch(text.translate(MARKS).strip(" .,"))
    if found is None or re.search(r"\b[A-Z]\.$|\bet al|,", found["title"]):
        return None
    return Said(found["title"], f"{found['who']} ({found['year']})")


def by_marks(text: str, known: Callable[[str], bool]) -> Said:
    """Read a work by its quotes, italics, people and portion."""
    names = NAMED_PORTION.findall(text)
    title, note = plain_title(NAMED_PORTION.sub("", text).strip(" ,;:"))
    title, locator, portion = split_title(title)
    note = collapse(f"{note} {' '.join(names)}")
    title, note = without_people(title, note, known)
    if locator is None and note:
        locator, portion, note = portion_in(note)
    if locator is None and not note:
        title, locator, portion = bare_numbers(title)
    title = re.sub(r"(?:[:,]?\s+\b(?:see|via)|:\s+(?:in|from|at))$", "", title.strip(" ,;:"))
    title, note = without_venue(title, note)
    if (locator is None and parse_locator(title)) or not re.search(r"[^\W\d_]", title):
        title, note = "", f"{title} {note}"
    return Said(title, note, locator, portion)


def without_people(title: str, note: str, known: Callable[[str], bool]) -> tuple[str, str]:
    """Take the people in front of a title off, where nothing else marks where it begins."""
    if known(title):
        return title, note
    if not note and (cited := CITED.fullmatch(title) or LETTER.fullmatch(title)):
        behind = VENUE_BEHIND.search(cited["title"])
        rest = cited["title"][: behind.start() if behind else None].rstrip(".")
        return rest, collapse(f"{cited['who']} {behind['venue'] if behind else ''}")
    named = re.fullmatch(
        rf"(?P<who>{SURNAME}(?:(?:, | and | & |/){SURNAME})*):\s+(?P<title>.{{4,}})", title
    )
    if named and known(named["title"]):
        return named["title"], f"{named['who']} {note}"
    return title, note


def bare_numbers(title: str) -> tuple[str, Locator | None, str]:
    """Give a title without the numbers that stand bare behind it, and these as a portion."""
    found = NUMBERS_BEHIND.fullmatch(title)
    if found:
        portion = f"{'Sec.' if '.' in found['numbers'] else 'Ch.'} {found['numbers']}"
        if locator := parse_locator(portion):
            return found["title"], locator, portion
    pages = PAGES_BEHIND.fullmatch(title)
    if (
        pages
        and int(pages["last"]) > int(pages["first"])
        and not YEAR_RANGE.fullmatch(pages["first"])
    ):
        unit = "pp." if int(pages["last"]) - int(pages["first"]) >= MIN_PAGES else "Ch."
        portion = f"{unit} {pages['first']}–{pages['last']}"
        return pages["title"], parse_locator(portion), portion
    return title, None, ""


YEAR_RANGE = re.compile(r"1[5-9]\d\d|20\d\d")


def without_venue(title: str, note: str) -> tuple[str, str]:
    """Take `(OSDI '21)` off a title."""
    venue = VENUE.search(title)
    return (
        (title[: venue.start()], f"{note} {venue['venue']}")
        if venue and venue.start() > 1
        else (title, note)
    )


def around_link(cell: Cell, text: str, atom: re.Match[str], link: Link) -> tuple[Said, str]:
    """Read a work that is linked; give what is said of it, and the role its label says."""
    before, behind = text[: atom.start()], text[atom.end() :]
    lead = shown(cell, before).strip(" ,;:-.")
    marked = before.strip(" ,;:-.") if not ATOM.search(before) else lead
    tail = re.sub(r"\[\^\w+\]", "", shown(cell, behind)).strip(" ,;:").lstrip(". ")
    others = [x.label for x in cell.links_in(behind) if not x.image]
    together = ", ".join([link.label, *others])
    if (
        lead
        and others
        and all(parse_locator(x) for x in (link.label, *others))
        and parse_locator(together)
    ):
        title, people = plain_title(marked)
        return Said(title, people, parse_locator(together), together), ""
    if lead and link.label.isdigit():
        return Said(plain_title(lead)[0], f"{link.label} {tail}"), ""
    said, lead, tail = linked_title(link.label, lead, marked, tail)
    tail = re.sub(r"\s+(?:and|or|&)(?:\s+(?:read|watch|skim|see))?$", "", tail)
    beside = [
        part for part in (re.sub(r"^by\s+", "", lead), tail) if not NOTHING_BESIDE.fullmatch(part)
    ]
    said.title, venue = without_venue(said.title.strip(" ,;:"), "")
    said.note = f"{venue} {' '.join(beside)}"
    labelled = ROLE_LEAD.match(said.title)
    role = role_of(labelled[1]) if labelled else ""
    said.title = said.title[labelled.end() :] if labelled else said.title
    if re.fullmatch(r"[\"“][^\"“”]*[\"”]", said.title):
        said.title = said.title[1:-1].strip(" ,")
    if COUNTED.fullmatch(said.title):
        said.title, said.note = link.url, f"{said.title} {said.note}"
    return said, role


def linked_title(label: str, lead: str, marked: str, tail: str) -> tuple[Said, str, str]:
    """Give title and portion of a link with the text around it, and what of that text is left."""
    title, locator, portion = split_title(label)
    if locator is None and (not lead or not parse_locator(label)) and tail:
        locator, portion, tail = portion_in(tail)
    if locator is None and lead and parse_locator(label):
        title, lead = plain_title(marked)
        locator, portion = parse_locator(label), label
    if locator is None and lead:
        before = re.fullmatch(r"(.*?)\s*\b(?:of|in|from)", lead, re.IGNORECASE)
        own = parse_locator(before[1]) if before else None
        if before and own:
            locator, portion, lead = own, before[1], ""
    return Said(title, "", locator, portion), lead, tail


def link_text(link: Link) -> str:
    """Give label and address of a link, one where they are the same."""
    return link.url if link.label == link.url else f"{link.label} {link.url}"


def shown(cell: Cell, text: str) -> str:
    """Give the text beside a work; a link in it keeps its address."""

    def one(atom: re.Match[str]) -> str:
        link = cell.link_at(atom[0])
        return link_text(link) if link is not None and not link.image else ""

    return collapse(ATOM.sub(one, text).translate(MARKS))


def plain_title(text: str) -> tuple[str, str]:
    """Give the title in a text without link, and the rest: what is quoted or in italics first, what follows `Author (1980).`, or all."""
    marks = [found for found in (quoted_title(text), marked_title(text)) if found]
    first = min(marks, key=lambda m: m.start()) if marks else None
    dated = dated_title(text)
    if first is not None and not (dated and first.re is MARKED and dated[0] < first.start()):
        before = LEAD.sub("", text[: first.start()])
        return first[1].strip(" ,."), remainder(
            before + text[first.start() :], len(before), len(before) + len(first[0])
        )
    if dated:
        return collapse(text[dated[0] : dated[1]].translate(MARKS)).rstrip(" ,:"), remainder(
            text, *dated
        )
    return collapse(text.translate(MARKS)), ""


def quoted_title(text: str) -> re.Match[str] | None:
    """Find a title in quotes: not the name of a chapter, no quoted word inside a title."""
    found = QUOTED.search(text)
    if found is None or UNIT.search(text[max(0, found.start() - 12) : found.start() + 1]):
        return None
    if found.start() and text[found.start() - 1] not in " (":
        return None
    whole = len(found[1].split()) >= 2 or not (text[: found.start()] + text[found.end() :]).strip(
        " ,."
    )
    by = re.search(rf"^{SURNAME}(?: {SURNAME})*[,:]\s*$", text[: found.start()])
    return found if whole or by else None


def marked_title(text: str) -> re.Match[str] | None:
    """Find a title in italics: two words or more, or one right behind people and before nothing but a portion."""
    for found in MARKED.finditer(text):
        before = text[: found.start()]
        if LEAD.search(before):
            return found
        if re.search(r"\w\s*$", before) and not re.search(r"\b(?:of|from|in|and)\s*$", before):
            continue
        if len(found[1].split()) >= 2 or not before.strip() or re.search(r"[,:’s']\s*$", before):
            return found
    return None


def dated_title(text: str) -> tuple[int, int] | None:
    """Find the title behind people and a year in brackets; give where it begins and ends."""
    for found in DATED.finditer(text):
        start, end = found.span("title")
        while found["stop"] and ABBREVIATED.search(text[start:end]) and end < len(text):
            further = re.compile(r"\.(?:\s|$)|\s*(?=⟪)|$").search(text, end + 1)
            if further is None:
                break
            end = further.start()
            if end >= len(text) or not ABBREVIATED.search(text[start:end]):
                break
        if not parse_locator(text[start:end].translate(MARKS)):
            return start, end
        return None
    return None


def remainder(text: str, start: int, end: int) -> str:
    """Give what stands around a title."""
    return collapse(f"{text[:start].strip(' ,.;:')} {text[end:].strip(' ,.;:')}".translate(MARKS))


def split_title(text: str) -> tuple[str, Locator | None, str]:
    """Split `Building Intelligent Systems, Ch. 5, 7` into title, locator and its text."""
    for comma in re.finditer(r",\s*|\s\(", text):
        portion = text[comma.end() :].strip(" ,;)")
        if comma.start() > 1 and NAMED_START.match(portion) and (named := parse_locator(portion)):
            return text[: comma.start()], named, portion
    for found in UNIT.finditer(text):
        if found.start() < 3 or text[found.start() - 1] not in " ,(;:":
            continue
        portion = re.sub(r"\s*\((?![^()]*\)).*$", "", text[found.start() :].strip(" ,;)"))
        opened = text[: found.start()].rstrip()[-1:] in ",(;:"
        if not re.search(r"\d", portion) and not (
            opened and re.match(r"\S+\s*[A-Z“\"'‘]", portion)
        ):
            continue
        if locator := parse_locator(portion):
            return text[: found.start()].rstrip(" ,;:("), locator, portion
    return text, None, ""


def portion_in(tail: str) -> tuple[Locator | None, str, str]:
    """Find the portion in the text behind a title; give locator, its text and what is left."""
    inner = tail.strip("()[] ")
    locator = parse_locator(inner) if inner.count("(") == inner.count(")") else None
    if locator is not None:
        return locator, inner, ""
    for start in [m.start() for m in re.finditer(r"(?:^|(?<=[\s,(]))(?=\w|§)", tail)]:
        unit = unit_match(tail[start:])
        if LEFT_OUT.search(tail[:start]) or (unit is None and not NAMED_START.match(tail[start:])):
            continue
        portion = re.match(r"[^()\[\]]*", tail[start:])
        found = longest(portion[0] if portion else "")
        if found:
            locator, words, length = found
            left = f"{tail[:start]}{tail[start + length :]}".strip(" ,;()")
            return locator, words, re.sub(r"^\W*(?:only|read|just)?\W*$", "", left)
    return None, "", tail


NAMED_START = re.compile(
    r"(?:vol|act|book|lecture|introduction|preface|conclusion|epilogue|prologue|appendix|canto)",
    re.IGNORECASE,
)


def longest(text: str) -> tuple[Locator, str, int] | None:
    """Give the longest portion a text begins with, and how long it is."""
    ends = [
        m.start()
        for m in re.finditer(
            r"[,.;]\s|\s(?:&|and)\s+(?=skim|browse|optionally|ignore|the rest)|\s(?=[—–-]\s)", text
        )
    ]
    for end in sorted([*ends, len(text)], reverse=True):
        words = text[:end].strip(" ,;.")
        if locator := parse_locator(words):
            return locator, words, end
    return None
