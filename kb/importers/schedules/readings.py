"""The reading column: works with their portions, joined by `and`, `&`, `or`, commas or lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kb.importers.drafts import DraftReading
from kb.importers.letters import UPPER
from kb.importers.runs import ATOM, Cell, Link
from kb.importers.schedules.words import VENUE, A, is_material, portion_only, title_only, unit_match
from kb.importers.schedules.work_line import one_reading
from kb.parse.locators import parse_locator

__all__ = ["read_readings"]

CONNECTOR = re.compile(
    r"\s*;\s+|\s*,?\s+(?:and|&|or|plus)\s+|\s+/\s+|\s*,\s+|\s+\+\s+|\s+\|\s+|\.\s+(?=[A-Z“\"⟪\ue000-\uf8ff])",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"[-–—−\s/*.]*|~|null|x|(?:there (?:is|are) )?no(?:ne)?(?: new| assigned| required)? (?:readings?|papers?)(?: (?:due|for)? ?(?:today|this week|this class))?[.!]?|catch up(?: on reading)?|none(?: today)?\W*|nothing\W*|n/?a|no (?:assigned |required )?readings?(?: (?:today|this week))?[.!]?|nothing|tb[ad]\.?|to be (?:announced|determined)|\.\.\.|…",
    re.IGNORECASE,
)
BULLET = re.compile(
    r"\s*(?:[-–—•·*▪◦●○►]\s+|\(?\d{1,2}[.)]\s+(?=\S)|\[\d{1,2}\]\s*|[a-z]\)\s+|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?\s*)"
)
NUMBERED = re.compile(r"\s+\(?([2-9])[.)]\s+(?=[A-Z“\"⟪\ue000-\uf8ff])")
"""A further number in a list written on one line."""

ICON = re.compile(
    r"(?<=[.;,)\]\d\ue000-\uf8ff])[;,]?\s+(?:and\s+)?(?=[📄📃📑📰📓📔📕📖📗📘📙📚📝📺📻🎙🎞🎥🎧🎬🔊🗎🗞]\ufe0f?\s)"
)
"""Before the picture of a book, film, ... that begins a further work on the same line."""

LABEL = re.compile(
    r"\s*[*_⟪]*(?P<label>(?:(?P<role>optional|recommended|supplementa\w+|suggested|additional|further|extra|background|required|mandatory|core|primary|main|skim|secondary|bonus|if interested|for fun)(?:\s+(?:readings?|papers?|materials?|texts?|only|resources?))?"
    r"|readings?|papers?|to read|texts?|watch|please read|before class|prep\w*))[*_⟫]*\s*(?::|[–—]\s)[*_⟫]*\s*",
    re.IGNORECASE,
)
"""`Optional:`, `Readings:` at the beginning of a line."""

VERB = re.compile(
    r"\s*(?P<verb>either|please read|read(?= either)|read|watch|skim|listen to|see|review|browse|study)\s*:?\s+(?=[“\"⟪A-Z\ue000-\uf8ff]|either\b)",
    re.IGNORECASE,
)
CHOICE = re.compile(
    r"\s*(?:please )?(?:(?:read|choose|pick|select|watch)\s+)?(?:at least )?(?:one|1|either)(?:\s+of(?: the following| these)?(?: (?:two|three|four|papers?|readings?))*)?\s*(?:\([^()]*\))?\s*:?\s*",
    re.IGNORECASE,
)
"""`Read one of:`: what follows are alternatives."""

TITLED = re.compile(
    r"[“\"](?=[^”\"\s]{1,40}\s)[^”\"]{3,300}[”\"]|⟪(?=[^⟪⟫\s]{1,40}\s)[^⟪⟫]{3,300}⟫"
)
"""A title in quotes or italics."""

WEEKDAY = re.compile(
    r"[\s*⟪]*(?P<day>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:day)?s?)\b\.?[*⟫]*\s*:[*⟫]*\s*",
    re.IGNORECASE,
)
"""`Tues: ...` in the cell of a week."""

SEVERAL = re.compile(
    r"\s*(?:please )?(?:read|choose|pick|select|any)\s+(?:at least |any )?(?:two|three|four|2|3|4)(?:\s+of(?: the following| these)?(?: (?:papers?|readings?|articles?))*)?\s*(?:\([^()]*\))?\s*:\s*",
    re.IGNORECASE,
)
"""`Pick two:`, of which there is no group; said in a note."""

ELSEWHERE = re.compile(
    r"(?:(?:see|on|check|posted|available|via|in|at|from|provided|distributed|handed out|will be|to be)\b.{0,30}?\b)?(?:canvas|piazza|blackboard|moodle|brightspace|sakai|courseworks|bcourses|gradescope|perusall|slack|ed|course pack|coursepack|reader|syllabus|registrar|e-?mail|website|course site|above|below|announced|posted|handouts?|in class)\b.{0,20}|reading packet"
    r"|(?:the )?same (?:(?:readings?|papers?) )?as\b.{1,40}|all (?:of the |the )?(?:\w+ )?(?:papers|readings|material)\b.{0,30}|(?:readings? )?(?:from|as) (?:last|the previous) (?:week|class|lecture|time|session)|(?:review|catch up on|finish) (?:your |the |all |last |previous )[\w' ]{3,40}",
    re.IGNORECASE,
)
"""`see Canvas`: where to find what is to be read, not a work."""

CLOCK = r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?"
DATED_BEHIND = re.compile(r"\([^()]*\b(?:19|20)\d\d[a-z]?\)$")
"""`BERT (Devlin et al., 2019)`."""

ONLY_WHEN = re.compile(
    rf"\W*(?:(?:is )?due\b.{{0,30}}|(?:at |by |until )?{CLOCK}(?:\s*(?:-|–|—|to)\s*{CLOCK})?)\W*",
    re.IGNORECASE,
)
"""`1:30pm to 2:50pm`, `due by 11:59pm`: says when, and names no work."""

SKIM = re.compile(r"^\s*skim\b|[(\[]\s*(?:just |please |only )?skim\b", re.IGNORECASE)
FURTHER_PORTION = re.compile(
    r"(?P<main>.*\S)\s*[(,;\[]\s*(?P<role>optional|recommended|supplementary|suggested)(?:ly)?\s*:?\s+(?P<portion>[^()\[\]]+?)\s*[)\]]?",
    re.IGNORECASE,
)
"""`Ch. 3 (optional: Ch. 6)`: two portions of one work, each with its role."""

ROLES = {
    "required": "required",
    "mandatory": "required",
    "core": "required",
    "primary": "required",
    "main": "required",
    "skim": "required",
    "recommended": "recommended",
    "suggested": "recommended",
}
"""Roles by the word that says so; other words make a reading supplementary."""

QUOTES_IN_A_ROW = re.compile(r"(?P<end>[,.;]?”[,;]?|,\"[,;]?)\s+(?=“[^“”]{3,})")
"""Between titles in quotes that follow each other."""

ONE = re.compile(r"\b(?:one|1|either)\b", re.IGNORECASE)
OPENED = re.compile(
    r"\s*(?:please )?(?:read|choose|pick|select|watch)?\s*(?:at least )?(?:one of|(?<=[a-z] )(?:one|1|either))\b[^:]*:",
    re.IGNORECASE,
)
INSTEAD = re.compile(r"\s*or\s+(?=[“\"⟪A-Z\ue000-\uf8ff])")
OPTIONALLY = re.compile(r"(?<=\band )optionally:?\s+(?=[“\"⟪\ue000-\uf8ff])")
BOTH = re.compile(r"((?:\band|&|,|;)\s+)(?:either|both)\s+(?=[“\"⟪A-Z\ue000-\uf8ff])")
NO_WORK = re.compile(
    r"(?:read )?(?:this|the|your|our) (?:course )?syllabus|(?:study|reading|discussion) questions?\b.*|no (?:new )?(?:assignment|homework)s?",
    re.IGNORECASE,
)
"""What is read or done and is no work."""


@dataclass(slots=True)
class Column:
    """Where the reading of a column stands."""

    cell: Cell
    known: Callable[[str], bool]
    role: str
    """Role where the cell does not say another."""
    current: str
    """Role that the last label set."""
    choosing: bool = False
    """What follows are alternatives."""
    group: int = 0
    readings: list[DraftReading] = field(default_factory=list)

    def line(self, text: str) -> None:
        """Read one line."""
        label = LABEL.match(text)
        own = self.role_of(label)
        rest = self.choice(text[label.end() :] if label else text, own, bool(label))
        if label and not rest.strip(" *_⟪⟫"):
            self.current = own
            return
        if not rest.strip() or self.elsewhere(rest, own):
            return
        several = SEVERAL.match(rest)
        if several:
            self.aside(several[0].strip(" :"), own)
            rest = rest[several.end() :]
            if self.elsewhere(rest, own):
                return
        weekday = WEEKDAY.match(rest)
        rest = rest[weekday.end() :] if weekday else rest
        instead = INSTEAD.match(rest) if self.readings else None
        rest = rest[instead.end() :] if instead else rest
        while verb := VERB.match(rest):
            rest = rest[verb.end() :]
        self.current = own if label else self.current
        rest = OPTIONALLY.sub("(optional) ", rest)
        rest = BOTH.sub(r"\1", rest)
        self.works(rest, bool(instead), weekday["day"] if weekday else "")

    def role_of(self, label: re.Match[str] | None) -> str:
        """Give the role a label says; empty without label."""
        if label is None:
            return ""
        word = label["role"]
        return ROLES.get(word.casefold(), "supplementary") if word else self.role

    def choice(self, rest: str, own: str, labelled: bool) -> str:
        """Begin alternatives at `Read one of:`, end them at a label; give what is left of the line."""
        whole = CHOICE.fullmatch(rest) if ONE.search(rest) else None
        opened = CHOICE.match(rest) if whole is None and OPENED.match(rest) else None
        if whole or opened:
            self.choosing, self.group = True, self.group + 1
            self.current = own or self.current
            return rest[opened.end() :] if opened else ""
        self.choosing = self.choosing and not labelled
        return rest

    def aside(self, note: str, own: str) -> None:
        """Keep text that names no work."""
        self.readings.append(DraftReading(title="", note=note, role=own or self.current))

    def elsewhere(self, rest: str, own: str) -> bool:
        """Keep a line that says where to find readings or when, as a remark; False when it is none."""
        plain = self.cell.plain(rest)
        told = ELSEWHERE.fullmatch(plain.strip(" .()*")) or NO_WORK.fullmatch(plain.strip(" .()*"))
        timed = re.search(r"\d", rest) and ONLY_WHEN.fullmatch(plain)
        if not (told or timed) or self.known(plain) or self.names_work(rest):
            return False
        self.aside(plain, own)
        return True

    def names_work(self, rest: str) -> bool:
        """Tell whether a line has a link of its own or a portion, and so is a work."""
        return has_work(self.cell, rest) or ends_with_portion(rest)

    def works(self, rest: str, instead: bool, day: str) -> None:
        """Read the works of a line."""
        here = self.current
        for number, (between, text) in enumerate(pieces_of(self.cell, rest, self.known)):
            within = LABEL.match(text)
            here = (
                ROLES.get(within["role"].casefold(), "supplementary")
                if within and within["role"]
                else here
            )
            if NOTHING.fullmatch(self.cell.plain(text)) and not self.cell.links_in(text):
                continue
            self.work(text, here, "or" if instead and number == 0 else between, day)

    def work(self, text: str, role: str, joiner: str, day: str) -> None:
        """Read one work, and a further portion of it with another role."""
        more = FURTHER_PORTION.fullmatch(text)
        further = (
            parse_locator(more["portion"]) if more and ends_with_portion(more["main"]) else None
        )
        text = more["main"] if more and further else text
        reading, said = one_reading(self.cell.part(text), self.role, self.known)
        note = reading.note
        if SKIM.search(self.cell.plain(text)) and "skim" not in note.casefold():
            note = f"skim {note}".strip()
        note = f"{day}: {note}".strip(" :") if day else note
        reading = replace(reading, role=said or role, note=note)
        if self.choosing:
            reading = replace(reading, group=self.group)
        elif joiner == "or" and self.readings:
            if self.readings[-1].group is None:
                self.group += 1
                self.readings[-1] = replace(self.readings[-1], group=self.group)
            reading = replace(reading, group=self.readings[-1].group)
        self.readings.append(reading)
        if more and further:
            role = ROLES.get(more["role"].casefold(), "supplementary")
            self.readings.append(
                replace(
                    reading, locator=further, locator_text=more["portion"], role=role, group=None
                )
            )


def read_readings(
    cell: Cell, known: Callable[[str], bool], role: str = "required"
) -> tuple[DraftReading, ...]:
    """Give the readings of a cell, alternatives grouped.

    Args:
        cell: the column's content.
        known: tells whether a plain title is that of a known work; needed where titles without links
            are joined by `and`.
        role: role where the cell does not say another.

    A portion without a work and text that names none come as readings with an empty title and a note.
    """
    column = Column(cell, known, role, role)
    for line in lines_of(cell):
        column.line(line)
    return tuple(column.readings)


def lines_of(cell: Cell) -> Iterator[str]:
    """Give the lines of a cell, bullets and numbers taken off, lists within a line split at their numbers."""
    if NOTHING.fullmatch(cell.plain().strip("()[]")) and not cell.links_in(cell.text):
        return
    for line in QUOTES_IN_A_ROW.sub(r"\g<end>\n", cell.text).split("\n"):
        numbered = re.match(r"\s*\(?1[.)]\s+", line)
        for part in NUMBERED.sub("\n", line).split("\n") if numbered else ICON.split(line):
            bare = (
                BULLET.sub("", part, count=1)
                if BULLET.match(part) and BULLET.sub("", part, count=1).strip()
                else part
            )
            if bare.strip(" ,;-–•·*"):
                yield bare


def pieces_of(cell: Cell, line: str, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Split a line into `(joiner, text)`, one for each work; the joiner is `or`, `and` or empty for the first."""
    pieces: list[tuple[str, str]] = []
    for joiner, text in split_readings(cell.part(line), known):
        atoms = [
            m
            for m in ATOM.finditer(text)
            if (link := cell.link_at(m[0])) is not None
            and not link.image
            and not is_material(link.label)
            and not portion_only(link.label)
        ]
        first = atoms[0].start() if atoms else len(text)
        bare = not re.search(
            r"\w", ATOM.sub("", text[:first])
        )  # slides and the like in front of a work, or alone
        leading = [m.end() for m in ATOM.finditer(text[:first])] if bare else []
        cuts = [
            0,
            *leading,
            *(lead_start(cell, text, before.end(), m.start()) for before, m in pairwise(atoms)),
            len(text),
        ]
        for number, (start, end) in enumerate(pairwise(cuts)):
            piece = text[start:end].strip(" ,;")
            if piece.strip("[]()|/ "):
                pieces.append(
                    (
                        joiner
                        if number == 0
                        else "or"
                        if re.search(r"\bor\W*$", text[:start], re.IGNORECASE)
                        else "and",
                        piece,
                    )
                )
    merged: list[tuple[str, str]] = []
    for joiner, text in apart(cell, pieces, known):
        if (
            merged
            and not has_work(cell, merged[-1][1])
            and is_lead(cell.plain(merged[-1][1]), known)
            and ATOM.search(text)
        ):
            text, joiner = f"{merged[-1][1]}, {text}", merged[-1][0]
            merged.pop()
        merged.append((joiner, text))
    return merged


def apart(
    cell: Cell, pieces: list[tuple[str, str]], known: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """Give the pieces, people at the end of one before a link made a piece of their own."""
    for number, (joiner, text) in enumerate(pieces):
        behind = re.search(rf"(?<=[.;)])\s+([{UPPER}][^.;()]*(?:et al\.)?)$", text)
        last = number + 1 == len(pieces) or ends_with_portion(text)
        work = behind is not None and has_work(cell, text[: behind.start()])
        if (
            behind
            and work
            and not last
            and not has_work(cell, behind[1])
            and is_lead(behind[1], known)
        ):
            yield joiner, text[: behind.start()]
            yield "and", behind[1]
        else:
            yield joiner, text


def lead_start(cell: Cell, text: str, start: int, end: int) -> int:
    """Give where the text that belongs to the next link begins: people named right before it."""
    between = text[start:end]
    found = re.search(r"[.;)]\s+(?=[A-Z][^.;]*[,:]\s*[“\"⟪]?$)", between)
    said = re.search(
        r"[(\[]\s*(?:optional|recommended|required|skim|suggested|supplementa\w+|further|see also|background)\b[^()\[\]]*$",
        between,
        re.IGNORECASE,
    )
    said = said or re.search(
        r"(?<=[,;&+])\s*[(\[]\s*(?:optional|recommended|suggested|supplementa\w+)\s*[)\]]\s*$|(?<=\band)\s*[(\[]\s*(?:optional|recommended|suggested|supplementa\w+)\s*[)\]]\s*$",
        between,
        re.IGNORECASE,
    )
    if said:
        return start + said.start()
    return (
        start + found.end() if found else end if not re.search(r"[(\[“\"⟪]$", between) else end - 1
    )


def has_work(cell: Cell, text: str) -> bool:
    """Tell whether a text has a link of its own."""
    return any(not link.image for link in cell.links_in(text))


def is_lead(text: str, known: Callable[[str], bool]) -> bool:
    """Tell whether a text without link names people rather than a work."""
    if known(text) or len(text.split()) > 12 or re.search(r"[“\"\d:?]", text):
        return False
    names = rf"(?:(?:[a-z]{{1,3}}\s+)?[{UPPER}][\w’'-]*\.?|[A-Z]\.)"
    return bool(
        re.fullmatch(
            rf"(?:by\s+)?{names}(?:(?:\s+|,\s*|\s*(?:,\s*)?(?:and|&)\s+){names}){{0,9}}(?:,?\s+et\.? al\.?)?,?",
            text,
        )
    ) and (bool(re.search(r"\bet\.? al|\band\b|&|\b[A-Z]\.|,", text)) or len(text.split()) <= 2)


def split_readings(cell: Cell, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Split a line at what separates two works."""
    text = cell.text
    pieces: list[tuple[str, str]] = []
    last, joiner = 0, ""
    for match in CONNECTOR.finditer(text):
        before, after = text[last : match.start()].strip(), text[match.end() :].strip()
        if (
            not before
            or not after
            or before.count("“") > before.count("”")
            or before.count("(") > before.count(")")
            or before.count("⟪") > before.count("⟫")
        ):
            continue
        if before.count('"') % 2:
            continue
        word = match[0].strip(" ,\t").casefold()
        if separates(cell, before, after, word or match[0].strip(" \t"), known):
            pieces.append((joiner, before))
            last, joiner = match.end(), "or" if word == "or" else "and"
    pieces.append((joiner, text[last:].strip()))
    return [(j, t) for j, t in pieces if t.strip(" ,;-–•·*")]


def separates(cell: Cell, before: str, after: str, word: str, known: Callable[[str], bool]) -> bool:
    """Tell whether what stands between two texts separates two works.

    Beside links it does when a link begins the second work. Between numbers (`Ch. 17 and 18`) it never
    does. Between plain titles it does when a portion ends the first and no number begins the second, when
    both are known, or when a semicolon stands between two that are quoted, in italics or dated.
    """
    linked = bool(ATOM.search(before))
    if word == ".":
        return linked and known(title_only(re.split(r"[.;]", cell.plain(after))[0]))
    forms = re.split(r"(?<=[\ue000-\uf8ff])[\])]*\s*(?:,|;|\band\b|&)", after)[0]
    if (
        linked
        and titled_by_text(cell, before)
        and titled_by_text(cell, forms)
        and re.search(rf"{A}[\s\])]*$", before)
    ):
        return word != "," or not re.search(r"\d{4}|[’']\d\d|^\W*[a-z]", after)
    first = re.match(rf"[^\w\s(\[⟪]*\s*[⟪“\"]?({A})", after)
    link = cell.link_at(first[1]) if first else None
    if first and link is not None:
        return before_link(cell, before, word, link, known)
    if word == ";":
        ends = re.search(r"\b[A-Z]\.$", before)
        return looks_like_work(after, cell, known) and not ends and not starts_with_portion(after)
    if (
        linked
        and not ATOM.search(after)
        and re.search(rf"{A}(?:\W|\([^()]*\)|\b(?:19|20)\d\d\b)*$", before)
    ):
        joins = word in {"and", "&", "or", "plus"} and not starts_with_portion(after)
        return joins and (knows_head(cell, after, known) or is_title(cell.plain(after), known))
    if starts_with_portion(after) or re.match(r"[\d§]", after):
        return False
    return between_titles(cell, before, after, word, known)


def before_link(
    cell: Cell, before: str, word: str, link: Link, known: Callable[[str], bool]
) -> bool:
    """Tell whether a link begins a further work."""
    linked = bool(ATOM.search(before))
    if link.label == link.url and linked and not re.search(r"\w", ATOM.sub("", before)):
        return True
    if is_material(link.label) or portion_only(link.label):
        return False
    if word != "," or linked:
        return True
    plain = cell.plain(before)
    named = re.search(r"[“\"][^”\"]{6,}[”\"]|⟪[^⟫]{6,}⟫", before) is not None
    return named or ends_with_portion(before) or known(plain) or is_lead(plain, known)


def between_titles(
    cell: Cell, before: str, after: str, word: str, known: Callable[[str], bool]
) -> bool:
    """Tell whether a joining word separates two titles without links."""
    dated = re.match(rf"[{UPPER}“\"⟪]", after) and DATED_BEHIND.search(
        re.split(r"(?<=\)),", after)[0]
    )
    if word == "," and DATED_BEHIND.search(before) and dated:
        return True
    if ends_with_portion(before):
        numbered = before.rstrip(' .)"”')[-1:].isdigit() and word != ","
        return (numbered and not is_lead(cell.plain(after), known)) or known(
            title_only(cell.plain(after))
        )
    if word not in {"and", "&", "or", "plus", "/", "|", "+"}:
        return False
    if TITLED.search(before) and TITLED.search(after) and word in {"and", "&", "or"}:
        return True
    return known(title_only(bare_title(cell.plain(before)))) and knows_head(cell, after, known)


def bare_title(text: str) -> str:
    """Give a title without what is said in brackets behind it: `(supplementary)`."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", text)


def knows_head(cell: Cell, text: str, known: Callable[[str], bool]) -> bool:
    """Tell whether a text is a known title, or begins with one that a joining word follows."""
    ends = [m.start() for m in re.finditer(r"\s+(?:and|&|or)\s+", text)][:8]
    return any(known(title_only(bare_title(cell.plain(text[:end])))) for end in (len(text), *ends))


def is_title(text: str, known: Callable[[str], bool]) -> bool:
    """Tell whether a text behind a link and `and` is a title: three words or more that begin like one and name no people."""
    return (
        (len(text.split()) >= 3 or VENUE.search(text) is not None)
        and text[:1].isupper()
        and not is_lead(text, known)
        and re.match(
            r"(?:the |its |their )?(?:appendix|slides?|video|discussion|response|rest|supplement|section|figure|table|code)\b",
            text,
            re.IGNORECASE,
        )
        is None
    )


def titled_by_text(cell: Cell, text: str) -> bool:
    """Tell whether a text is a title with links behind it that only say in what form: `GPipe [pdf] [code]`."""
    links = [link for link in cell.links_in(text) if not link.image]
    return (
        bool(links)
        and all(is_material(link.label) for link in links)
        and re.match(rf"[^\w{A[1:-1]}]*\w[^{A[1:-1]}]*{A}", text) is not None
    )


def looks_like_work(text: str, cell: Cell, known: Callable[[str], bool]) -> bool:
    """Tell whether a text names a work: a link, a quoted title, one in italics, a year in brackets, or a known title."""
    head = re.split(r";\s", text)[0]
    if ATOM.search(head) or re.search(
        r"[“\"][^”\"]{6,}[”\"]|⟪[^⟫]{6,}⟫|\((?:18|19|20)\d\d[a-z]?\)|\b(?:18|19|20)\d\d\b", head
    ):
        return True
    return (
        known(title_only(cell.plain(head)))
        or ends_with_portion(head)
        or (len(head.split()) >= 3 and head[:1].isupper())
    )


def starts_with_portion(text: str) -> bool:
    """Tell whether a text begins with a chapter or page."""
    return unit_match(text) is not None


def ends_with_portion(text: str) -> bool:
    """Tell whether a text ends with a chapter, page or part that has a name."""
    found = unit_match(text, last=True)
    if found is not None and parse_locator(text[found.start() :]) is not None:
        return True
    return "," in text and parse_locator(text.rpartition(",")[2]) is not None
