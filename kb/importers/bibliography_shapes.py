"""How a bibliography writes its works: in paragraphs, lists, tables, below headings, in BibTeX."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.importers.bibliography_blocks import (
    HEADING,
    LIST_ITEM,
    MONTH_LEAD,
    OCCASION,
    Block,
    unmarked,
)
from kb.importers.bibliography_markup import even_quotes
from kb.importers.citation import (
    YEAR,
    Citation,
    bare_title,
    clean_title,
    clean_url,
    dated_title,
    details,
    is_form,
    looks_like_citation,
    read_citation,
    title_span,
)
from kb.importers.cited_people import LINK, split_authors
from kb.importers.letters import LOWER, UPPER
from kb.importers.listed_lead import stated_month, without_lead
from kb.importers.listed_work import (
    authors_of,
    in_english,
    is_facts,
    is_listed,
    parts_of,
    people_in,
    read_listed,
    venue_in,
)
from kb.parse.bibtex import parse_bibtex, year_of
from kb.parse.latex import latex_to_text
from kb.parse.names import parse_names
from kb.text import collapse, fold, title_key

__all__ = [
    "Habits",
    "bibtex_items",
    "cites",
    "habits_of",
    "keyed",
    "split_annotation",
    "states_fact",
    "table_items",
    "without_marker",
    "work_facts",
]

QUOTED_SHARE = 0.25
"""Share of items with a quote behind them from which on only quotes are notes."""

FACT = re.compile(
    r"^\W*(?P<name>author(?:s|\(s\))?|by|year|date|published(?: in)?|where|venue|journal|conference|source|publication(?: title)?|proceedings(?: title)?|book title|item type|isbn|issn|pages|volume|issue|series|edition|place|language|rights|library catalog|short title|extra|accessed|date added|modified|conference name|citekey|cite key|status|rating|read(?: on)?|aliases|added|editors?|zotero(?: link)?|local library|collections?|files?|publisher|links?|url|paper|pdf|doi|arxiv|title|type|tags?|keywords?|topics?|citation|reference)(?!\w)[*_]*\s*[:：]{1,2}[*_]*\s*(?P<value>.*)$",
    re.IGNORECASE,
)
"""`**Authors:** Jane Doe`."""

SILENT = frozenset(
    "tag tags keyword keywords topic topics type isbn issn place language rights extra accessed modified citekey status rating read aliases added editor editors edition".split()
) | {
    "zotero",
    "zotero link",
    "local library",
    "collection",
    "collections",
    "file",
    "files",
    "item type",
    "library catalog",
    "short title",
    "date added",
    "cite key",
    "read on",
}
"""Facts that say nothing about where and when a work appeared."""

HEADING_LABEL = re.compile(
    rf"(?P<who>[{UPPER}a-z][^()\[\]\"“:]{{2,80}}?),?\s*(?:[(\[]?(?P<year>(?:18|19|20)\d\d)[a-z]?[)\]]?\s*[-–—:.]+\s+|\((?P<round>(?:18|19|20)\d\d)[a-z]?\)\s+(?=[\"“*_\[]{{0,2}}[{UPPER}]))(?P<title>\S.{{7,}})$"
)
"""`Sculley et al. (2015) - ` in front of a title in a heading."""

SHORT_NAMES = re.compile(
    rf"((?:(?:[a-z]+ ){{0,2}}[{UPPER}][\w’'-]*[{LOWER}][\w’'-]* [A-Z]{{1,3}}(?:,\s+|(?=\.)))+(?:et al)?)\.\s+(?=(?:In:|[A-Z])[^.]{{2,120}}[.;\s](?:[^.;]{{2,40}}[;.]\s+)?(?:19|20)\d\d)"
)
"""`Taibi D, Lenarduzzi V. ` in front of a venue."""

INITIALS_SECOND = re.compile(rf"[^,]+,\s*(?:[{UPPER}]\.[\s-]?)+(?:[,;&]|and\b|et al|$)")
"""`Doe, J., ...`: the family name comes first."""

COLUMNS = (
    (
        "title",
        r"titles?|(?:paper )?(?:titles?|papers?) ?(?:&|and|/|,|\+|with) ?(?:authors?|venues?|year|info)|papers?|works?|readings?|name|articles?|publications?|books?|resources?|references?|citations?|(?:paper|article|work|book|publication) ?(?:titles?|names?)|title of .*|papers? ?(?:&|and|/|\+) ?(?:links?|code)|标题|题目|题名|论文(?:标题|题目|名称)?|名称|タイトル|論文(?:名|タイトル)?|titel|titre|t[ií]tulo|titolo|artikel|papier",
    ),
    (
        "authors",
        r"(?:first |1st |lead |main )?authors?(?: ?\(s\)|s)?(?: ?(?:&|and|/|,|\+) ?(?:affiliations?|institutions?|team))?|by|who|people|researchers|作者|第一作者|著者|autor(?:in|en|es|i)?|auteurs?|autore",
    ),
    (
        "venue",
        r"venues?|where|journals?|conferences?|publications?|publishers?|source|published(?: in| at)?|conf\.?|proceedings|(?:journal|conference|venue|conf\.?) ?(?:/|&|or|and) ?(?:journal|conference|year|venue|conf\.?)s?|(?:发表|出版)?(?:会议|期刊|刊物)|会议[/／]期刊|期刊[/／]会议|来源|出处|发表|会議|学会|雑誌|quelle|konferenz|zeitschrift|verlag|revue|revista|conf[ée]rence",
    ),
    (
        "year",
        r"years?|date|when|published|pub\.? ?(?:date|year)|publi(?:cation|shed) (?:date|year)|year of publication|年份|年|时间|日期|(?:发表|出版|发布)(?:时间|年份|日期)|年度|発表年|jahr|datum|ann[ée]e|a[nñ]o|anno",
    ),
    (
        "note",
        r"(?:my |short |quick |reading )?notes?|summary|annotation|descriptions?|comments?|abstract|tl;?dr|remarks?|key .*|main .*|contributions?|why.*|takeaways?|insights?|highlights?|(?:core |one[- ]line )?ideas?|thoughts|备注|笔记|简介|摘要|说明|介绍|内容|总结|概要|メモ|コメント|説明|notizen?|anmerkung(?:en)?|kommentare?|beschreibung|zusammenfassung|notas|remarques|r[ée]sum[ée]|commentaires?|descripci[oó]n",
    ),
    (
        "url",
        r"links?|urls?|pdfs?|doi|arxiv|paper (?:link|url)|links? to paper|download|full[- ]?text|链接|地址|(?:论文|原文|下载)(?:链接|地址)|リンク|verweis|enlace|lien",
    ),
    (
        "other",
        r"(?:code|data) ?(?:/|&|and|\+|,) ?(?:code|data|demo|models?|website)|code|github|repo(?:sitory)?|slides?|video|talk|demo|website|project(?: page)?|stars?|data(?:sets?)?|materials?|resources?|artifacts?|(?:代码|源码|项目)(?:链接|地址)?|コード",
    ),
)
"""Columns of tables of works and how people head them."""


NO_WORK = re.compile(
    r"(?:no (?:meetings?|class|session|reading group|paper|presentation)|tb[acd]|t\.b\.[acd]|cancel+ed|holidays?|n/?a|none|(?:\w+ )?break|to be (?:announced|decided|determined))(?:\W.{0,30})?",
    re.IGNORECASE,
)
"""What stands in the column of titles when nothing was read."""

ENDED = re.compile(
    rf"((?:\d\s*[-–]{{1,2}}\s*\d+|https?://\S+|\b10\.\d{{4,9}}/\S+|\]\([^()\s]*\)\]?)[.)]*)\s+(?=[{UPPER}*_][\w’' ]*\s[a-z])"
)
"""The end of a citation within a paragraph: pages, an address, a DOI, a link, before a sentence."""

OF_CITATION = re.compile(
    r"\b(?:19|20)\d\d\b|\d\s*\(\d|\d\s*[–-]\s*\d|\b(?:vol|no|pp?|eds?|edn|chap)\.|\bdoi\b|https?:|^\W*(?:In|Retrieved|Available|Accessed|Edited|Translated)\b|\b(?:Press|Journal|Proceedings|Transactions|Review|Letters|Magazine|Quarterly|Publishers?|University|Conference|Symposium|Workshop|preprint|Books|Media)\b",
    re.IGNORECASE,
)
"""What sentences of notes do not have and parts of citations do."""

MIN_NOTE_WORDS = 8
"""Words from which on what follows a citation in its paragraph is a note."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a document does throughout."""

    free_notes: bool = False
    """Notes are not quoted: text behind an item is its note."""
    listed: bool = False
    """List items that begin with a title are works."""
    listed_lines: frozenset[int] = frozenset()
    """Lines of list items that are works because all of their section link elsewhere first, in a list of citations."""
    listed_text: bool = False
    """So are paragraphs that begin with one."""
    notes_first: bool = False
    """The quote above an item is its note."""
    texts_apart: bool = False
    """Paragraphs that stand at the margin behind a list are about no item of it."""
    work_headings: frozenset[int] = frozenset()
    """Lines of headings that name a work."""


def habits_of(found: Sequence[Block]) -> Habits:
    """See what a document does, by what most of its blocks are."""
    found = [b for b in found if b.kind not in {"definition", "comment", "tags", "footnote"}]
    works = [*work_headings(found), *work_items(found)]
    below = {
        id(after)
        for before, after in pairwise(found)
        if after.kind == "text"
        and after.indent >= 2
        and before.kind == "list"
        and is_listed(unmarked(before))
    }
    texts = [
        b
        for b in found
        if b.kind in {"text", "list"} and b.line not in works and id(b) not in below
    ]
    cited = [b for b in texts if cites(unmarked(b)[:1500], b.year)]
    strict = [b for b in cited if not is_listed(unmarked(b))]
    listed = [b for b in texts if b.kind == "list" and is_listed(unmarked(b)) and not bare_links(b)]
    titled_text = [
        b
        for b in texts
        if b.kind == "text"
        and b.indent < 4
        and b not in strict
        and re.match(r"(?:\*\*|__|[\"“]|\[)", unmarked(b))
        and is_listed(unmarked(b))
        and (YEAR.search(b.text) or "](" in b.text)
    ]
    is_list = len(listed) > len(strict) and len(listed) >= 2
    by_text = not is_list and len(titled_text) > len(strict) and len(titled_text) >= 2
    items = max(1, len(listed) if is_list else len(titled_text) if by_text else len(cited))
    lines = {b.line for b in (listed if is_list else titled_text if by_text else cited)} | set(
        works
    )
    quoted = sum(
        1 for before, after in pairwise(found) if after.kind == "quote" and before.line in lines
    )
    items_below = [
        after for before, after in pairwise(found) if before.kind == "list" and before.line in lines
    ]
    return Habits(
        texts_apart=sum(b.kind == "text" and not b.indent for b in items_below) < len(items_below) * QUOTED_SHARE,
        listed_lines=linked_sections(found, {b.line for b in strict}) if not is_list and sum(b.kind == "list" for b in strict) * 2 > len(strict) else frozenset(),
        free_notes=quoted < items * QUOTED_SHARE, listed=is_list or by_text, listed_text=by_text,
        notes_first=notes_come_first(found, lines), work_headings=frozenset(works),
    )  # fmt: skip


def linked_sections(found: Sequence[Block], cited: Collection[int]) -> frozenset[int]:
    """Give the lines of list items in sections that hold nothing but items which begin with a link elsewhere and say what is there."""
    sections: list[list[Block]] = [[]]
    for block in found:
        if block.kind == "heading":
            sections.append([])
        elif block.kind == "list" and not block.indent:
            sections[-1].append(block)
    return frozenset(
        b.line
        for section in sections[1:]
        if len(section) >= 2
        and all(
            b.line not in cited
            and LINK.match(unmarked(b))
            and is_listed(unmarked(b))
            and len(LINK.sub("", unmarked(b)).split()) >= 2
            for b in section
        )
        for b in section
    )


def notes_come_first(found: Sequence[Block], items: Collection[int]) -> bool:
    """Tell whether every section begins with a quote and ends with an item: what is said about a work stands above it."""
    runs: list[str] = [""]
    for block in found:
        if block.kind == "heading" and block.line not in items:
            runs.append("")
        runs[-1] += "q" if block.kind == "quote" else "w" if block.line in items else ""
    held = [run for run in runs if "q" in run and "w" in run]
    return sum(run.count("q") for run in held) >= 2 and all(
        re.fullmatch(r"(?:q+w+)+", run) for run in held
    )


def cites(text: str, year: int | None) -> bool:
    """Tell whether a text reads like a citation, the year of the headings above it taken for its own when it names none."""
    return looks_like_citation(text) or (
        year is not None
        and not YEAR.search(LINK.sub(lambda m: m[1], text))
        and looks_like_citation(f"{text.rstrip()} ({year}).")
    )


def work_items(found: Sequence[Block]) -> list[int]:
    """Find list items that are titles with facts by name in the list below them: `- Title`, `  - Authors: ...`."""
    lines = [
        before.line for before, after in pairwise(found)
        if before.kind == after.kind == "list" and after.indent > before.indent and states_fact(after) and not states_fact(before) and len(unmarked(before).split()) >= 2 and not cites(unmarked(before), None)
    ]  # fmt: skip
    return lines if len(lines) >= 2 else []


def states_fact(block: Block) -> bool:
    """Tell whether every line of a block states a fact by name."""
    return all(FACT.match(without_marker(line)) for line in block.text.split("\n") if line.strip())


def bare_links(block: Block) -> bool:
    """Tell whether a list item is a line of a table of contents."""
    return bool(re.fullmatch(r"\W*\[[^\]]*\]\(#[^)]*\)\W*", unmarked(block)))


def work_headings(found: Sequence[Block]) -> list[int]:
    """Find headings that name works: most headings of their level link elsewhere or have facts below them."""
    by_level: dict[int, list[tuple[Block, bool]]] = {}
    for number, block in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        heading = HEADING.fullmatch(block.text) if block.kind == "heading" else None
        if heading is None:
            continue
        link = LINK.search(heading[2])
        linked = (
            link is not None and link[2].startswith(("http", "www")) and len(link[1].split()) >= 2
        )
        named = (
            len(heading[2].split()) >= 2
            and after is not None
            and after.kind in {"text", "list"}
            and has_facts(unmarked(after))
        )
        if after is not None and after.kind == "list":
            items = [unmarked(b) for b in found[number + 1 : number + 5] if b.kind == "list"]
            named = (
                named
                or (
                    len(heading[2].split()) >= 2
                    and len(items) > 1
                    and people_in(items[0])[0] != ""
                    and not people_in(items[0])[1]
                    and YEAR.search(items[1]) is not None
                    and is_facts(items[1])
                )
                or keyed("\n".join(items))
            )
        elif after is not None and after.kind == "text":
            named = named or (
                len(heading[2].split()) >= 2 and SHORT_NAMES.match(after.text) is not None
            )
        cited = (
            bool(
                dated_people(heading[2])
                and after is not None
                and after.kind == "text"
                and is_listed(unmarked(after))
            )
            or (
                re.fullmatch(r".{3,80}[ (](?:18|19|20)\d\d[a-z]?\)?", heading[2]) is not None
                and after is not None
                and looks_like_citation(unmarked(after))
            )
            or (
                re.search(r"\([^()]*(?:\b(?:18|19|20)\d\d\b|et al)[^()]*\)\s*$", heading[2])
                is not None
                and len(heading[2].split()) >= 4
            )
        )
        led = (
            YEAR.search(without_lead(heading[2])[1]) is not None
            and len(heading[2].split()) >= 4
            and after is not None
            and after.kind in {"text", "list"}
        )
        by_level.setdefault(len(heading[1]), []).append(
            (
                block,
                linked
                or named
                or cited
                or led
                or is_citation_heading(heading[2])
                or labelled_heading(heading[2]) is not None,
            )
        )
    lines: list[int] = []
    for headings in by_level.values():
        works = [block.line for block, is_work in headings if is_work]
        if len(works) >= 2 and len(works) * 2 >= len(headings):
            lines.extend(works)
    return lines


def dated_people(heading: str) -> re.Match[str] | None:
    """Match a heading that is people and a year and nothing else: `Perry & Wolf, 1992`."""
    found = re.fullmatch(
        r"(?P<who>[^\d()\[\]\"“:]{3,80}?),?\s+\(?(?P<year>(?:18|19|20)\d\d)[a-z]?\)?[.:]?",
        heading.strip(" *_"),
    )
    return (
        found
        if found and people_in(f"{found['who']}, 2000", lone=True)[0] == found["who"]
        else None
    )


def is_citation_heading(heading: str) -> bool:
    """Tell whether a heading is a whole citation: people, a quoted title or one behind a year in brackets, and the rest."""
    return looks_like_citation(heading) and (
        re.search(r"\w.*[“\"][^”\"]{8,}[”\"]", heading) is not None
        or dated_title(heading) is not None
    )


def labelled_heading(heading: str) -> re.Match[str] | None:
    """Match a heading that is people and a year in front of a title."""
    found = HEADING_LABEL.match(heading)
    if found is None or LINK.match(heading):
        return None
    who = found["who"]
    return (
        found
        if "et al" in who or people_in(who, lone=True)[0] or people_in(f"{who}, 2000", lone=True)[0]
        else None
    )


def has_facts(text: str) -> bool:
    """Tell whether a block below a heading says who wrote something and when, and cites nothing itself."""
    lines = text.split("\n")
    if any(FACT.match(without_marker(line)) for line in lines):
        return True
    first = LINK.sub(lambda m: "" if is_form(m[1]) else m[1], lines[0]).strip(" *_")
    named, placed = people_in(first)
    if (
        named
        and len(placed.split()) <= 8
        and YEAR.search(placed)
        and re.match(
            r"(?:[A-Z]{3,}|Proceedings|[A-Z][a-z]*(?:[A-Z]{2}|IPS)|[\w ]*(?:University|Conference|Journal|Symposium|Workshop|Transactions))\b",
            placed,
        )
    ):
        return True
    people, facts, note = (
        ("", "", "")
        if any(not is_form(m[1]) for m in LINK.finditer(lines[0])) or re.search(r"[\"“”]", first)
        else parts_of(first)
    )
    if people and YEAR.search(facts) and not note:
        return True
    if looks_like_citation(text) or is_listed(text) or len(first.split()) > 40:
        return False
    names, _ = people_in(re.split(r"(?<![A-Z])\.\s", first)[0])
    return bool(names and YEAR.search(" ".join(lines[:2]))) or (
        bool(YEAR.search(first)) and len(first.split()) <= 14
    )


def without_marker(line: str) -> str:
    """Give a line without the mark of a list item."""
    found = LIST_ITEM.match(line)
    return found[1] if found else line


def keyed(text: str) -> bool:
    """Tell whether a block is `Title: ...` with other facts below it."""
    names = [found["name"].casefold() for line in text.split("\n") if (found := FACT.match(line))]
    first = FACT.match(text.split("\n")[0]) if names else None
    named = (
        first is not None
        and names[0] == "paper"
        and not re.search(r"https?://|\]\(", first["value"])
        and len(first["value"].split()) >= 2
    )
    return ("title" in names[:2] or named) and len(names) >= 2


def work_facts(heading: str, text: str) -> tuple[Citation, str, bool]:
    """Read a work whose title is a heading and whose facts stand below it; give it, the note, whether facts were found."""
    labelled = labelled_heading(heading)
    if labelled is not None:
        citation, said, understood = work_facts(labelled["title"], text)
        names = citation.authors or split_authors(labelled["who"])[0]
        return (
            replace(
                citation,
                authors=names,
                et_al=citation.et_al or (not citation.authors and "et al" in labelled["who"]),
                year=citation.year or int(labelled["year"] or labelled["round"]),
            ),
            said,
            understood,
        )
    alone = dated_people(heading)
    if alone is not None and is_listed(text) and not looks_like_citation(text):
        citation, said, _ = read_listed(text)
        names, et_al = split_authors(alone["who"])
        return (
            replace(
                citation,
                authors=citation.authors or names,
                et_al=citation.et_al or et_al,
                year=int(alone["year"]),
            ),
            said,
            True,
        )
    if is_citation_heading(heading):
        below, _, behind = text.partition("\n")
        again = read_citation(below) if looks_like_citation(below) else None
        if again is not None and title_key(again.title) == title_key(read_citation(heading).title):
            return again, behind, True
        return read_citation(heading), text, False
    occasion = OCCASION.match(heading) or MONTH_LEAD.match(heading)
    heading = (
        heading[occasion.end() :]
        if occasion and re.search(r"\w", heading[occasion.end() :])
        else heading
    )
    below, behind = (
        split_annotation(even_quotes(text), True)
        if looks_like_citation(even_quotes(text))
        else ("", "")
    )
    again = read_citation(collapse(below)) if below else None
    if again is not None and (
        title_key(again.title).startswith(title_key(clean_title(heading)[0]))
        or (
            again.authors
            and again.year
            and str(again.year) in heading
            and again.authors[0].split(",")[0] in heading
        )
    ):
        return again, behind, True
    heading, front = without_lead(
        re.sub(
            r"^(?:(?:reading|paper|article|source|entry|item|work)\s*#?\d+\s*[:.–-]|\d+[.)])\s+",
            "",
            heading,
            flags=re.IGNORECASE,
        )
    )
    link = LINK.search(heading)
    marked = re.match(r"(\*\*|__)(?P<title>[^*_]{6,300})\1[\s,.:;–—(-]+(?=\S)", heading)
    title, in_title = clean_title(marked["title"] if marked else heading)
    in_title = heading[marked.end() :].strip(" *_.()") if marked else in_title
    lead = re.search(r"\s*[\[(]((?:18|19|20)\d\d)[\])]\s*$", title)
    title = title[: lead.start()] if lead else title
    beside = re.search(r"\s*\(([^()]*(?:(?:18|19|20)\d\d|et al)[^()]*)\)\s*$", title)
    url = clean_url(link[2]) if link else ""
    people, facts = "", [in_title] if in_title else []
    placed = (
        re.search(r"\s*\((?=[A-Za-z]*[A-Z]{2})([A-Za-z&/ -]{3,20})\)\s*$|\s*\((arXiv)\)\s*$", title)
        if front and not beside
        else None
    )
    if placed:
        title, front = title[: placed.start()], f"{placed[1] or placed[2]} {front}"
    if beside:
        title = title[: beside.start()]
        people, more = people_in(beside[1], lone=True)
        facts += [more]
    described = bool(people or facts)
    note: list[str] = []
    values: dict[str, str] = {}
    cited: Citation | None = None
    lines = text.split("\n") if text else []
    if not heading and len(lines) > 1 and not FACT.match(without_marker(lines[0])):
        lines = lines[1:]  # the number of a record: `Paper 1`
    for line in lines:
        line = without_marker(line) if people and line.startswith(("- ", "* ", "+ ")) else line
        found = FACT.match(without_marker(line))
        if found and not note:
            values[found["name"].casefold()] = found["value"].strip(" *_")
        elif (
            not note
            and not url
            and re.fullmatch(r"<?https?://\S+?>?", without_marker(line).strip())
        ):
            url = clean_url(without_marker(line).strip())
        elif not note and not values and not described and not people and not facts:
            links = [m for m in LINK.finditer(line)]
            url = url or next((clean_url(m[2]) for m in links if is_form(m[1])), "")
            shown = LINK.sub(lambda m: "" if is_form(m[1]) else m[0], without_marker(line)).strip()
            short = SHORT_NAMES.match(shown)
            bare = re.search(r"https?://[^\s<>]+", shown) if not url else None
            if bare and (short or is_facts(shown.replace(bare[0], ""))):
                url = clean_url(bare[0].rstrip(".,"))
                shown = shown.replace(bare[0], "").replace("<>", "").strip()
            if short:
                people, facts = short[1], [*facts, shown[short.end() :]]
                continue
            people, fact, rest = parts_of(re.sub(r"^([*_])([^*_]+)\1", r"\2", shown))
            facts += [fact] if fact else []
            note += [rest] if rest else []
        elif not note and is_facts(line):
            facts.append(line)
        else:
            note.append(line)
    facts += [front] if front else []
    for name, value in values.items():
        address = LINK.search(value) or re.search(r"()(https?://\S+|10\.\d{4,9}/\S+)", value)
        if name in {"link", "links", "url", "paper", "pdf", "doi", "arxiv"} and address:
            found_url = clean_url(address[2])
            url = url or (
                found_url if found_url.startswith("http") else f"https://doi.org/{found_url}"
            )
        elif name in {"author", "authors", "author(s)", "by"}:
            people = value
        elif name == "title" or (name == "paper" and not title):
            title = clean_title(value)[0]
            url = url or (clean_url(m[2]) if (m := LINK.search(value)) else "")
        elif name in SILENT:
            continue
        elif name in {"citation", "reference"} and looks_like_citation(even_quotes(value)):
            cited = read_citation(even_quotes(value))
        else:
            facts.append(LINK.sub(lambda m: m[1], value))
    authors, et_al = (
        authors_of(people)
        if people and not INITIALS_SECOND.match(people)
        else split_authors(people)
    )
    stated = (
        next(
            (
                y
                for n in ("year", "published", "date")
                if (y := re.search(r"\b((?:18|19|20)\d\d)(?!\d)", values.get(n, "")))
            ),
            None,
        )
        or lead
    )
    citation = details(
        authors, et_al, title, url, ". ".join(facts), int(stated[1]) if stated else None
    )
    venue = (
        values.get("venue")
        or values.get("journal")
        or values.get("conference")
        or values.get("source")
        or venue_in(". ".join(facts))
    )
    if venue:
        citation = replace(citation, venue=venue_in(venue) or citation.venue)
    if cited is not None:
        same = (
            cited.title
            if not re.search(r"\s", title) or re.search(r"\bet al|\d{4}", title)
            else title
        )
        citation = replace(
            cited,
            title=same,
            year=cited.year or citation.year,
            url=cited.url or citation.url,
            authors=cited.authors or citation.authors,
        )
    return citation, "\n".join(note).strip(), bool(values or people or facts)


def split_annotation(content: str, within_lines: bool) -> tuple[str, str]:
    """Split a paragraph into a citation and the note that goes on right below it, where a line ends the one.

    Args:
        within_lines: the note may begin in the middle of a line, behind pages or an address.
    """
    lines = content.split("\n")
    for number in range(1, len(lines)):
        head = " ".join(lines[:number])
        ended = re.search(r"(?:[.)\]>]|https?://\S+|10\.\d{4,9}/\S+)\s*$", head) is not None
        if (
            ended
            and looks_like_citation(head)
            and re.match(rf"[\W_]*[{UPPER}]", lines[number])
            and not re.match(
                r"[\W_]*(?:In|IEEE|ACM|Proceedings|Proc|Vol|pp?|DOI|https?|Available|Retrieved|arXiv|ISBN)\b",
                lines[number],
                re.IGNORECASE,
            )
        ):
            return head, "\n".join(lines[number:])
    flat = " ".join(lines)
    for found in ENDED.finditer(flat) if within_lines else ():
        head, behind = flat[: found.end(1)], flat[found.end() :]
        if (
            looks_like_citation(head)
            and len(behind.split())
            >= (
                MIN_NOTE_WORDS
                if not found[1].rstrip(".)]").count("](") or re.search(r"\d", behind)
                else 3
            )
            and re.search(r"[.!?]$", behind.rstrip(" *_"))
        ):
            return head, behind
    return split_remark(flat) or (content, "") if within_lines else (content, "")


def split_remark(flat: str) -> tuple[str, str] | None:
    """Split a citation from the sentence behind it: one that has small words and is no place, publisher or journal."""
    span = dated_title(flat) or title_span(flat) or bare_title(flat, None)
    if span is None:
        return None
    rating = re.compile(r"\s*[★☆⭐✩✪]{2,}\s*(?:\(?\d(?:\.\d)?/\d+\)?)?[\s:–—-]*").search(
        flat, span[1]
    )
    if (
        rating
        and looks_like_citation(flat[: rating.start()])
        and re.search(r"\w", flat[rating.end() :])
    ):
        return flat[: rating.start()], flat[rating.end() :]
    dash = re.compile(r"(?<=[\d)\].])\s+[-–—]+\s+(?=[*_\"“]?\w)").search(flat, span[1])
    if (
        dash
        and looks_like_citation(flat[: dash.start()])
        and re.search(r"[a-z]{3}", flat[dash.end() :])
        and not YEAR.search(flat, dash.end())
    ):
        return flat[: dash.start()], flat[dash.end() :]
    for found in re.finditer(rf"(?<![A-Z])[.)]\s+(?=[\"“*_]{{0,2}}[{UPPER}])", flat[span[1] :]):
        at = span[1] + found.end()
        head, behind = flat[:at].rstrip(), flat[at:]
        first = re.split(r"(?<=[.!?])\s", behind, maxsplit=1)[0]
        if re.search(
            rf"\d\. Aufl\b|\b[{UPPER}][\w. ]{{2,30}}: [{UPPER}][\w& -]{{2,40}}\.?$", behind
        ):
            continue  # a subtitle in front of edition, place and publisher
        if (
            looks_like_citation(head)
            and re.search(r"[.!?][\"”*_)]*$", behind)
            and re.search(r"\s[a-z-]{3,}", re.sub(r"\b(?:and|for|the|with|from)\b", "", first))
            and not OF_CITATION.search(first)
        ):
            return head, behind
    return None


def table_items(block: Block) -> list[tuple[int, Citation, str]]:
    """Read the rows of a table that names titles; nothing for another table."""
    lines = block.text.split("\n")
    names = [fold(re.sub(r"[*_:]", "", c)) for c in cells_of(lines[0])]
    roles: list[str] = []
    for column, name in enumerate(names):
        role = next((role for role, pattern in COLUMNS if re.fullmatch(pattern, name)), "")
        if (
            role == "title"
            and re.fullmatch(r"papers?|articles?|publications?|references?", name)
            and re.fullmatch(
                r"name|resources?|works?", names[roles.index("title")] if "title" in roles else ""
            )
            and tells_titles(lines[1:], column)
        ):
            roles[roles.index("title")] = ""
            roles.append(role)
            continue
        role = (
            ("venue" if re.match(r"publi|book|ref|cit", name) else "url")
            if role == "title"
            and name != "title"
            and any(
                re.fullmatch(r"titles?|(?:paper|article|work)?\s*(?:title|name)", n)
                for n in names
                if n != name
            )
            else role
        )
        roles.append(role if role in {"note", "other"} or role not in roles else "")
    if "title" not in roles or len(set(roles) - {"", "title"}) < 1:
        return []
    items = []
    for number, line in enumerate(lines[1:], block.line + 1):
        cells = cells_of(line)
        if not any(re.search(r"\w", c) for c in cells):
            continue
        values: dict[str, str] = {}
        notes = []
        for role, name, cell in zip(
            [*roles, *([""] * len(cells))], [*names, *([""] * len(cells))], cells, strict=False
        ):
            if role == "url" and values.get("url") and not LINK.search(cell):
                continue
            if (
                role == "other"
                and "url" not in roles
                and re.search(r"\[\W*(?:pdf|paper|arxiv|doi|link)\W*\]\(", cell, re.IGNORECASE)
            ):
                values.setdefault("url", cell)
            if not re.search(r"\w", cell) or (
                role == "other" and not re.search(r"\w", LINK.sub("", cell))
            ):
                continue
            if role == "note":
                notes.append(cell)
            elif role:
                values[role] = cell
            elif cell and not re.fullmatch(r"(?:#|no\.?|nr\.?|id|n|index|rank)?", name):
                notes.append(f"{name}: {cell}" if name else cell)
        if not values.get("title") or NO_WORK.fullmatch(values["title"].strip(" *_.!()-–—")):
            continue
        link = (
            LINK.search(values["title"])
            or LINK.search(values.get("url", ""))
            or re.search(r"()(https?://\S+)", values.get("url", ""))
        )
        listed, more, _ = (
            read_listed(values["title"]) if is_listed(values["title"]) else (None, "", False)
        )
        whole = even_quotes(values["title"])
        stated = YEAR.search(values.get("year", ""))
        if (
            stated
            and not YEAR.search(LINK.sub(lambda m: m[1], whole))
            and re.match(r"\w[^*]{3,150}[.,:]\s+\*\*[^*]{6,}\*\*", whole)
        ):
            whole = re.sub(r"\*\*([^*]+)\*\*", r"*\1*", f"{whole} {stated[1]}.", count=1)
            listed = None
        if (
            listed is None
            and looks_like_citation(whole)
            and (dated_title(whole) is not None or title_span(whole) is not None)
        ):
            listed = read_citation(whole)
        title = listed.title if listed else clean_title(values["title"])[0]
        values["authors"] = in_english(values.get("authors", ""))
        authors, et_al = (
            authors_of(values.get("authors", ""))
            if not INITIALS_SECOND.match(values.get("authors", ""))
            else split_authors(values["authors"])
        )
        facts = ". ".join(
            LINK.sub(lambda m: m[1], v)
            for v in (
                values.get("venue", ""),
                "" if listed and listed.year else values.get("year", ""),
            )
            if v
        )
        citation = details(
            authors,
            et_al,
            title,
            (listed.url if listed else "") or (clean_url(link[2]) if link else ""),
            facts,
            None if listed and listed.year else stated_month(values.get("year", "")),
        )
        if listed:
            citation = replace(
                citation,
                authors=authors or listed.authors,
                et_al=et_al or listed.et_al,
                year=citation.year or listed.year,
                venue=citation.venue or listed.venue,
            )
        items.append((number, citation, "\n\n".join([*([more] if more else []), *notes])))
    return items


def tells_titles(rows: Sequence[str], column: int) -> bool:
    """Tell whether a column holds titles of works, not links to them."""
    cells = [cells[column] for row in rows if len(cells := cells_of(row)) > column]
    return sum(
        len(re.findall(r"\w+", LINK.sub(lambda m: "" if is_form(m[1]) else m[1], cell))) >= 3
        for cell in cells
    ) * 2 > sum(re.search(r"\w", cell) is not None for cell in cells)


def cells_of(line: str) -> list[str]:
    """Give the cells of a Markdown table's row."""
    return (
        [
            c.strip().replace("\\|", "|").replace("\v", "\n")
            for c in re.split(r"(?<!\\)\|", line.strip().strip("|"))
        ]
        if line.strip().strip("|-: ")
        else []
    )


def bibtex_items(block: Block) -> list[tuple[int, Citation, str]]:
    """Read the entries of a BibTeX block; nothing for other code."""
    if not re.search(r"@\s*\w+\s*[{(]", block.text):
        return []
    items = []
    for entry in parse_bibtex(block.text, "block")[0]:
        names, et_al = parse_names(entry.get("author") or entry.get("editor") or "")
        authors = tuple(
            latex_to_text(f"{f'{n.prefix} ' if n.prefix else ''}{n.family}, {n.given}".rstrip(", "))
            for n in names
        )
        venue = latex_to_text(
            entry.get("journal")
            or entry.get("booktitle")
            or entry.get("publisher")
            or entry.get("howpublished")
            or ""
        )
        url = entry.get("url") or (
            f"https://doi.org/{entry.get('doi')}" if entry.get("doi") else ""
        )
        citation = Citation(
            authors=authors, et_al=et_al, title=collapse(latex_to_text(entry.get("title") or entry.key)), year=year_of(entry), url=url, venue=collapse(venue),
            type=entry.entry_type if entry.entry_type.isalpha() else "misc", volume=entry.get("volume") or "", number=entry.get("number") or "", pages=entry.get("pages") or "",
            publisher=latex_to_text(entry.get("publisher") or ""), doi=entry.get("doi") or "",
        )  # fmt: skip
        note = latex_to_text(entry.get("annote") or entry.get("annotation") or "")
        items.append((block.line + entry.line, citation, note))
    return items
