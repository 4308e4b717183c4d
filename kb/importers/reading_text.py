"""One reading as it is printed: title, portion, role, remark."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.importers.drafts import DraftReading
from kb.importers.letters import UPPER
from kb.importers.runs import ATOM, MARKS, Cell, Link
from kb.parse.locators import parse_locator
from kb.records import Locator
from kb.text import collapse

__all__ = [
    "A",
    "LECTURE_MATERIAL",
    "NUMBERS_BEHIND",
    "is_material",
    "one_reading",
    "portion_only",
    "title_only",
    "unit_match",
]

A = "[\ue000-\uf8ff]"
"""A link's character."""

UNIT = re.compile(
    r"(?<!&)\b(?:ch(?:ap(?:ter|itre)?)?s?|kap(?:itel)?|caps?(?=\.\s*\d)|cap[íi]tulos?|(?-i:S)(?=\.\s*\d)|seiten?|sec(?:tion|t)?s?|pat(?:tern)?s?|pp?|pages?|parts?)\b\.?\s*(?=[\d“\"'‘A-Z§])|§",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"[(\[]?\s*\b(?:(?:just|please|only)\s+)?(optional|recommended|supplementa\w+|suggested|required|mandatory|skim|further)\b(?:\s+(?:readings?|paper|only|this|but recommended))?\s*:?\s*[)\]]?",
    re.IGNORECASE,
)
ROLES = {
    "optional": "supplementary",
    "further": "supplementary",
    "skim": "",
    "required": "required",
    "mandatory": "required",
}

FORM = r"(?:the|full|local|alternat\w+|free|online|open|conference|journal|authors?\S*|official|short|long|talk|paper|(?:pre-?)?recorded|extended|accompanying|project|my|video|zoom|youtube|google|additional|optional|original|first|second|final|arxiv|pdf|html|acm|usenix|ieee|github|source|slide|presentation|technical|tech|companion|medium|lecture|class|annotated|library|backup|reading|discussion|\d+)"
"""Words in front of `version`, `slides` or `notes` that say in what form or where a work is to be had."""

MATERIAL = re.compile(
    rf"[\[(]*(?:(?:{FORM} )?(?:pdf|pptx?|slides?|video|recording|talk|html|link|code|github|arxiv|doi|acm|ieee|usenix|local(?: copy)?|copy|blog(?: post)?|notes?|summary|review|demo|website|site|web|page|poster|appendix|supplement(?:ary)?(?: material)?|errata|preprint|bib(?:tex)?|mirror|alt(?:ernate)?(?: link)?|online|free|ebook|epub|audio|transcript|discussion|questions?|quiz|response(?: form)?|form|canvas|perusall|library|proxy)(?: version)?|here|mp4|youtube)[\])]*|this|this (?:paper|article|post|blog post|chapter|link|page|video)|https?://\S+|arxiv:\s?\S+|doi:\s?\S+|10\.\d{4, 9}/\S+",
    re.IGNORECASE,
)
"""Labels of links that stand beside a work and name none."""

LECTURE_MATERIAL = re.compile(
    r"(?:lecture )?(?:slides?|video|recording|notes?|code|notebook|colab|handout|demo|worksheet|annotated|lecture|zoom|quiz|panopto)(?: \d+)?",
    re.IGNORECASE,
)
"""Links of the lecture itself."""

VENUE = re.compile(
    r"\s*[(\[]\s*(?P<venue>(?:in )?[A-Z][\w&./ -]{1,30}?\s*['’]?\s*(?:\d\d|(?:19|20)\d\d))\s*[)\]]$"
)
"""`(OSDI '21)` behind a title."""

SURNAME = rf"(?:(?:van|von|de|der|den|di|la|le|el|al|del|da|dos) )*[{UPPER}][\w’'-]+(?: [A-Z]\.)*"
CITED = re.compile(
    rf"(?P<who>{SURNAME}(?:, {SURNAME})*,? et al\.?|{SURNAME}(?:, {SURNAME})*,? (?:and|&) {SURNAME}|{SURNAME}(?:, {SURNAME})+(?=\. [A-Z])|{SURNAME}(?=, [A-Z](?!.*, and )))[,.:]?\s+(?P<title>[{UPPER}0-9]\S*(?: \S+)+)"
)
"""`Alur et al., Syntax-Guided Synthesis. FMCAD 2013` without quotes or italics."""

VENUE_BEHIND = re.compile(
    r"[.,]\s+(?P<venue>(?:In )?(?:Proc\. )?[A-Z][\w&/+-]*(?: [A-Z][\w&]*){0,4},?\s*['’]?\d{2,4})\.?$"
)
"""`. FMCAD 2013` at the end of a citation."""

LEFT_OUT = re.compile(
    r"\b(?:skip|except|excluding|without|omit|ignore|not)\b[^.;]*$", re.IGNORECASE
)
"""What says that the portion behind it is not to be read."""

NUMBERS_BEHIND = re.compile(
    rf"(?P<title>[{UPPER}][\w’'&]+(?: (?:and|&) [{UPPER}][\w’']+)?),? (?P<numbers>\d+\.\d+(?:\s*(?:-{{1,3}}|[–,;&]|and)\s*\d+\.\d+)+|(?<=[A-Z&]{{2}} )\d{{1,2}}(?:\s*(?:[-–,&]|and)\s*\d{{1,2}})+)"
)
"""`Szeliski 2.1-2.3`, `CLRS 4, 7`: a book by its author or short name, and sections of it."""

LEFT_OUT_BEHIND = re.compile(
    r"(?<=\S)(?:\s*[,;(]\s*|\s+[-–—]\s+|\s+\()(?P<what>(?:you (?:can|may) )?(?:skip|except|excluding|omit|ignore)\b[^()]*\d[^()]*?)\s*\)?$",
    re.IGNORECASE,
)
"""`..., skip section 6` behind a title."""

NAMED_PORTION = re.compile(r"(?<=\d)\s*\(([“\"][^“”\"()]{3,120}[”\"])\)")
"""The name of a chapter in brackets behind its number."""

QUOTED = re.compile(r"[“\"]([^“”\"]{3,300})[”\"]")
MARKED = re.compile(r"⟪([^⟪⟫]{3,300})⟫")
DATED = re.compile(
    r"(?P<who>[^()“\"⟪]{2,200}?)[\s,.]*\((?P<year>(?:18|19|20)\d\d)[a-z]?(?:,[^()]*)?\)\s*[.:,]?\s+(?P<title>[^⟪⟫]{4,300}?[?!]?)(?:(?<=[?!])\s|(?<!\bch)(?<!\bchs)(?<!\bchap)(?<!\b[Kk]ap)(?<!\b[Cc]ap)(?<!\b[Cc]aps)(?<!\bS)(?<!\bsec)(?<!\bp)(?<!\bpp)(?<!\bvol)\.\s|\.$|\s*(?=⟪)|$)"
)
"""`Winner, L. (1980). Do Artifacts Have Politics? ...`."""


def unit_match(text: str, last: bool = False) -> re.Match[str] | None:
    """Find the word in front of a portion: at the beginning of a text, or the last one in it."""
    if not last:
        return UNIT.match(text)
    found = None
    for match in UNIT.finditer(text):
        found = match
    return found


def title_only(text: str) -> str:
    """Give a title without the portion behind it."""
    found = UNIT.search(text)
    return text[: found.start()].rstrip(" ,;:(") if found and found.start() > 3 else text


def is_material(label: str) -> bool:
    """Tell whether a link's label names a form of the work beside it: `pdf`, `video`."""
    return MATERIAL.fullmatch(collapse(label)) is not None


def portion_only(label: str) -> bool:
    """Tell whether a label is a portion and nothing else."""
    return parse_locator(label) is not None


def one_reading(
    cell: Cell, role: str, known: Callable[[str], bool] = bool
) -> tuple[DraftReading, str]:
    """Read one work: link or title, portion, role, remark; the role is empty when it says none.

    The title is empty where there is none: a portion alone, text about no work.
    """
    text = re.sub(r"^⟪([(\[]?\w+[)\]]?:?)⟫\s*", r"\1 ", cell.text.strip(" ,;•·*\t"))
    own = ""
    match = ROLE.match(text)
    found_role = (
        match
        if match and (text[0] in "([" or ":" in text[: match.end() + 1])
        else ROLE.search(text, max(0, len(text) - 24))
    )
    if (
        found_role
        and found_role[0].strip()[:1] in {"(", "["}
        and found_role.start() > 0
        and found_role[0].strip()[-1:] not in {")", "]"}
        and (found_role[1].casefold() == "skim" or ":" in found_role[0])
    ):
        found_role = None
    if found_role and (found_role[0].strip()[:1] in "([" or found_role.start() == 0):
        word = found_role[1].casefold()
        own = ROLES.get(word, "supplementary" if word.startswith("suppl") else "recommended")
        text = (text[: found_role.start()] + text[found_role.end() :]).strip(" ,;:")
    atoms = [
        (m, link)
        for m in ATOM.finditer(text)
        if (link := cell.link_at(m[0])) is not None and not link.image
    ]
    named = next(((m, link) for m, link in atoms if not is_material(link.label)), None)
    if named is not None:
        title, locator, locator_text, note = around_link(cell, text, *named)
        venue = VENUE.search(title)
        if venue and venue.start() > 1:
            title, note = title[: venue.start()], collapse(f"{venue['venue']} {note}")
        if labelled := re.match(
            r"(optional|recommended|suggested|required|supplementary|further)\s*:\s+(?=\S)",
            title,
            re.IGNORECASE,
        ):
            title, own = (
                title[labelled.end() :],
                own
                or ROLES.get(
                    labelled[1].casefold(),
                    "supplementary"
                    if labelled[1].casefold().startswith("suppl")
                    else "recommended",
                ),
            )
        if re.fullmatch(r"one|two|three|first|second|third", title, re.IGNORECASE):
            title, note = named[1].url, collapse(f"{title} {note}")
        return DraftReading(
            title=title,
            url=named[1].url,
            locator=locator,
            locator_text=locator_text,
            role=own or role,
            note=note,
        ), own
    url = atoms[0][1].url if atoms else ""
    beside = " ".join(link_text(link) for _, link in atoms[1:])
    if atoms and not re.search(r"\w", re.sub(A, "", text)):
        label = atoms[0][1].label
        return DraftReading(
            title="",
            url=url,
            role=own or role,
            note=collapse(f"{label if label != url else ''} {beside}"),
        ), own
    plain = text if not atoms else re.sub(r"[(\[]\s*[)\]]", " ", re.sub(rf"[,|/\s]*{A}", " ", text))
    part_of = re.match(r"(?P<portion>.{3,40}?)\s+(?:of|in|from)\s+(?P<rest>\S.*)", plain)
    portion = (
        part_of["portion"].translate(MARKS).strip()
        if part_of and parse_locator(part_of["portion"].translate(MARKS))
        else ""
    )
    if part_of and portion:
        title, note = plain_title(part_of["rest"].strip(" ,;:"))
        note = re.sub(r"^by\s+", "", note)
        by = re.search(rf"\s+by\s+([{UPPER}].*)$", title)
        title, note = (title[: by.start()], f"{by[1]} {note}".strip()) if by else (title, note)
        return DraftReading(
            title=title.strip(" ,;:"),
            url=url,
            locator=parse_locator(portion),
            locator_text=portion,
            role=own or role,
            note=collapse(f"{note} {beside}"),
        ), own
    if atoms and (
        behind := re.fullmatch(
            r"(.*\w)\W*( |\s*[([]\s*[)\]]\s*),\s+([A-Z][\w&]*(?: [A-Z]\w*)?\s?['’]?\d{2,4})\W*",
            plain,
        )
    ):
        plain, beside = behind[1], f"{behind[3]} {beside}"
    left_out = LEFT_OUT_BEHIND.search(plain)
    plain, beside = (
        (plain[: left_out.start()], collapse(f"{left_out['what']} {beside}"))
        if left_out
        else (plain, beside)
    )
    names = NAMED_PORTION.findall(plain)
    title, note = plain_title(NAMED_PORTION.sub("", plain).strip(" ,;:"))
    title, locator, locator_text = split_title(title)
    note = collapse(f"{note} {' '.join(names)}")
    if not note and (cited := CITED.fullmatch(title)) and not known(title):
        behind = VENUE_BEHIND.search(cited["title"])
        title, note = (
            cited["title"][: behind.start() if behind else None].rstrip("."),
            collapse(f"{cited['who']} {behind['venue'] if behind else ''}"),
        )
    if (
        (
            named_by := re.fullmatch(
                rf"(?P<who>{SURNAME}(?:(?:, | and | & |/){SURNAME})*):\s+(?P<title>.{{4,}})", title
            )
        )
        and not known(title)
        and known(named_by["title"])
    ):
        title, note = named_by["title"], collapse(f"{named_by['who']} {note}")
    if locator is None and note:
        locator, locator_text, note = portion_in(note)
    if (
        locator is None
        and not note
        and (bare := NUMBERS_BEHIND.fullmatch(title))
        and (
            portion := parse_locator(
                unit_and_numbers
                := f"{'Sec.' if '.' in bare['numbers'] else 'Ch.'} {bare['numbers']}"
            )
        )
    ):
        title, locator, locator_text = bare["title"], portion, unit_and_numbers
    title = re.sub(r"(?:[:,]?\s+\b(?:see|via)|:\s+(?:in|from|at))$", "", title.strip(" ,;:"))
    venue = VENUE.search(title)
    if venue and venue.start() > 1:
        title, note = title[: venue.start()], collapse(f"{note} {venue['venue']}")
    if locator is None and parse_locator(title):
        title, note = "", collapse(f"{title} {note}")
    if title and not re.search(r"[^\W\d_]", title):
        title, note = "", collapse(f"{title} {note}")
    return DraftReading(
        title=title,
        url=url,
        locator=locator,
        locator_text=locator_text,
        role=own or role,
        note=collapse(f"{note} {beside}"),
    ), own


def around_link(
    cell: Cell, text: str, atom: re.Match[str], link: object
) -> tuple[str, Locator | None, str, str]:
    """Give title, portion and remark of a work that is linked."""
    label = getattr(link, "label", "")
    lead = shown(cell, text[: atom.start()]).strip(" ,;:-.")
    marked = text[: atom.start()].strip(" ,;:-.") if not ATOM.search(text[: atom.start()]) else lead
    tail = re.sub(r"\[\^\w+\]", "", shown(cell, text[atom.end() :])).strip(" ,;:").lstrip(". ")
    others = [link.label for link in cell.links_in(text[atom.end() :]) if not link.image]
    if (
        lead
        and portion_only(label)
        and others
        and all(portion_only(other) for other in others)
        and parse_locator(", ".join([label, *others]))
    ):
        together = ", ".join([label, *others])
        title, people = plain_title(marked)
        return title, parse_locator(together), together, people
    if lead and label.isdigit():
        return plain_title(lead)[0], None, "", collapse(f"{label} {tail}")
    title, locator, locator_text = split_title(label)
    if locator is None and (not lead or not parse_locator(label)) and tail:
        locator, locator_text, tail = portion_in(tail)
    if locator is None and lead and parse_locator(label):
        title, lead = plain_title(marked)
        locator, locator_text = parse_locator(label), label
    if locator is None and lead:
        before = re.fullmatch(r"(.*?)\s*\b(?:of|in|from)", lead, re.IGNORECASE)
        portion = parse_locator(before[1]) if before else None
        if before and portion:
            locator, locator_text, lead = portion, before[1], ""
    title = title.strip(" ,;:")
    if re.fullmatch(r"[\"“][^\"“”]*[\"”]", title):
        title = title[1:-1].strip(" ,")
    tail = re.sub(r"\s+(?:and|or|&)(?:\s+(?:read|watch|skim|see))?$", "", tail)
    lead = re.sub(r"^by\s+", "", lead)
    note = " ".join(
        p
        for p in (lead, tail)
        if p and not re.fullmatch(r"[\W_]*|by|in|read|and|or|see|either|both", p, re.IGNORECASE)
    )
    return title, locator, locator_text, note


def link_text(link: Link) -> str:
    """Give label and address of a link, one where they are the same."""
    return link.url if link.label == link.url else f"{link.label} {link.url}"


def shown(cell: Cell, text: str) -> str:
    """Give the text beside a work; a link in it keeps its address."""
    links = {
        m[0]: link
        for m in ATOM.finditer(text)
        if (link := cell.link_at(m[0])) is not None and not link.image
    }
    return collapse(
        ATOM.sub(lambda m: link_text(links[m[0]]) if m[0] in links else "", text).translate(MARKS)
    )


def plain_title(text: str) -> tuple[str, str]:
    """Give the title in a text without link, and the rest: what is quoted, what follows `Author (1980).`, what is in italics, or all."""
    quoted = QUOTED.search(text)
    if (
        quoted
        and not UNIT.search(text[max(0, quoted.start() - 12) : quoted.start() + 1])
        and not re.search(
            r"\w$",
            text[: quoted.start()].rstrip(" ")[-1:]
            if quoted.start() and text[quoted.start() - 1] != " "
            else "",
        )
    ):
        long = len(quoted[1].split()) >= 2 or not (
            text[: quoted.start()] + text[quoted.end() :]
        ).strip(" ,.")
        if long:
            return quoted[1].strip(" ,."), remainder(text, quoted.start(), quoted.end())
    dated = DATED.match(text)
    if dated and not parse_locator(dated["title"].translate(MARKS)):
        return collapse(dated["title"].translate(MARKS)).rstrip(" ,:"), remainder(
            text, dated.start("title"), dated.end("title")
        )
    marked = MARKED.search(text)
    if marked and len(marked[1].split()) >= 2 and not re.search(r"\w\s*$", text[: marked.start()]):
        return marked[1].strip(" ,."), remainder(text, marked.start(), marked.end())
    whole = collapse(text.translate(MARKS))
    return whole, ""


def remainder(text: str, start: int, end: int) -> str:
    """Give what stands around a title."""
    return collapse(f"{text[:start].strip(' ,.;:')} {text[end:].strip(' ,.;:')}".translate(MARKS))


def split_title(text: str) -> tuple[str, Locator | None, str]:
    """Split `Building Intelligent Systems, Ch. 5, 7` into title, locator and its text."""
    for found in UNIT.finditer(text):
        if found.start() < 3:
            continue
        if text[found.start() - 1] not in " ,(;:":
            continue
        portion = re.sub(r"\s*\((?![^()]*\)).*$", "", text[found.start() :].strip(" ,;)"))
        if not re.search(r"\d", portion) and (
            text[: found.start()].rstrip()[-1:] not in ",(;:"
            or not re.match(r"\S+\s*[A-Z“\"'‘]", portion)
        ):
            continue
        locator = parse_locator(portion)
        if locator is not None:
            return text[: found.start()].rstrip(" ,;:("), locator, portion
    return text, None, ""


def portion_in(tail: str) -> tuple[Locator | None, str, str]:
    """Find the portion in the text behind a title; give locator, its text and what is left."""
    inner = tail.strip("()[] ")
    locator = parse_locator(inner) if inner.count("(") == inner.count(")") else None
    if locator is not None:
        return locator, inner, ""
    found = UNIT.search(tail)
    if found and not LEFT_OUT.search(tail[: found.start()]):
        portion = re.match(r"[^()\[\]]*", tail[found.start() :])
        assert portion is not None
        ends = [
            portion.end(),
            *(
                m.start()
                for m in re.finditer(
                    r"[,.;]\s|\s(?:&|and)\s+(?=skim|browse|optionally|ignore|the rest)", portion[0]
                )
            ),
        ]
        for end in sorted(ends, reverse=True):
            words = portion[0][:end].strip(" ,;.")
            locator = parse_locator(words)
            if locator is not None:
                left = re.sub(
                    r"^\W*(?:only|read|just)?\W*$",
                    "",
                    (tail[: found.start()] + tail[found.start() + end :]).strip(" ,;()"),
                )
                return locator, words, left
    return None, "", tail
