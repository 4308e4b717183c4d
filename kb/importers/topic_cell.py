"""The topic column: topics, guests, materials, badges, and what kind of row it is."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.importers.drafts import DraftTopic
from kb.importers.letters import UPPER
from kb.importers.runs import ATOM, Cell
from kb.records import Kind, Material
from kb.text import collapse

__all__ = [
    "ATTRIBUTES",
    "LEADING_PICTURE",
    "badge_kind",
    "is_title_of_row",
    "read_topics",
    "row_kind",
    "says_no_class",
    "strip_badge",
]

A = "[\ue000-\uf8ff]"
"""A link's character."""

BADGES = (
    (Kind.RECITATION, r"rec(itation)?|(discussion )?section|tutorial|discussion"),
    (Kind.LAB, r"lab(oratory)?"),
    (Kind.BREAK, r"break|holiday|no class(es)?|vacation"),
    (Kind.EXAM, r"mid-?term( exam)?|final|exam|final exam|quiz|test"),
    (Kind.LECTURE, r"lec(ture)?|class"),
    (Kind.EVENT, r"event|presentations?|project|deadline"),
)
"""Words on badges, and in front of topics on plain pages."""

NO_CLASS = re.compile(
    r"\bno (?:class|classes|lecture|lectures|recitation|recitations|lab|labs|school|meeting|section|sections)\b|\b(?:class|lecture|rec|recitation|lab)s? (?:is |are )?cancel+ed\b|\buniversity closed\b|\bno (?:meeting|seminar|session|tutorial)s?\b|\bentfällt\b|\bkeine? (?:vorlesung|sitzung)\b|\bvorlesungsfrei\b|\b(?:fällt|faellt) aus\b|\bkein (?:seminar|unterricht)\b|\bkeine übung\b|\bpas de (?:cours|séance)\b|\b(?:cours|séance) annulée?\b|\bsin clases?\b|\b(?:clase|lezione|aula) (?:suspendida|cancelada|sospesa|annullata|suspensa)\b|\bno hay clases?\b|\bcancel+ed\b|\b(?:class|we) (?:does|do|will) not meet\b",
    re.IGNORECASE,
)
HOLIDAY = re.compile(
    r"\b(?:thanksgiving|labou?r day|mlk|martin luther king|memorial day|spring (?:break|recess|carnival)|fall (?:break|recess)|winter break"
    r"|mid-?semester break|holiday|juneteenth|presidents'? day|veterans day|independence day|reading (?:day|week|period)s?|study (?:week|day)s?|recess|feiertag|\w*ferien|(?:winter|weihnachts)pause|tag der arbeit|vacances|vacaciones|jour férié|férié|feriado|festivo|semana santa|relâche|university holiday|election day|columbus day|indigenous peoples'? day|good friday|easter(?: monday)?|wellness day|well-?being day|mental health day|snow day|day off|community day|(?<!coffee )\bbreak(?: day)?)\b",
    re.IGNORECASE,
)
EXAM = re.compile(
    r"(?:(?:in-class |take-home )?(?:mid-?term|final)(?: exam(?:ination)?)?(?: #?(?:\d|[ivx]+))?|(?:(?:in-class|take-home|written|oral|final|first|second|third) )?(?:mid-?term )?(?:exam(?:ination)?s?|mid-?term)(?: #?\d| [ivx]+)?|prelim(?:inary)?(?: exam)?(?: \d)?|quiz \d+|test \d+|(?:\w*klausur|(?:zwischen|abschluss|modul)prüfung)(?: \d)?|examen(?: (?:partiel|final|intra|parcial|de mi-session))?(?: \d)?|(?:(?:primer|segundo|tercer) )?(?:examen )?parcial(?: \d)?|(?:contrôle|partiel)(?: \d)?)",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"\b(?:final )?(?:project )?(?:presentations?|poster (?:session|fair)|demos?|demo day|showcase)\b",
    re.IGNORECASE,
)

GUEST = re.compile(
    r"\(?\b(?:charla invitada\s*:|conférence invitée\s*:|conférenci(?:er|ère) invitée?\s*:|(?:guest|gast))(?:(?<=:)|vortrag\s*:|(?<=guest) (?:lectures?r?s?|speakers?|talk|presentation)\s*(?:by|:|,|-|–|—)?|(?<=guest)\s*(?::|-|–|—))\s*(?P<who>(?:[^()]|\([^()]*\))*?)\)?\s*$",
    re.IGNORECASE,
)
GROUP = re.compile(r"\(((?:[^()\[\]]|\([^()]*\))*)\)|\[([^()\[\]]*)\]")
LEADING_BADGE = re.compile(
    r"(?P<word>recitation|rec|lab|tutorial|precept|section|discussion section|break|holiday|mid-?term|exam)(?:\s*#?(?P<number>\d{1,2}[ab]?))?\s*(?P<mark>:|\s[–—-]\s)\s*(?=\S)",
    re.IGNORECASE,
)
"""`Recitation: Kafka`, `Lab 3 - Docker`."""
LEADING_WORD = re.compile(
    r"(?P<word>Recitation|[Rr]ec|Lab|Break|Midterm(?= Midterm))\s+(?=[A-Z\ue000-\uf8ff])"
)
"""`Recitation Kafka`, as the text of a badge in front of a topic."""
NUMBERED_MEETING = re.compile(
    r"(?P<word>Recitation|Lab)\s+#?\d{1,2}\b(?!\s*(?:is )?(?:due|out|released|posted)\b)\s+(?=\S)"
)
"""`Lab 3 Docker`."""
LEADING_PICTURE = re.compile(
    r"(?:\s*(?:[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?|:[a-z][a-z0-9_]{2,30}:(?=\s)))+\s*(?=[\w*(“\"\ue000-\uf8ff])"
)
"""Pictures in front of a topic, as characters or as `:no_entry:`."""

ATTRIBUTES = re.compile(r"\{:[^{}]*\}")
"""Kramdown's `{: .label }`."""

GUEST_TITLE = re.compile(
    rf"(?P<name>[^“\":]{{3,100}}?)(?:\s+(?:on|about))?[\s,:–—-]*[“\"](?P<talk>[^“”\"]{{3,200}})[”\"]\W*|\(?(?P<who>(?:[{UPPER}][\w.’'-]*\s+){{1,3}}[{UPPER}][\w’'-]+(?:\s*\([^()]*\)|, [{UPPER}][^:,]{{1,40}})?)\)?\s*:\s+(?P<title>\S.{{2,200}})"
    rf"|(?P<speaker>(?:[{UPPER}][\w.’'-]*\s+){{1,3}}[{UPPER}][\w’'-]+(?:\s*\([^()]*\)|, [{UPPER}][^:,]{{1,40}}?)?)\s+(?:on|about)\s+(?P<subject>[{UPPER}].{{2,200}})"
)
"""`Ada Example (Google): ML at Scale`, `Ada Example, “ML at Scale”` behind `Guest lecture`."""

CONTINUED = re.compile(r"[\s,(-]*\b(?:continued|cont\.?'?d?\.?)\)?\s*$", re.IGNORECASE)
PART = re.compile(r"(?:^|\s)(?:part\s+)?(\d{1,2}|I{1,3}|IV)(?=\s*(?::|$|\())")
MATERIAL_WORDS = re.compile(
    r"(?:md|pdf|pptx?|ppt|key|html|code|video|slides?|blog post|lecture notes?|notes|recording|notebook|handout|ipynb|colab|demo|podcast|scribe|annotated|handwritten|tex|worksheet|whiteboard|recap|pdf \d|(?:[a-z]+ )?(?:book )?chapters?(?: \d+)?)",
    re.IGNORECASE,
)


def badge_kind(word: str) -> Kind | None:
    """Give the kind a badge names; None for another word."""
    plain = collapse(word).casefold().strip(" :-")
    return next((kind for kind, pattern in BADGES if re.fullmatch(pattern, plain)), None)


def strip_badge(cell: Cell) -> tuple[Cell, Kind | None]:
    """Take badge images, or a badge's word in front of plain text, off a cell."""
    kind = None
    text = cell.text
    for match in list(ATOM.finditer(text)):
        link = cell.link_at(match[0])
        if link is not None and link.image:
            kind = kind or badge_kind(link.label)
            text = text.replace(match[0], " ", 1)
    text = LEADING_PICTURE.sub("", joined_lines(ATTRIBUTES.sub(" ", text)).replace("**", ""))
    links = cell.links
    if (
        kind is None
        and (first := re.match(A, text))
        and (link := cell.link_at(first[0])) is not None
        and (found := LEADING_BADGE.match(link.label))
    ):
        kind, at = badge_kind(found["word"]) or Kind.RECITATION, links.index(link)
        links = (
            links
            if found["number"] or kind is Kind.EXAM
            else (*links[:at], replace(link, label=link.label[found.end() :]), *links[at + 1 :])
        )
    elif kind is None and (found := LEADING_BADGE.match(text)):
        kind = badge_kind(found["word"]) or Kind.RECITATION
        behind = cell.plain(text[found.end() :])
        twice = kind is Kind.EXAM and not behind.casefold().startswith(found["word"].casefold())
        if kind is Kind.BREAK and not NO_CLASS.sub("", behind).strip(" .,"):
            text = found["word"]
        elif not found["number"] and not twice:
            text = text[found.end() :]
    elif kind is None and (found := LEADING_WORD.match(text)):
        kind, text = badge_kind(found["word"]), text[found.end() :]
    elif kind is None and (found := NUMBERED_MEETING.match(text)):
        kind = badge_kind(found["word"])
    return Cell(text, links), kind


def joined_lines(text: str) -> str:
    """Give the lines of a cell as one: lines of links and of guests in brackets, others behind the first."""
    first, *others = [collapse(line) for line in text.split("\n") if line.strip()] or [""]
    for line in others:
        guest = re.match(
            r"guest(?: lecturer?| speaker| lectures?| talk)?s?\s*[:–—-]\s*(?=\S)",
            line,
            re.IGNORECASE,
        )
        links = re.fullmatch(rf"[\[(]?\s*{A}(?:[\s,;|/·\[\]()]*{A})*\s*[\])]?", line)
        first += (
            f" (guest lecture by {line[guest.end() :]})"
            if guest
            else f" ({', '.join(re.findall(A, line))})"
            if links and first
            else f" {line}"
        )
    return collapse(first)


def row_kind(text: str, badge: Kind | None) -> tuple[Kind, bool, str]:
    """Give the kind of a row, whether it is cancelled, and the reason.

    Args:
        text: the row's plain text without badge.
        badge: kind that a badge names.
    """
    text = text.strip("_* ")
    cancelled = bool(NO_CLASS.search(text))
    named = re.search(
        r"\bno (recitation|lab|section)s?\b|\b(rec|recitation|lab) cancel+ed", text, re.IGNORECASE
    )
    reason = collapse(re.sub(r"[\s,;:()-]+$|^[\s,;:()-]+", "", NO_CLASS.sub(" ", text))).strip(
        " ,()*"
    )
    if badge is Kind.BREAK:
        return Kind.BREAK, False, ""
    if badge in {Kind.RECITATION, Kind.LAB}:
        off = cancelled or bool(HOLIDAY.search(text) and len(text) < 60)
        return badge, off, reason if off else ""
    if badge is Kind.EXAM and EVENT.search(text):
        return Kind.EVENT, False, ""
    if badge is not None and badge is not Kind.LECTURE:
        return badge, False, ""
    if named and cancelled:
        return (
            (Kind.LAB if "lab" in (named[1] or named[2]).casefold() else Kind.RECITATION),
            True,
            reason,
        )
    if cancelled or (HOLIDAY.search(text) and len(text) < 50 and badge is None):
        return Kind.BREAK, False, ""
    if EXAM.fullmatch(re.sub(r"\([^()]*\)", "", text).strip(" *!.")) or (
        re.match(r"(?:mid-?term|final exam|exam)\b", text, re.IGNORECASE)
        and not re.search(r"review|prep|question", text, re.IGNORECASE)
    ):
        return Kind.EXAM, False, ""
    if badge is None and (
        meeting := re.fullmatch(
            r"(recitation|rec|lab|(?:discussion )?section|tutorial)(?: sections?| session| day)?\s*#?\d{0,2}",
            text.strip(" *!."),
            re.IGNORECASE,
        )
    ):
        return badge_kind(meeting[1]) or Kind.RECITATION, False, ""
    if re.fullmatch(
        r"[^.]{2,60}\b(?:due(?: date)?|released|posted|handed out)(?: (?:today|in class))?",
        re.sub(r"\s*\([^()]*\)\W*$", "", text).strip(" *!."),
        re.IGNORECASE,
    ):
        return Kind.EVENT, False, ""
    if (
        EVENT.search(text)
        and len(text) < 90
        and (
            re.search(r"final|project|poster|demo", text, re.IGNORECASE)
            or re.fullmatch(
                r"(?:student |group |team |class )?presentations?\W*(?:\d|[IVX]+)?",
                text,
                re.IGNORECASE,
            )
        )
    ):
        return Kind.EVENT, False, ""
    return Kind.LECTURE, False, ""


def says_no_class(text: str) -> bool:
    """Tell whether a text says that there is no class, not only that it is a holiday."""
    return NO_CLASS.search(text) is not None


def is_title_of_row(text: str) -> bool:
    """Tell whether a text says that there is no class, an exam or a presentation rather than naming a work."""
    plain = text.strip(" *_!.")
    return bool(
        NO_CLASS.search(plain)
        or (HOLIDAY.search(plain) and len(plain) < 50)
        or EXAM.fullmatch(plain)
        or (EVENT.search(plain) and len(plain) < 50)
    )


def read_topics(cell: Cell, kind: Kind) -> tuple[DraftTopic, ...]:
    """Give the topics of a cell, in order."""
    title_label = "slides" if kind is Kind.LECTURE else "page"
    return tuple(
        topic
        for piece in split_topics(cell)
        if (topic := read_topic(cell.part(piece), title_label)) is not None
    )


def split_topics(cell: Cell) -> list[str]:
    """Split a cell into the texts of its topics.

    `and` and `&` separate topics only beside a link or a closing bracket: inside a title, linked or
    plain, they are part of it.
    """
    pieces: list[str] = []
    last = depth = 0
    text = cell.text
    for match in re.finditer(r"[()]|\n|\s+(?:and|&|\+|/)\s+|[;,]\s", text):
        token = match[0]
        if token == "(":
            depth += 1
        elif token == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            before, after = text[last : match.start()].rstrip(), text[match.end() :].lstrip()
            if not before or not after:
                continue
            if splits_topics(cell, token, before, after):
                pieces.append(before)
                last = match.end()
    return [p for p in (*pieces, text[last:]) if p.strip()]


def splits_topics(cell: Cell, token: str, before: str, after: str) -> bool:
    """Tell whether a sign or word between two texts separates two topics."""
    word = token.strip()
    if token == "\n":
        return True
    if word in {"/", ","}:
        end = rf"{A}$" if word == "/" else rf"{A}\s*$|\)$"
        return titled_link(cell, after) and re.search(end, before) is not None
    beside = bool(re.search(rf"{A}$|\)$", before) or re.match(A, after))
    if word == ";" or not beside:
        return word == ";" and beside
    linked = bool(ATOM.search(before)) or before.endswith(")")
    return word == "and" or (linked and (word != "&" or bool(ATOM.search(after))))


def titled_link(cell: Cell, text: str) -> bool:
    """Tell whether a text begins with a link that names a topic."""
    link = cell.link_at(text[0]) if re.match(A, text) else None
    return (
        link is not None
        and not link.image
        and not MATERIAL_WORDS.fullmatch(link.label)
        and len(link.label.split()) > 1
    )


def read_topic(cell: Cell, title_label: str) -> DraftTopic | None:
    """Read one topic: title, continuation, part, guest, materials."""
    text = cell.text.strip(" ,;")
    materials: list[Material] = []
    guest = ""

    def take_group(match: re.Match[str]) -> str:
        nonlocal guest
        inner = match[1] if match[1] is not None else match[2]
        words = [w.strip() for w in re.split(r",|;|\band\b", cell.plain(inner))]
        found = GUEST.fullmatch(match[0])
        if found:
            guest = cell.plain(found["who"]).strip(" ,:-")
            materials.extend(
                Material(label=link.label, url=link.url) for link in cell.links_in(found["who"])
            )
            return " "
        if (
            ATOM.search(inner)
            and not ATOM.sub("", inner).strip(" ,;&|/").replace("and", "").strip()
        ):
            materials.extend(
                Material(label=link.label, url=link.url) for link in cell.links_in(inner)
            )
            return " "
        if words and all(MATERIAL_WORDS.fullmatch(w) for w in words):
            urls = {link.label: link.url for link in cell.links_in(inner)}
            materials.extend(Material(label=w, url=urls.get(w, "")) for w in words)
            return " "
        return match[0]

    rest = GROUP.sub(take_group, text)
    bare = GUEST.search(rest)
    if bare and not guest and bare["who"].strip():
        guest, rest = (
            re.sub(r"\)\.$", ")", cell.plain(bare["who"]).strip(" ,:-")),
            rest[: bare.start()],
        )
    if guest and not rest.strip(" ,;:–—-") and (titled := GUEST_TITLE.fullmatch(guest)):
        guest, rest = (
            titled["who"] or titled["name"] or titled["speaker"],
            titled["title"] or titled["talk"] or titled["subject"],
        )
    words = len(re.findall(r"\w+", ATOM.sub("", rest)))
    for match in [
        m
        for m in ATOM.finditer(rest)
        if words
        and (link := cell.link_at(m[0])) is not None
        and not link.image
        and (MATERIAL_WORDS.fullmatch(link.label) or link.label == link.url)
    ]:
        link = cell.link_at(match[0])
        assert link is not None
        materials.append(
            Material(label="link" if link.label == link.url else link.label, url=link.url)
        )
        rest = re.sub(rf"[\s,|/•·–-]*{match[0]}", " ", rest, count=1)
    continued = False
    plain = collapse(cell.plain(rest)).strip(" ,;")
    if CONTINUED.search(plain) and plain.casefold() not in {"continued"}:
        continued = True
        plain = CONTINUED.sub("", plain)
    first = next((link for link in cell.links_in(rest) if not link.image), None)
    others = [link for link in cell.links_in(rest) if not link.image][1:]
    if first is not None and not re.match(
        r"\s*(?:a )?(?:conversation|talk|discussion) with", plain
    ):
        materials.insert(0, Material(label=title_label, url=first.url))
        materials.extend(Material(label=link.label, url=link.url) for link in others)
    elif first is not None:
        materials.append(Material(label=first.label, url=first.url))
    if not plain and not guest:
        return None
    part = PART.search(plain)
    return DraftTopic(
        title=re.sub(r"(?<=\w)\.$", "", plain.strip("*_ ")) or "Guest lecture",
        continued=continued,
        part=int(part[1]) if part and part[1].isdigit() else None,
        guest=guest,
        materials=tuple(materials),
    )
