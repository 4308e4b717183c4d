"""How much a line reads as a work, as homework, as material of the course, as a title: scores, not gates."""

from __future__ import annotations

import re

from kb.importers.columns import Role
from kb.importers.letters import UPPER
from kb.importers.runs import ATOM, Cell, Link
from kb.importers.schedules.words import LECTURE_MATERIAL, is_material, portion_only, unit_match
from kb.importers.schedules.work_line import NUMBERS_BEHIND
from kb.importers.topic_cell import is_title_of_row

__all__ = ["due_score", "is_slides", "line_role", "names_work", "scores_of", "work_score"]

HOMEWORK = re.compile(
    r"\W*(?:(?:hw|ps|pset|lab|homework|assignment|project|problem set|quiz|exercise|milestone|checkpoint)\s*#?\d+|due\b)",
    re.IGNORECASE,
)
"""`HW1`, `Assignment 2`, `Due ...`."""

DUE_BEHIND = re.compile(
    r"\W*[^\W\d_][\w’'/&:() -]{1,60}?\s(?:(?:is|are)\s+)?(?:due|out|released)\b[^“\"]{0,30}",
    re.IGNORECASE,
)
"""`Response paper 1 due`, `Study questions are due in class`."""

SLIDES = re.compile(
    r"docs\.google\.com/presentation|\.(?:pptx?|key|ipynb|mp4|mov|zip|odp)(?:$|[?#])"
    r"|/(?:slides?|lectures?|recordings?|videos?|notebooks?|labs?|recitations?|hw|homeworks?|assignments?|handouts?|scribes?)/"
    r"|(?:^|/)(?:lec(?:ture)?|slides?|hw|lab|ps|rec)[-_]?\d|colab\.|panopto|zoom\.us",
    re.IGNORECASE,
)
"""Addresses of a course's own material."""

OWN = re.compile(r"(?:lec(?:ture)?|slides?|recording|notebook|hw|lab)\b", re.IGNORECASE)
QUOTED = re.compile(r"[“\"](?=[^“”\"\s]{1,40}\s)[^“”\"]{3,300}[”\"]")
ITALIC = re.compile(r"⟪(?=[^⟪⟫\s]{1,40}\s)[^⟪⟫]{3,300}⟫")
ITALIC_LONG = re.compile(r"⟪(?=[^⟪⟫\s]{1,40}\s+[^⟪⟫\s]{1,40}\s)[^⟪⟫]{3,300}⟫")
PEOPLE_AND_YEAR = re.compile(
    rf"[{UPPER}][\w’'-]+(?:[^.;“\"]|\bal\.){{0,160}}?[\s(,](?:19|20)\d\d[a-z]?\b"
)
"""`Norman & Draper (1986)`, `Ribeiro et al., 2016`."""

CITED = re.compile(
    rf"[{UPPER}][^;“\"⟪]{{1,120}}?,?\s\((?:18|19|20)\d\d[a-z]?\)[.:,]?\s+[⟪“\"]?[{UPPER}\ue000-\uf8ff]\S*(?:\s+\S+){{2}}"
)
"""`Peters et al. (2018). Deep contextualized word representations.`"""

CASE = re.compile(rf"⟪?\b[{UPPER}][\w.’'& -]{{1,60}}\sv[s]?\.\s[{UPPER}]|⟪?\bIn re\s[{UPPER}]")
"""`Ferris v. Lund`, `In re Tide`."""

TITLE_YEAR = re.compile(rf"[{UPPER}0-9][^()]{{2,120}}\((?:1[5-9]|20)\d\d\)")
"""`The Slow Ship (1907) C. Marr`."""

PAGES = re.compile(
    rf"(?:⟪?[{UPPER}][\w’'.]+⟫?,?\s+){{1,5}}(?:\d{{1,4}}(?:\.\d+)?\s*[-–—]+\s*\d{{1,4}}|§+\s*\d)"
)
"""`Casebook 19–41`, `Genesis 1–3`, `Restatement § 21`."""

NAME_AND_ITALIC = re.compile(rf"[{UPPER}][\w’'. -]{{1,50}}(?:,|:|’s|'s)\s*⟪[^⟪⟫]{{2,300}}⟫")
"""`Marr, Tides` with the title in italics."""

READ = re.compile(
    r"\W*(?:please\s+)?(?:read|skim|watch|listen to)\b\s*(?!(?:th(?:is|e)|your|our|over|day|week|aloud)\b)",
    re.IGNORECASE,
)
TALK = re.compile(
    r"\W*(?:discussion|presenters?|leaders?|questions?|study|review|workshop|bring|think|come|post|submit|skip|focus|note|office)\b",
    re.IGNORECASE,
)
"""What a line begins with that tells what to do."""

CERTAIN = 1.5
"""From here on a line is a work."""


def is_slides(link: Link) -> bool:
    """Tell whether a link leads to material of the course itself."""
    return bool(
        LECTURE_MATERIAL.fullmatch(link.label) or SLIDES.search(link.url) or OWN.match(link.label)
    )


def work_score(cell: Cell) -> float:
    """Give how much a line reads as naming a work; `CERTAIN` and more means it does."""
    links = [link for link in cell.links_in(cell.text) if not link.image]
    telling = [
        link
        for link in links
        if not is_material(link.label)
        and not portion_only(link.label)
        and not is_slides(link)
        and link.url[:1] != "#"
    ]
    bare = ATOM.sub("", cell.text)
    score = 2.0 * bool(telling)
    if len(re.findall(r"\w{2,}", bare)) >= 1:
        portion = unit_match(bare, last=True)
        score += (
            1.6 * bool(QUOTED.search(bare) or CASE.search(bare) or NAME_AND_ITALIC.search(bare))
            + 1.5 * bool(NUMBERS_BEHIND.fullmatch(bare.strip()))
            + 1.5
            * (
                portion is not None
                and portion.start() > 3
                and re.search(r"\d", bare[portion.start() :]) is not None
            )
            + 1.5 * bool(PEOPLE_AND_YEAR.search(bare) or TITLE_YEAR.match(bare.lstrip("⟪ ")))
            + 1.2 * bool(PAGES.match(bare.strip()))
            + 1.0 * bool(ITALIC.search(bare))
            + 0.6 * bool(ITALIC_LONG.search(bare) and ("," in bare or links))
            + 1.0 * bool(READ.match(bare) and len(bare.split()) > 1)
        )
    return score - 1.0 * bool(TALK.match(cell.plain()) and not telling)


def due_score(cell: Cell) -> float:
    """Give how much a line reads as homework."""
    plain = cell.plain()
    quoted = QUOTED.search(plain) is not None
    return 2.0 * bool(HOMEWORK.match(plain)) + 2.0 * bool(
        DUE_BEHIND.fullmatch(plain) and not quoted
    )


def names_work(cell: Cell) -> bool:
    """Tell whether a line names a work."""
    return work_score(cell) >= CERTAIN


def scores_of(cell: Cell) -> dict[Role, float]:
    """Give how much a line reads as each role."""
    plain = cell.plain()
    links = [link for link in cell.links_in(cell.text) if not link.image]
    words = len(re.findall(r"\w+", ATOM.sub("", cell.text)))
    slides = bool(links) and all(is_slides(link) or is_material(link.label) for link in links)
    return {
        Role.DELIVERABLE: due_score(cell),
        Role.MATERIAL: 2.5 * (slides and words <= 3),
        Role.READING: work_score(cell),
        Role.TOPIC: 2.0 * is_title_of_row(plain),
        Role.NOTE: CERTAIN - 0.1,
    }


def line_role(cell: Cell, reads: bool = True) -> Role:
    """Give the role of a line without label.

    Args:
        reads: a line that names a work is a reading; else only one that cites it in full is.
    """
    scores = scores_of(cell)
    if not reads and not CITED.match(cell.text):
        scores[Role.READING] = 0.0
    scores[Role.TOPIC] = 0.0
    return max(scores, key=lambda role: scores[role])
