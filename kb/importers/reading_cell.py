"""The reading column: works with their portions, joined by `and`, `&`, `or`, commas or lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kb.importers.drafts import DraftReading
from kb.importers.runs import ATOM, Cell
from kb.parse.locators import parse_locator
from kb.records import Locator
from kb.text import collapse

__all__ = ["read_readings"]

A = "[\ue000-\uf8ff]"
CONNECTOR = re.compile(r"\n|\s*;\s+|\s*,?\s+(?:and|&|or|plus)\s+|\s+/\s+|\s*,\s+|\s+\+\s+", re.IGNORECASE)
NOTHING = re.compile(r"[-–—−\s]*|none|n/?a|no readings?\.?|tbd|tba", re.IGNORECASE)
UNIT = re.compile(r"\b(?:ch(?:ap(?:ter)?)?s?|sec(?:tion|t)?s?|pat(?:tern)?s?|pp?|pages?|parts?)\b\.?\s*(?=[\d“\"'‘A-Z§])|§", re.IGNORECASE)
ROLE = re.compile(r"[(\[]?\s*\b(optional|recommended|supplementa\w+|suggested|required|mandatory|skim|further)\b(?:\s+reading)?\s*:?\s*[)\]]?", re.IGNORECASE)
ROLES = {"optional": "supplementary", "further": "supplementary", "skim": "required", "required": "required", "mandatory": "required"}


def read_readings(cell: Cell, known: Callable[[str], bool], role: str = "required") -> tuple[DraftReading, ...]:
    """Give the readings of a cell, alternatives grouped.

    Args:
        cell: the column's content.
        known: tells whether a plain title is that of a known work; needed where titles without links
            are joined by `and`.
        role: role where the cell does not say another.
    """
    if NOTHING.fullmatch(cell.plain()) and not cell.links_in(cell.text):
        return ()
    pieces = split_readings(cell, known)
    readings: list[DraftReading] = []
    group = 0
    current = role
    for index, (joiner, text) in enumerate(pieces):
        reading, own = read_reading(cell.part(text), role)
        if own and not reading.title:
            current = own
            continue
        if own or current != role:
            reading = replace(reading, role=own or current)
        if joiner == "or" and readings:
            if readings[-1].group is None:
                group += 1
                readings[-1] = replace(readings[-1], group=group)
            reading = replace(reading, group=readings[-1].group)
        if "\n" in joiner or index == 0:
            current = own or role
        if reading.title:
            readings.append(reading)
    return tuple(readings)


def split_readings(cell: Cell, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Split a cell into `(joiner, text)`, the joiner being `or`, `and` or a line end."""
    text = cell.text
    pieces: list[tuple[str, str]] = []
    last, joiner = 0, ""
    for match in CONNECTOR.finditer(text):
        before, after = text[last : match.start()].strip(), text[match.end() :].strip()
        if not before or not after or before.count("“") > before.count("”") or before.count("(") > before.count(")"):
            continue
        word = match[0].strip(" ,\t").casefold()
        if separates(cell, before, after, word or match[0].strip(" \t"), known):
            pieces.append((joiner, before))
            last, joiner = match.end(), "or" if word == "or" else "\n" if "\n" in match[0] else "and"
    pieces.append((joiner, text[last:].strip()))
    return [(j, t) for j, t in pieces if t.strip(" ,;-–•·*")]


def separates(cell: Cell, before: str, after: str, word: str, known: Callable[[str], bool]) -> bool:
    """Tell whether what stands between two texts separates two works.

    Beside links it does when a link begins the second work. Between numbers (`Ch. 17 and 18`) it never
    does. Between plain titles it does when a portion ends the first and no number begins the second, or
    when both are known.
    """
    if word in {"", "\n"}:
        return bool(re.match(rf"{A}|[A-Z“\"'(\[]", after))
    has_atom = bool(ATOM.search(before))
    if re.match(rf"[^\w\s(\[]*\s*{A}", after):
        return has_atom or ends_with_portion(before) or known(cell.plain(before)) or not ATOM.search(before)
    if has_atom and not ATOM.search(after) and re.search(rf"{A}\W*$", before):
        return word in {"and", "&", "or", ";", "plus"} and not starts_with_portion(after) and known(title_only(cell.plain(after)))
    if starts_with_portion(after) or re.match(r"[\d§]", after):
        return False
    if ends_with_portion(before):
        numbered = before.rstrip(" .)\"”")[-1:].isdigit()
        return (numbered and word != ",") or known(title_only(after))
    if word in {"and", "&", "or", "plus", ";", "/"}:
        return known(title_only(cell.plain(before))) and known(title_only(cell.plain(after)))
    return False


def title_only(text: str) -> str:
    """Give a title without the portion behind it."""
    found = UNIT.search(text)
    return text[: found.start()].rstrip(" ,;:(") if found and found.start() > 3 else text


def starts_with_portion(text: str) -> bool:
    """Tell whether a text begins with a chapter or page."""
    return UNIT.match(text) is not None


def ends_with_portion(text: str) -> bool:
    """Tell whether a text ends with a chapter or page."""
    found = list(UNIT.finditer(text))
    return bool(found) and parse_locator(text[found[-1].start() :]) is not None


def read_reading(cell: Cell, role: str) -> tuple[DraftReading, str]:
    """Read one work: link or title, portion, role, remark; the role is empty when it says none."""
    text = cell.text.strip(" ,;•·*\t")
    own = ""
    found_role = ROLE.match(text) if ROLE.match(text) and (text[0] in "([" or ":" in text[: ROLE.match(text).end() + 1]) else ROLE.search(text, max(0, len(text) - 20))  # type: ignore[union-attr]
    if found_role and (found_role[0].strip()[:1] in "([" or found_role.start() == 0):
        word = found_role[1].casefold()
        own = ROLES.get(word, "supplementary" if word.startswith("suppl") else "recommended")
        text = (text[: found_role.start()] + text[found_role.end() :]).strip(" ,;:")
    links = [link for link in cell.links_in(text) if not link.image]
    url = links[0].url if links else ""
    atom = next((m for m in ATOM.finditer(text) if (link := cell.link_at(m[0])) is not None and not link.image), None)
    if atom is not None:
        label = links[0].label
        lead = collapse(cell.plain(text[: atom.start()])).strip(" ,;:-")
        tail = collapse(cell.plain(text[atom.end() :])).strip(" ,;:")
        title, locator, locator_text = split_title(label)
        if locator is None and tail:
            locator, locator_text, tail = portion_in(tail)
        elif locator is None and parse_locator(label) and lead:
            title, locator, locator_text, lead = lead, parse_locator(label), label, ""
        if locator is None and lead and parse_locator(label):
            title, locator, locator_text, lead = lead, parse_locator(label), label, ""
        note = " ".join(p for p in (lead, tail) if p and not re.fullmatch(r"[\W_]*|by|in", p))
    else:
        title, locator, locator_text = split_title(collapse(cell.plain(text)))
        note = ""
    title = title.strip(" ,;:")
    if re.fullmatch(r"[\"“][^\"“”]*[\"”]", title):
        title = title[1:-1]
    return DraftReading(title=title, url=url, locator=locator, locator_text=locator_text, role=own or role, note=note), own


def split_title(text: str) -> tuple[str, Locator | None, str]:
    """Split `Building Intelligent Systems, Ch. 5, 7` into title, locator and its text."""
    for found in UNIT.finditer(text):
        if found.start() < 3:
            continue
        if text[found.start() - 1] not in " ,(;:":
            continue
        portion = text[found.start() :].strip(" ,;)")
        if not re.search(r"\d", portion) and (text[: found.start()].rstrip()[-1:] not in ",(;:" or not re.match(r"\S+\s*[A-Z“\"'‘]", portion)):
            continue
        locator = parse_locator(portion)
        if locator is not None:
            return text[: found.start()].rstrip(" ,;:("), locator, portion
    return text, None, ""


def portion_in(tail: str) -> tuple[Locator | None, str, str]:
    """Find the portion in the text behind a title; give locator, its text and what is left."""
    inner = tail.strip("()[] ")
    locator = parse_locator(inner)
    if locator is not None:
        return locator, inner, ""
    found = UNIT.search(tail)
    if found:
        portion = re.match(r"[^()\[\]]*", tail[found.start() :])
        assert portion is not None
        locator = parse_locator(portion[0].strip(" ,;"))
        if locator is not None:
            return locator, portion[0].strip(" ,;"), (tail[: found.start()] + tail[found.start() + portion.end() :]).strip(" ,;()")
    return None, "", tail
