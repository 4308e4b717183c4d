"""Bibliographies in Org and reStructuredText as Markdown, line for line, so that the ledger's lines are those of the file."""

from __future__ import annotations

import re

from kb.importers.markup_tables import TARGET, linked, org_marks, targets_of

__all__ = ["as_markdown"]

ORG = re.compile(r"^#\+[a-z_]+:|^\s*:PROPERTIES:\s*$", re.IGNORECASE | re.MULTILINE)
ORG_HEADING = re.compile(
    r"(\*+)\s+(?:(?:TODO|DONE|NEXT|WAITING|READ|UNREAD|READING)\s+)?(?:\[#[A-Z]\]\s+)?(.*?)(?:\s+:[\w@#%:]+:)?\s*"
)
ORG_KEYWORD = re.compile(r"\s*#\+(?P<name>\w+)(?::\s*(?P<value>.*))?.*", re.IGNORECASE)
ORG_PROPERTY = re.compile(r"\s*:(?P<name>[\w-]+):\s*(?P<value>.*?)\s*")
ORG_FACTS = frozenset(
    "author authors year date journal venue booktitle publisher doi url title link".split()
)
"""Properties that say something about a work."""

RST = re.compile(r"`[^`<>\n]+ <[^<>`\s]+>`__?|^\.\. (?:_|\[|[\w-]+::)", re.MULTILINE)
RST_CITATION = re.compile(r"\.\. \[(?!\s)([^\]]+)\]\s+(?=\S)")
RST_DIRECTIVE = re.compile(r"\.\. (?:[\w-]+::.*|_[^:]+:.*)|\.\.$")


def as_markdown(text: str) -> str:
    """Give a document in Org or reStructuredText as Markdown; any other stays as it is."""
    markdown = re.search(r"^#{1,6} \S", text, re.MULTILINE) is not None
    if ORG.search(text) or (
        not markdown
        and re.search(r"^\*\* \S", text, re.MULTILINE)
        and re.search(r"^\* \S", text, re.MULTILINE)
    ):
        return org_as_markdown(text)
    return rst_as_markdown(text) if RST.search(text) and not markdown else text


def org_as_markdown(text: str) -> str:
    """Give Org as Markdown: headings below the title, properties as facts, quotes, blocks, links, emphasis."""
    lines = text.expandtabs(8).splitlines()
    titled = 1 if re.search(r"^#\+title:", text, re.IGNORECASE | re.MULTILINE) else 0
    result: list[str] = []
    within, margin = "", 0
    for number, line in enumerate(lines):
        heading, keyword = ORG_HEADING.fullmatch(line), ORG_KEYWORD.fullmatch(line)
        fact = ORG_PROPERTY.fullmatch(line) if not heading else None
        if heading and not within:
            below = [b for b in lines[number + 1 : number + 12] if b.strip()]
            margin = (
                len(below[0]) - len(below[0].lstrip())
                if below and not ORG_HEADING.fullmatch(below[0])
                else 0
            )
            result.append(f"{'#' * min(6, len(heading[1]) + titled)} {org_marks(heading[2])}")
        elif keyword and keyword["name"].casefold() == "title":
            result.append(f"# {keyword['value']}")
        elif keyword and keyword["name"].casefold() in {
            "begin_src",
            "begin_example",
            "end_src",
            "end_example",
        }:
            within = "code" if keyword["name"].casefold().startswith("begin") else ""
            result.append("```")
        elif keyword:
            within = (
                ""
                if keyword["name"].casefold().startswith("end")
                else "quote"
                if keyword["name"].casefold() == "begin_quote"
                else within
            )
            result.append(f"<!-- {line.strip()} -->")
        elif fact:
            known = fact["name"].casefold() in ORG_FACTS and fact["value"]
            result.append(
                f"{fact['name'].capitalize()}: {org_marks(fact['value'])}"
                if known
                else f"<!-- {line.strip()} -->"
            )
        elif within == "code":
            result.append(line)
        else:
            shown = org_marks(line[min(margin, len(line) - len(line.lstrip())) :])
            result.append(f"> {shown.strip()}" if within == "quote" else shown)
    return "\n".join(result)


def rst_as_markdown(text: str) -> str:
    """Give reStructuredText as Markdown: headings by the order of their underlines, citations, links."""
    lines = text.splitlines()
    targets, anonymous = targets_of(lines)
    levels: list[str] = []
    result: list[str] = []
    body = False
    for number, line in enumerate(lines):
        following = lines[number + 1].rstrip() if number + 1 < len(lines) else ""
        before = lines[number - 1].rstrip() if number else ""
        citation = RST_CITATION.match(line)
        if (
            is_underline(line)
            and following.strip()
            and number + 2 < len(lines)
            and lines[number + 2].strip() == line.strip()
        ):
            result.append("")
        elif (
            is_underline(following)
            and line.strip()
            and len(following) >= len(line.rstrip()) - 1
            and not is_underline(line)
        ):
            mark = f"{following[0]}{'over' if is_underline(before) else ''}"
            levels = levels if mark in levels else [*levels, mark]
            result.append(f"{'#' * min(6, levels.index(mark) + 1)} {line.strip()}")
        elif is_underline(line) and result and result[-1].startswith("#"):
            result.append("")
        elif TARGET.fullmatch(line) or (RST_DIRECTIVE.match(line) and not citation):
            result.append(f"<!-- {line.strip()} -->")
        elif citation:
            result.append(f"[{citation[1].lstrip('#')}] {line[citation.end() :]}")
            body = True
            continue
        else:
            body = body and (not line.strip() or line.startswith(" "))
            result.append(line.lstrip() if body else line)
            continue
        body = False
    return linked("\n".join(result), targets, anonymous)


def is_underline(line: str) -> bool:
    """Tell whether a line is one mark of punctuation, thrice or more."""
    return re.fullmatch(r"([=\-~^\"'`#*+.:_])\1{2,}\s*", line) is not None
