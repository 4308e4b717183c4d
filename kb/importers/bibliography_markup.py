"""Inline markup of Markdown documents as plain Markdown: reference links, badges, HTML tags, emoji; no line is added or removed."""

from __future__ import annotations

import re
from html import unescape

__all__ = [
    "DEFINITION",
    "century",
    "even_quotes",
    "is_tags_only",
    "lead_emoji",
    "plain_line",
    "reference_links",
    "with_references",
    "without_emoji",
    "year_of_heading",
]

DEFINITION = re.compile(r"\s{0,3}\[(?!\^)([^\[\]]+)\]:\s*<?([^\s<>]+)>?(?:\s+[\"'(].*[\"')])?\s*$")
"""`[label]: https://... "title"`."""

REFERENCE = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\s?\[([^\[\]]*)\]")
SHORTCUT = re.compile(r"(?<![\]!\[])\[([^\[\]]+)\](?![\[(:])")
LINKED_IMAGE = re.compile(r"\[!\[([^\]]*)\]\((?:[^()\s]|\([^()\s]*\))*[^()]*\)\]\(")
IMAGE = re.compile(r"!\[[^\]]*\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\s*\)")
ANCHOR = re.compile(
    r"<a\s[^>]*?href\s*=\s*[\"']?([^\"'\s>]+)[\"']?[^>]*>(.{0,1000}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
HTML_HEADING = re.compile(
    r"\s*(?:<details\b[^>]*>\s*)?<(?:h([1-6])|summary)\b[^>]*>(.*?)</(?:h[1-6]|summary)\s*>\s*$",
    re.IGNORECASE,
)
BADGE = re.compile(
    r"(?P<linked>\[)?!\[[^\]]*\]\(https?://img\.shields\.io/badge/(?:[A-Za-z_]+-)?(?P<venue>[A-Z][A-Za-z&_%20]{1,20}?)['’_-]{1,2}(?P<year>(?:19|20)?\d\d)-[^()\s]*\)(?(linked)\]\([^()]*\))"
)
"""A picture that says `NeurIPS'19` or `ICML-2020`."""

EMPTY_LINK = re.compile(r"\[(?:!\[[^\]]*\]\([^()]*\)|[^\[\]]*)\]\(\s*\)")

FOLD_LABEL = re.compile(
    r"\s*(?:<details\b[^>]*>\s*)?<summary\b[^>]*>(?:\s|<[^<>]*>|[*_])*(?:(?:show |view |read |click .{0,20}|paper |full |see )*(?:abstract|tl;?dr|notes?|summary|bib(?:tex)?|details?|more|cite|citation|comments?|expand|摘要|笔记)(?: .{0,20})?)(?:\s|<[^<>]*>|[*_:])*</summary\s*>(?:\s*<[^<>]*>)*\s*$",
    re.IGNORECASE,
)
"""`<summary>Abstract</summary>`: what it folds belongs to the work above."""

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
TAG = re.compile(
    r"</?(?:(?P<mark>b|strong|i|em|cite)|a|abbr|article|blockquote|br|center|code|dd|details|div|dl|dt|font|footer|h[1-6]|header|hr|img|kbd|li|main|mark|ol|p|picture|q|s|section|small|source|span|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
WIKI_LINK = re.compile(r"\[\[(?!\d+\]\])(?:[^\[\]|]*\|)?([^\[\]|]+)\]\](?!\()")
"""`[[page|shown]]` of Obsidian and wikis."""

SINGLE_QUOTED = re.compile(
    r"(?<=[.,:;)\d]\s)['‘](?=[^\W_])([^\"“”\n]{6,250}?)(?:([.,])['’]|['’](?=[.,;:]|\s*[(\[]|\s+(?:in|In)\b|\s*$))(?!s\b)"
)
"""`, 'A Roadmap'.`"""

SPAN = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\{[.#][^{}]*\}")
"""`[text]{.underline}` of Pandoc."""

FENCED_DIV = re.compile(r"\s*:{3,}(?:\s*\{[^{}]*\}|\s*[\w-]+)?\s*:*\s*$")
"""`::: {#refs}` of Pandoc."""

BREAK = re.compile(r"\s*<br\s*/?>\s*|\\$", re.IGNORECASE)
EMOJI = re.compile(
    r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a-\u23ff\ufe0f\u200d\u20e3]+|(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])"
)
LEAD_YEAR = re.compile(
    r"\W*(?:(?:papers|works|publications|readings?|articles|books|talks|year|published|notes)\W*(?:from|of|in)?\s+)?(?P<venue>[A-Z][\w&*/@+-]*(?:[ -][A-Z][\w&*/@+-]*){0,3})?\s*[’'(]?(?P<year>(?:19|20)\d\d)\)?\W*(?:papers|works|publications|readings?|articles)?\W*",
    re.IGNORECASE,
)


def reference_links(text: str) -> dict[str, str]:
    """Give the addresses that a document defines by label."""
    found = (DEFINITION.match(line) for line in text.splitlines())
    return {label_key(m[1]): m[2] for m in found if m}


def label_key(label: str) -> str:
    """Give what two spellings of a label share."""
    return " ".join(label.split()).casefold()


def plain_line(line: str, addresses: dict[str, str]) -> str:
    """Give a line without tags, images and references: links as `[text](address)`, `<br>` as a line end."""
    if "![" in line:
        line = EMPTY_LINK.sub(
            "",
            BADGE.sub(
                lambda m: (
                    f"({m['venue'].strip('_ ').replace('_', ' ').replace('%20', ' ')} {century(m['year'])}) "
                ),
                line,
            ),
        )
        line = IMAGE.sub("", LINKED_IMAGE.sub(lambda m: f"[{m[1].strip() or 'link'}](", line))
    if "]{" in line:
        line = SPAN.sub(r"\1", SPAN.sub(r"\1", line))
    line = with_references(line, addresses)
    if "[[" in line:
        line = WIKI_LINK.sub(lambda m: "" if m[1].startswith("@") else m[1], line)
    if "<" in line:
        heading = HTML_HEADING.match(line)
        if heading:
            line = f"{'#' * int(heading[1] or 6)} {re.sub(r'</?(?:b|strong|i|em)>', '', heading[2]).strip()}"
        line = BREAK.sub("\v" if line.lstrip().startswith("|") else "\n", line)
        line = ANCHOR.sub(lambda m: f"[{m[2].strip()}]({m[1]})", line)
        line = TAG.sub(
            lambda m: (
                "- "
                if m[0].casefold().startswith("<li")
                else MARKS.get((m["mark"] or "").casefold(), "")
            ),
            line,
        )
    elif line.endswith("\\"):
        line = line[:-1].rstrip()
    return unescape(line) if "&" in line else line


def century(year: str) -> str:
    """Give a year of two digits with its century."""
    return year if len(year) == 4 else f"{20 if int(year) < 70 else 19}{year}"


def with_references(text: str, addresses: dict[str, str]) -> str:
    """Give text with `[text][label]` and `[label]` as links to the addresses defined for them."""
    if not addresses or "[" not in text:
        return text
    text = REFERENCE.sub(lambda m: linked(m[0], m[1], m[2] or m[1], addresses), text)
    return SHORTCUT.sub(lambda m: linked(m[0], m[1], m[1], addresses), text)


def linked(whole: str, text: str, label: str, addresses: dict[str, str]) -> str:
    """Give a reference as a link, or as it stands when nothing defines its label."""
    address = addresses.get(label_key(label))
    return f"[{text}]({address})" if address else whole


def even_quotes(text: str) -> str:
    """Give a citation with the quotes of other languages, of LaTeX and single ones around a title as “ and ”."""
    text = re.sub(
        r"„([^“”„\n]+)[“”]|«\s*([^«»\n]+?)\s*»|``([^`\n]+?)''|[「『]([^「」『』\n]+)[」』]",
        lambda m: f"“{m[1] or m[2] or m[3] or m[4]}”",
        text,
    )
    return (
        text
        if re.search(r"[\"“”]", text.split("(http")[0][:300])
        else SINGLE_QUOTED.sub(lambda m: f"“{m[1]}”{m[2] or ''}", text, count=1)
    )


def is_tags_only(line: str) -> bool:
    """Tell whether a line holds tags and images and nothing else."""
    if FOLD_LABEL.match(line) or FENCED_DIV.match(line):
        return True
    bare = IMAGE.sub("", re.sub(r"\[(!\[[^\]]*\]\([^)]*\))\]\([^)]*\)", r"\1", line))
    return bool(re.match(r"\s*(?:<|\[?!\[)", line)) and not re.search(r"\w", TAG.sub("", bare))


def without_emoji(text: str) -> str:
    """Give text without pictograms and `:codes:`."""
    return EMOJI.sub("", text) if not text.isascii() or ":" in text else text


def lead_emoji(text: str) -> int:
    """Give where text begins behind the pictograms and white space in front of it."""
    found = re.match(rf"(?:\s*(?:{EMOJI.pattern}))+\s*", text)
    return found.end() if found else 0


def year_of_heading(heading: str) -> int | None:
    """Give the year that a heading names: `2019`, `Papers from 2019`, `ICSE 2019`; nothing for a span or `since 2019`."""
    found = LEAD_YEAR.fullmatch(without_emoji(heading).strip(" *_#:"))
    if found is None or re.search(
        r"\b(?:since|before|after|until|pre|post|from|update\w*)\b",
        found["venue"] or "",
        re.IGNORECASE,
    ):
        return None
    return int(found["year"])
