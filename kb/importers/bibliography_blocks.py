"""A bibliography as a series of blocks: headings, paragraphs, quotes, list items, tables, BibTeX, from Markdown, plain text or HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from kb.importers.bibliography_markup import (
    DEFINITION,
    even_quotes,
    is_tags_only,
    lead_emoji,
    plain_line,
    reference_links,
    with_references,
    year_of_heading,
)
from kb.importers.citation import PEOPLE_FIRST, YEAR, looks_like_citation
from kb.importers.html_tree import parse_html
from kb.importers.letters import UPPER
from kb.importers.listed_work import people_in
from kb.importers.wiki_markup import as_markdown
from kb.text import fold

__all__ = [
    "HEADING",
    "LIST_ITEM",
    "MONTH_LEAD",
    "OCCASION",
    "Block",
    "blocks",
    "html_blocks",
    "looks_like_html",
    "unmarked",
]

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
LIST_ITEM = re.compile(r"\s*(?:[-*+•‣▪]|\d+[.)]|\[\d+\][.:]?|\[\^[\w-]+\]:)\s+(.*)", re.DOTALL)
UNDERLINE = re.compile(r"={3,}|-{3,}")
RULE = re.compile(r"(?:[-*_]\s*){3,}|={3,}")
BOLD_LEAD = re.compile(r"^\*\*([^*]{3,200}\((?:18|19|20)\d\d[a-z]?\)[.,:]?)\*\*")
"""`**Shneiderman, B. (1996)**` in front of a title."""

CITED = re.compile(
    r"(?:\*\*|__|\*|_)?(?:(?:full |apa |mla )?citation|reference|source|bibliographic \w+|apa|mla|required|optional|recommended|must[- ]read|background|further(?: reading)?|classic|new|book|paper|article|primary|secondary)(?:\*\*|__|\*|_)?\s*[.:](?:\*\*|__|\*|_)?\s+",
    re.IGNORECASE,
)
"""`**Citation:**` in front of one."""

BOLD_DATED = re.compile(
    r"^(?:\*\*|__)(?P<who>[^*_\d()]{3,150}?),?\s+\(?(?P<year>(?:18|19|20)\d\d)[a-z]?\)?[.:,]?(?:\*\*|__)[.:,]?\s+(?=[\"“*_\[])"
)
"""`**Schwartz & Dodge, 2020.** ` in front of a title with marks."""

NO_WHO = re.compile(
    r"^\W*(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\W*$|(?-i:[A-Z]{2})|^(?:Nature|Science|arXiv|Interspeech)$",
    re.IGNORECASE,
)
"""Months and venues, which are no people."""

REISSUE = re.compile(
    r"(?<=[.,(] )(?P<year>(?:18|19|20)\d\d) [\[(](?:orig\w*\.? ?)?(?:1[5-9]|20)\d\d[\])](?=[.,:])|(?<=[.,] )[\[(](?:1[5-9]|20)\d\d[\])] (?P<later>(?:18|19|20)\d\d)(?=[.,:])|(?<=\()(?:1[5-9]|20)\d\d/(?=(?:18|19|20)\d\d\))",
    re.IGNORECASE,
)
"""`1986 [1979]`, `[1979] 1986`, `(1900/1953)`: years of an edition and of the first one."""

MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
OCCASION = re.compile(
    rf"(?:\*\*|__|\*)?(?:(?:week|session|meeting|class|lecture)\s*#?\d+|(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?,?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{MONTHS}|{MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?=\s*[:–—|-]))(?:\*\*|__|\*)?"
    r"(?:\s*(?:[(\[]\s*)?(?:presenter|presented by|presenting|discussant|led by|lead|speaker|chair|host)s?\b:?[^\n)\]:]{1,50}[)\]]?)?(?:(?:[:.,–—-]+|\s+[–—|-]+)(?:\*\*|__)?\s+|(?:\*\*|__)?\s*[:.–—-]*\s*\n)",
    re.IGNORECASE,
)
"""`**8 October** (presenter: Lena)` in front of a citation: when a group read it."""

DAY_LINE = re.compile(r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d)\s*[:–—-]+\s+\S")
"""A line of a log, which is an item of its own."""

CHAPTER = re.compile(
    r"(?P<title>(?:Chapter|Week|Part|Unit|Module|Lecture|Session|Topic)\s+\d+\s*[:.–—-]\s*[^\n]{3,60})(?<![.?!])"
)
"""`Chapter 2: Architecture` alone in a paragraph."""

MONTH_LEAD = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+(?:19|20)\d\d)?\s*(?::|\s[–—-])\s+"
)
"""`January: ` in front of a title."""

BOLD_HEADING = re.compile(r"(?:\*\*|__)(?!\s)([^*_\n]{2,200}?):?(?:\*\*|__):?")
"""`**2019**` alone in a paragraph."""

BOLD_PEOPLE = re.compile(
    rf"(?:\*\*|__)([^*_]{{4,200}})(?:\*\*|__)[.,:]?\s+(?=[\"“*_\[]|[{UPPER}][^.?!]{{8,200}}[.?!]\s+(?:\*|In\b).*\b(?:19|20)\d\d\b)",
    re.DOTALL,
)
BOLD_TITLE = re.compile(
    rf"(?=[{UPPER}][^*_\"“]{{2,300}}\*\*)(?P<who>(?:[{UPPER}][\w’' -]+,\s[{UPPER}][\w’'. -]*(?:;\s|\.\s|\s\([a-z]+\.\)\.\s))+)(?P<rest>[^*]*\*\*[^*]+\*\*.*)",
    re.DOTALL,
)
"""`FREIRE, Paulo. **Pedagogia do oprimido**. `: bold is what elsewhere italics are."""
INVERTED = re.compile(
    rf"(?:(?:^|,\s*|,?\s*(?:and|&)\s+)(?:[a-z]+ ){{0,2}}[{UPPER}][\w’'-]+,\s*(?:[{UPPER}]\.?[ -]?)+(?:v\. ?)?)+(?:,? et\.? al)?"
)
"""`Perry, D.E. and Wolf, A.L.`."""

LABEL = re.compile(
    rf"^(?:\*\*|__|`)?\[(?![^\]]*[A-Z]{{2}}|(?:arXiv|Nature|Science|Preprint|Interspeech|Eurographics|Workshop|Book|Paper|Survey)\b)(?P<who>[{UPPER}a-z][^\[\]\d()]{{2,80}}?)[,\s]\s*\(?(?P<year>(?:18|19|20)\d\d)[a-z]?\)?\](?:\*\*|__|`)?[:.,]?\s+(?![(\[])(?=\W{{0,3}}[{UPPER}a-z0-9])"
)
"""`[Bruna et al., 2014]` in front of a title."""

MIN_WIDTH, MAX_WIDTH = 60, 104
"""Characters at which people break lines by hand or by their editor."""

LABELLED_LINE = re.compile(r"[\s>]*(?:\*\*|__)?[A-Z][\w ]{1,20}:")
"""`**Authors:** Jane Doe`."""

HARD_BREAK = re.compile(r"  $|\\$|<br\s*/?>\s*$", re.IGNORECASE)
"""A line end that was meant."""

DELIMITER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?")
"""The row of dashes below a table's header."""

FENCE = re.compile(r"(```+|~~~+)\s*(\w*)\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank lines, of one kind."""

    kind: str
    """`heading`, `quote`, `list`, `text`, `table`, `code`, `rule`, `front` (matter), `definition` (of link addresses), `comment`, `footnote` or `tags`."""
    text: str
    line: int
    indent: int = 0
    """White space before the first line, in characters."""
    year: int | None = None
    """The year that the headings above name, when they name one."""


def blocks(text: str) -> Iterator[Block]:
    """Split a Markdown document into blocks, each with the year of the headings above it."""
    text = as_markdown(text)
    addresses = reference_links(text)
    found = [
        replace(b, text=with_references(b.text, addresses))
        if b.kind in {"text", "list", "quote"}
        else b
        for b in markdown_blocks(text, addresses)
    ]
    return dated(iter(bold_headings([fact_lines(b) for b in with_footnotes(found)])))


FOOTNOTE = re.compile(r"\[\^(?P<label>[\w-]+)\]:\s+(?P<text>.*)", re.DOTALL)


def with_footnotes(found: list[Block]) -> list[Block]:
    """Give blocks with footnotes where they are referred to, in brackets; those that cite works stay where they stand."""
    defined = {
        m["label"]: b
        for b in found
        if b.kind == "list"
        and (m := FOOTNOTE.fullmatch(b.text))
        and not looks_like_citation(m["text"])
    }
    used: set[str] = set()

    def shown(block: Block) -> Block:
        def told(mark: re.Match[str]) -> str:
            note = defined.get(mark[1])
            used.update({mark[1]} if note else ())
            return (
                f" ({' '.join(note.text.partition(':')[2].split()).rstrip('.')})"
                if note
                else mark[0]
            )

        return (
            replace(block, text=re.sub(r"\s?\[\^([\w-]+)\](?!:)", told, block.text))
            if "[^" in block.text
            else block
        )

    result = [shown(b) for b in found]
    return [
        replace(b, kind="footnote")
        if b.kind == "list" and (m := FOOTNOTE.fullmatch(b.text)) and m["label"] in used
        else b
        for b in result
    ]


FACT_ROW = re.compile(
    r"(?:item type|type|authors?|editors?|date|year|url|title|doi|publisher|publication(?: title)?|journal|venue|conference|proceedings title)",
    re.IGNORECASE,
)


def fact_lines(block: Block) -> Block:
    """Give a table of two columns with facts about one work, as reference managers write it, as lines `Name: value`."""
    rows = (
        [
            [c.strip() for c in re.split(r"(?<!\\)\|", row.strip().strip("|"), maxsplit=1)]
            for row in block.text.split("\n")
        ]
        if block.kind == "table"
        else []
    )
    rows = [
        row
        for row in rows
        if len(row) == 2 and re.search(r"\w", row[0]) and fold(row[1]) != "value"
    ]
    if (
        sum(FACT_ROW.fullmatch(row[0].strip("*_: ")) is not None for row in rows) < 3
        or len(rows) < len(block.text.split("\n")) - 2
    ):
        return block
    values: dict[str, str] = {}
    for name, value in rows:
        name = name.strip("*_: ")
        values[name] = f"{values[name]}; {value}" if name in values else value
    return replace(
        block, kind="text", text="\n".join(f"{name}: {value}" for name, value in values.items())
    )


def bold_headings(found: list[Block]) -> list[Block]:
    """Give blocks with paragraphs that are a few words in bold above a list, or a year in bold, as headings."""
    result = list(found)
    again = Counter(b.text for b in found if b.kind == "text")
    parts = bold_parts(found)
    for number, block in enumerate(found):
        if again[block.text] > 1:
            continue  # a heading of notes, below each work
        bold = (
            (BOLD_HEADING.fullmatch(block.text) or CHAPTER.fullmatch(block.text))
            if block.kind == "text" and not block.indent
            else None
        )
        after = (
            next(
                (b for b in found[number + 1 :] if b.kind not in {"comment", "tags", "definition"}),
                None,
            )
            if bold
            else None
        )
        above_list = (
            after is not None
            and after.kind in {"list", "table"}
            and not re.match(
                r"\W*(?:authors?|by|year|venue|links?|notes?|summary|journal|published|doi|url)\b",
                after.text,
                re.IGNORECASE,
            )
        )
        people_below = (
            above_list
            and after is not None
            and after.kind == "list"
            and after.text.split("\n")[0].strip()
            and people_in(unmarked(after).split("\n")[0])[0] != ""
            and not YEAR.search(unmarked(after))
        )
        if bold and people_below and len(bold[1].split()) > 2:
            result[number] = replace(block, kind="heading", text=f"###### {bold[1]}")
        elif bold and number in parts:
            result[number] = replace(block, kind="heading", text=f"## {bold[1]}")
        elif bold and (
            year_of_heading(bold[1]) is not None
            or (
                above_list
                and len(bold[1].split()) <= (8 if block.text[0].isalpha() else 5)
                and len(bold[1]) <= 60
            )
        ):
            result[number] = replace(block, kind="heading", text=f"###### {bold[1]}")
    return result


def bold_parts(found: list[Block]) -> set[int]:
    """Find paragraphs of a few words in bold above citations, of which each has several: headings of a text processor."""
    if sum(b.kind == "heading" for b in found) > 1:
        return set()
    cited = sum(b.kind in {"text", "list"} and looks_like_citation(unmarked(b)) for b in found)
    parts = {
        number for number, (block, after) in enumerate(pairwise(found))
        if block.kind == "text" and BOLD_HEADING.fullmatch(block.text) and len(block.text.split()) <= 8 and not YEAR.search(block.text) and after.kind == "text" and looks_like_citation(unmarked(after))
    }  # fmt: skip
    return parts if len(parts) * 2 <= cited else set()


def dated(found: Iterator[Block]) -> Iterator[Block]:
    """Give blocks with the year that the nearest heading above them names, its parents' when it names none."""
    above: list[tuple[int, int | None]] = []
    for block in found:
        heading = HEADING.fullmatch(block.text) if block.kind == "heading" else None
        if heading:
            while above and above[-1][0] >= len(heading[1]):
                above.pop()
            above.append((len(heading[1]), year_of_heading(heading[2])))
        year = next((year for _, year in reversed(above) if year), None)
        yield block if year is None else replace(block, year=year)


def markdown_blocks(text: str, addresses: dict[str, str]) -> Iterator[Block]:
    """Split a document into blocks; a quote right under a paragraph begins a block of its own.

    A line without `>` right under a quoted line goes on with the quote, as in Markdown, and one right
    under a list item with the item.
    """
    kind, start, indent = "", 0, 0
    lines: list[str] = []
    fence = ""
    every = text.splitlines()
    comment = False
    table: list[str] = []
    width = wrap_width(every)
    before = ""
    front = (
        next((n for n, line in enumerate(every[1:60], 2) if line.strip() in {"---", "..."}), 0)
        if every and every[0].strip() == "---"
        else 0
    )
    if front and all(
        re.match(r"\s*(?:#|-\s|[\w-]+:|$)", line) or line.startswith(" ")
        for line in every[1 : front - 1]
    ):
        yield Block("front", "\n".join(every[1 : front - 1]), 1)
    else:
        front = 0
    for number, line in enumerate([*every, ""], 1):
        if number <= front:
            continue
        stripped = line.strip()
        if table or (not fence and not comment and re.match(r"<table\b", stripped, re.IGNORECASE)):
            if lines:
                yield Block(kind, "\n".join(lines), start, indent)
                kind, lines = "", []
            start = start if table else number
            table.append(line)
            if re.search(r"</table\s*>", line, re.IGNORECASE) or number > len(every):
                yield Block("table", html_table(parse_html("\n".join(table))), start)
                table = []
            continue
        opening = FENCE.match(stripped) if not comment else None
        own = ""
        if not fence and not opening and stripped:
            own = (
                "comment"
                if comment or stripped.startswith("<!--")
                else "definition"
                if DEFINITION.match(line)
                else "tags"
                if is_tags_only(line)
                else ""
            )
            comment = own == "comment" and "-->" not in stripped
            if own == "comment" and not comment and not stripped.endswith("-->"):
                own, line = "", stripped.partition("-->")[2]
            if not own:
                line = plain_line(line, addresses)
                stripped = line.strip()
        if fence:
            if stripped.startswith(fence) or number > len(every):
                yield Block("code", "\n".join(lines), start)
                kind, lines, fence = "", [], ""
            else:
                lines.append(line)
            continue
        own = "code" if opening else own or kind_of(stripped)
        if (
            own == "text"
            and number < len(every)
            and "|" in stripped
            and DELIMITER.fullmatch(every[number].strip())
        ):
            own = "table"
        elif own in {"text", "list"} and kind == "table" and "|" in stripped:
            own = "table"
        if (
            own == "rule"
            and kind == "text"
            and len(lines) == 1
            and UNDERLINE.fullmatch(stripped)
            and not LIST_ITEM.match(lines[0])
        ):
            yield Block("heading", f"{'#' if stripped[0] == '=' else '##'} {lines[0]}", start)
            kind, lines = "", []
            continue
        goes_on = own == kind and own not in {"heading", "list", "rule"}
        goes_on = goes_on or (own == "text" and (kind == "quote" or kind == "list"))
        if own == "blank" or not goes_on:
            if lines:
                yield Block(kind, "\n".join(lines), start, indent)
            kind, lines, start = ("", [], 0) if own == "blank" else (own, [], number)
            indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" :"))
        if opening:
            fence, lines, start = opening[1], [], number
        elif own != "blank":
            content = (
                re.sub(r"^\s*>\s?", "", line)
                if own == "quote"
                else line.rstrip()
                if own == "table"
                else re.sub(r"^:\s{1,3}(?=\S)", "", line.strip())
            )
            if (
                lines
                and own in {"text", "quote"}
                and width
                and is_wrapped(before, every[number - 1], width)
            ):
                lines[-1] += f" {content}"
            else:
                lines.append(content)
        before = every[number - 1] if number <= len(every) else ""
    if lines:
        yield Block("code" if fence else kind, "\n".join(lines), start, indent)


def wrap_width(lines: list[str]) -> int:
    """Give the width at which a document breaks its lines; 0 where it leaves that to the reader."""
    prose = [
        line.expandtabs(4)
        for line in lines
        if not line.lstrip().startswith(("|", "#", "<", "[!", "```"))
    ]
    pairs = [
        (one, two)
        for one, two in pairwise(prose)
        if one.strip()
        and two.strip()
        and not LIST_ITEM.match(two)
        and not HARD_BREAK.search(one)
        and not DEFINITION.match(two)
    ]
    width = max((len(one) for one, _ in pairs if len(one.split()) >= 4), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return 0
    broken = sum(is_wrapped(one, two, width) for one, two in pairs)
    return width if broken * 2 > len(pairs) or (broken >= 3 and broken * 4 >= len(pairs)) else 0


def is_wrapped(line: str, following: str, width: int) -> bool:
    """Tell whether a line ends because the next one's first word had no room."""
    if HARD_BREAK.search(line) or LABELLED_LINE.match(following):
        return False
    word = re.sub(r"^[>\s]+", "", following).split(" ", 1)[0]
    return bool(word) and len(line.expandtabs(4).rstrip()) + 1 + len(word) > width


def kind_of(line: str) -> str:
    """Give the kind of a line."""
    if not line:
        return "blank"
    if HEADING.fullmatch(line):
        return "heading"
    if line.startswith(">"):
        return "quote"
    if RULE.fullmatch(line):
        return "rule"
    if line.startswith("|") and line.count("|") >= 3:
        return "table"
    if (LIST_ITEM.match(line) and not re.match(r"\*[^*\s]", line)) or DAY_LINE.match(line):
        return "list"
    return "text"


def unmarked(block: Block) -> str:
    """Give the text of a block without the mark of a list item or the number of a reference."""
    found = LIST_ITEM.match(block.text) if block.kind == "list" else None
    text = found[1] if found else block.text
    occasion = OCCASION.match(text) or MONTH_LEAD.match(text)
    if occasion and re.search(r"\w", text[occasion.end() :]):
        text = text[occasion.end() :]
    text = re.sub(r"^(\*\*|__)\s*\[?\d{1,3}[.)\]]+\s+", r"\1", text)
    text = re.sub(r"^(\*\*|__)\[?\d{1,3}[.)\]]*\1[.:]?\s+", "", text)
    text = re.sub(r"(\*\*|__|\*)([\"“][^\"“”*_]{4,300}[\"”][.,]?)\1", r"\2", text)
    text = re.sub(r"([*_]{1,2})(et al\.?)\1", r"\2", text[lead_emoji(text) :])
    named = CITED.match(text)
    if named and looks_like_citation(text[named.end() :]):
        text = text[named.end() :]
    text = re.sub(
        r"^\[(?:\d+|[A-Za-z+]{2,25}\d{2,4}[a-z]?|[A-Z]{1,3}-?\d{1,3})\][.:]?\s*(?!\()", "", text
    )
    label = LABEL.match(text)
    named = PEOPLE_FIRST.match(text, label.end()) if label else None
    if (
        label
        and named
        and re.split(r"\W", label["who"])[0] in named[0]
        and named[0].rstrip().endswith(".")
        and text[named.end() : named.end() + 1] in {"*", "_", '"', "“", "["}
    ):
        people = named[0].strip().removesuffix(".")
        text = (
            f"{people} ({label['year']}). {text[named.end() :]}"
            if not YEAR.search(text, named.end())
            else text[label.end() :]
        )
    text = LABEL.sub(
        lambda m: f"{m['who'].strip(' ,')} ({m['year']}). ",
        re.sub(r"^(?:\[[ xX]\]|\{\{[^{}]*\}\}|\([!*+]+\)|\\?\*{1,2}|[†‡★☆►✓])\s+", "", text),
    )
    dated = BOLD_DATED.match(text)
    if dated and not NO_WHO.search(dated["who"]):
        text = f"{dated['who'].strip(' ,')} ({dated['year']}). {text[dated.end() :]}"
    bold = BOLD_PEOPLE.match(text)
    slanted = re.match(r"([*_])(?P<who>[^*_]+)\1", text[bold.end() :]) if bold else None
    dated_venue = (
        slanted is not None
        and re.fullmatch(r"[A-Z][\w&/ -]{1,30}[\s'’]+(?:19|20)?\d\d", slanted["who"].strip(" .,"))
        is not None
    )
    if (
        bold
        and slanted
        and (
            dated_venue
            or (
                re.search(r",|\band\b|et al", slanted["who"])
                and people_in(slanted["who"])[1:] == ("",)
            )
        )
    ):
        bold = None
    if bold and (
        INVERTED.fullmatch(bold[1].strip(" .:,"))
        or people_in(bold[1].strip(" :,"), lone=True)[1:] == ("",)
    ):
        text = f"{bold[1].rstrip(' .:,')}. {text[bold.end() :]}"
    inverted = re.match(
        r"\*\*([^*_\d()]{4,200})\*\*[.,]?\s+(?=(?:\((?:[Ee]ds?|Hrsg|Hg)\.?\)\s*)?\((?:18|19|20)\d\d[a-z]?\))",
        text,
    )
    if inverted and INVERTED.fullmatch(inverted[1].strip(" .:,")):
        text = f"{inverted[1].rstrip(' ,:')} {text[inverted.end() :]}"
    titled = BOLD_TITLE.fullmatch(text)
    if titled and not re.search(r"(?<!\*)\*(?!\*)", titled["rest"]):
        text = f"{titled['who']}{titled['rest'].replace('**', '*')}"
    return even_quotes(
        REISSUE.sub(lambda m: m["year"] or m["later"] or "", BOLD_LEAD.sub(r"\1", text))
    )


def looks_like_html(text: str) -> bool:
    """Tell whether a document is a page rather than Markdown with a few tags."""
    head = text.lstrip("\ufeff \n\r\t")[:3000].casefold()
    return head.startswith(("<!doctype html", "<html")) or bool(
        re.search(r"<body\b|<div\b[^>]*>\s*<(?:h[1-6]|p|ul)\b", head)
    )


def html_blocks(text: str) -> Iterator[Block]:
    """Give the blocks of an HTML page, its inline markup written as Markdown."""
    soup = parse_html(text)
    for tag in soup.find_all(["script", "style", "nav", "template", "title"]):
        tag.extract()
    yield from dated(tag_blocks(soup.body or soup, ""))


BLOCKS = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "ul",
    "ol",
    "table",
    "pre",
    "section",
    "article",
    "main",
    "dl",
    "dt",
    "dd",
    "header",
    "footer",
]


def tag_blocks(node: Any, within: str, depth: int = 0) -> Iterator[Block]:
    """Walk through an element; text beside blocks makes a block of its own."""
    from bs4 import Comment, NavigableString

    if depth > 60:
        return
    loose: list[str] = []
    line = int(getattr(node, "sourceline", None) or 1)
    first = True

    def flush() -> Iterator[Block]:
        nonlocal first
        content = re.sub(r"[ \t]+", " ", "".join(loose)).strip()
        content = re.sub(r"\s*\n\s*", "\n", content)
        loose.clear()
        if content:
            kind = within or "text"
            yield Block(
                "text" if kind == "list" and not first else kind,
                content,
                line,
                4 if kind == "list" and not first else 0,
            )
            first = False

    for child in node.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            loose.append(re.sub(r"\s+", " ", str(child)))
            continue
        if child.name not in BLOCKS and child.find(BLOCKS) is None:
            loose.append(inline_markdown(child))
            continue
        yield from flush()
        at = int(child.sourceline or line)
        if re.fullmatch(r"h[1-6]", child.name):
            yield Block(
                "heading",
                f"{'#' * int(child.name[1])} {' '.join(inline_markdown(child).split())}",
                at,
            )
        elif child.name == "table" and child.find("table") is None:
            yield Block("table", html_table(child), at)
        elif child.name == "pre":
            yield Block("code", child.get_text(), at)
        elif child.name == "blockquote":
            yield Block(
                "quote",
                "\n\n".join(" ".join(inline_markdown(p).split()) for p in child.find_all("p"))
                or " ".join(inline_markdown(child).split()),
                at,
            )
        elif child.name in {"li", "dt"}:
            yield from tag_blocks(child, "list", depth + 1)
        elif child.name == "dd":
            yield Block("text", " ".join(inline_markdown(child).split()), at, 4)
        else:
            inside = "text" if within == "list" and child.name == "p" else ""
            for block in tag_blocks(
                child,
                "list" if within == "list" and child.name == "p" and first else inside,
                depth + 1,
            ):
                first = False
                yield Block(
                    block.kind,
                    block.text,
                    block.line,
                    block.indent
                    + (4 if within == "list" and block.kind != "list" else 0)
                    + (4 if within == "list" and child.name in {"ul", "ol"} else 0),
                )
    yield from flush()


def inline_markdown(node: Any) -> str:
    """Give inline HTML as Markdown: links, italics, bold, line breaks."""
    from bs4 import Comment, NavigableString

    if isinstance(node, Comment):
        return ""
    if isinstance(node, NavigableString):
        return re.sub(r"\s+", " ", str(node))
    inside = "".join(inline_markdown(child) for child in node.children)
    if node.name == "br":
        return "\n"
    if node.name == "a" and node.get("href") and inside.strip():
        return f"[{inside.strip()}]({str(node['href']).strip().replace(' ', '%20')})"
    mark = {"em": "*", "i": "*", "cite": "*", "b": "**", "strong": "**"}.get(node.name, "")
    if mark and inside.strip() and mark not in inside:
        return f"{mark}{inside.strip()}{mark}{' ' if inside.endswith(' ') else ''}"
    return inside


def html_table(table: Any) -> str:
    """Give an HTML table as Markdown."""
    rows = []
    for tr in table.find_all("tr"):
        cells = [
            " ".join(inline_markdown(c).split()).replace("|", "\\|")
            for c in tr.find_all(["td", "th"])
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join([*rows[:1], "|---|", *rows[1:]]) if rows else ""
