"""What a line without label is about: homework, material of the lecture, a work to read, or else a note."""

from __future__ import annotations

import re

from kb.importers.columns import Role, column_role
from kb.importers.letters import UPPER
from kb.importers.reading_text import (
    LECTURE_MATERIAL,
    NUMBERS_BEHIND,
    is_material,
    portion_only,
    unit_match,
)
from kb.importers.runs import ATOM, Cell, Link

__all__ = ["BULLET", "is_slides", "line_role", "names_work", "without_bullet"]

BULLET = re.compile(r"\s*(?:[-*+:•◦▪●○‣–]\s+|\(?\d{1,2}[.)]\s+|>\s*)+")
HOMEWORK = re.compile(
    r"\W*(?:(?:hw|ps|pset|lab|homework|assignment|project|problem set|quiz|exercise|milestone|checkpoint)\s*#?\d+|due\b|(?:final |project |term )?(?:paper|project|report|proposal|essay|homework|assignment|pset|milestone)s?\b[^.“\"]{0,40}\b(?:due|out|released)\b)",
    re.IGNORECASE,
)
"""`HW1 due`, `Assignment 2`, `Project proposal due`."""

SLIDES = re.compile(
    r"docs\.google\.com/presentation|\.(?:pptx?|key|ipynb|mp4|mov|zip|odp)(?:$|[?#])|/(?:slides?|lectures?|recordings?|videos?|notebooks?|labs?|recitations?|hw|homeworks?|assignments?|handouts?|scribes?)/|(?:^|/)(?:lec(?:ture)?|slides?|hw|lab|ps|rec)[-_]?\d|colab\.|panopto|zoom\.us",
    re.IGNORECASE,
)
"""Addresses of a course's own material."""

QUOTED = re.compile(r"[“\"](?=[^“”\"\s]{1,40}\s)[^“”\"]{3,300}[”\"]")
ITALIC = re.compile(r"⟪(?=[^⟪⟫\s]{1,40}\s+[^⟪⟫\s]{1,40}\s)[^⟪⟫]{3,300}⟫")
PEOPLE_AND_YEAR = re.compile(
    rf"[{UPPER}][\w’'-]+(?:[^.;“\"]|\bal\.){{0,160}}?[\s(,](?:19|20)\d\d[a-z]?\b"
)
"""`Norman & Draper (1986)`, `Ribeiro et al., 2016`."""


CITED = re.compile(
    rf"[{UPPER}][^;“\"⟪]{{1,120}}?,?\s\((?:19|20)\d\d[a-z]?\)[.:,]?\s+[⟪“\"]?[{UPPER}\ue000-\uf8ff]\S*(?:\s+\S+){{2}}"
)
"""`Peters et al. (2018). Deep contextualized word representations.`, which is a work wherever it stands."""


def without_bullet(line: str) -> str:
    """Give a line without the bullet or number it begins with."""
    found = BULLET.match(line)
    return line[found.end() :] if found else line


def is_slides(link: Link) -> bool:
    """Tell whether a link leads to material of the course itself."""
    return (
        LECTURE_MATERIAL.fullmatch(link.label) is not None
        or SLIDES.search(link.url) is not None
        or re.match(
            r"(?:lec(?:ture)?|slides?|recording|notebook|hw|lab)\b", link.label, re.IGNORECASE
        )
        is not None
    )


def names_work(cell: Cell) -> bool:
    """Tell whether a line names a work: a telling link, a title in quotes or italics, people with a year, a portion of something."""
    links = [link for link in cell.links_in(cell.text) if not link.image]
    if any(
        not is_material(link.label) and not portion_only(link.label) and not is_slides(link)
        for link in links
    ):
        return True
    bare = ATOM.sub("", cell.text)
    if len(re.findall(r"\w{2,}", bare)) < 2:
        return False
    if (
        NUMBERS_BEHIND.fullmatch(bare.strip())
        or QUOTED.search(bare)
        or PEOPLE_AND_YEAR.search(bare)
    ):
        return True
    portion = unit_match(bare, last=True)
    return (portion is not None and portion.start() > 3) or (
        ITALIC.search(bare) is not None and ("," in bare or bool(links))
    )


def line_role(cell: Cell, reads: bool = True) -> Role:
    """Give the role of a line without label.

    Args:
        reads: a line that names a work is a reading; else a note.
    """
    plain = cell.plain()
    links = [link for link in cell.links_in(cell.text) if not link.image]
    if HOMEWORK.match(plain) and column_role(plain, {}) is not Role.READING:
        return Role.DELIVERABLE
    if (
        links
        and all(is_slides(link) for link in links)
        and len(re.findall(r"\w+", ATOM.sub("", cell.text))) <= 3
    ):
        return Role.MATERIAL
    return Role.READING if (reads and names_work(cell)) or CITED.match(cell.text) else Role.NOTE
