"""Read a document of any format as blocks."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.importers.tree.blocks import Block, Document
from kb.importers.tree.html import blocks_of_html
from kb.importers.tree.latex import blocks_of_latex
from kb.importers.tree.markdown import blocks_of_markdown
from kb.importers.tree.office import OFFICE, blocks_of_office
from kb.importers.tree.org import asciidoc_as_markdown, org_as_markdown
from kb.importers.tree.plain import blocks_of_plain, blocks_of_values, separator
from kb.importers.tree.rst import blocks_of_rst
from kb.importers.tree.wiki import blocks_of_wiki
from kb.parse.yaml import parse_yaml

__all__ = ["FORMATS", "SUFFIXES", "guess_format", "read_document"]

READERS: dict[str, Callable[[str], tuple[Block, ...]]] = {
    "md": blocks_of_markdown,
    "html": blocks_of_html,
    "rst": blocks_of_rst,
    "wiki": blocks_of_wiki,
    "org": lambda text: blocks_of_markdown(org_as_markdown(text)),
    "adoc": lambda text: blocks_of_markdown(asciidoc_as_markdown(text)),
    "tex": blocks_of_latex,
    "text": blocks_of_plain,
    "csv": lambda text: blocks_of_values(text, separator(text) or ","),
}
FORMATS = ("md", "html", "text", "yaml", "csv", "rst", "wiki", "org", "adoc", "tex")
"""Formats by the names people may give them."""

SUFFIXES = {
    ".htm": "html",
    ".html": "html",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".json": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
    ".rst": "rst",
    ".org": "org",
    ".adoc": "adoc",
    ".asciidoc": "adoc",
    ".tex": "tex",
    ".wiki": "wiki",
    ".mediawiki": "wiki",
}
SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("tex", re.compile(r"\\(?:documentclass|begin\{|section\*?\{|item\b)")),
    ("wiki", re.compile(r"(?m)^\s*\{\||^(={1,4})[^=\n]+\1\s*$(?=[\s\S]*(?:''|\[https?://|\[\[))")),
    (
        "org",
        re.compile(r"(?m)^#\+\w+:|^\*+ .*<\d{4}-\d\d-\d\d|^\s*\|-+\+|\[\[https?://[^\]\s]+\]\["),
    ),
    (
        "rst",
        re.compile(
            r"(?m)^\s*\.\. (?:[\w-]+::|_[^:\n]+:)|^\+[-=]{3,}\+|`[^`<>\n]+<[^<>`\s]+>`_|^={3,} +={3,}"
        ),
    ),
    ("adoc", re.compile(r"(?m)^={1,5} \S.*$(?=[\s\S]*(?:^\|===|^\*+ |https?://\S+\[))")),
)
"""What only one format has, in the order in which they are tried."""

MARKDOWN = re.compile(
    r"(?m)^\s{0,3}#{1,6} \S|\]\([^)\s]|^[^\n]*\|[^\n]*\n[ \t]*\|?[ \t:|-]*-[ \t:|-]*$|^\s*[-*+] \S|\*\*\S|^:\s+\S|^---\s*$|^\s*```|\[[^\]]*@\w"
)
HTML = re.compile(
    r"<(?:!doctype|html|\?xml)|<(?:dl|ul|ol|p|h\d|section|article|main|body|table|center|b|font|div|nav)\b[^<>]*>",
    re.IGNORECASE,
)


def guess_format(text: str, name: str = "") -> str:
    """Tell the format of a text, by the name of its file and what only one format has."""
    suffix = f".{name.rpartition('.')[2].casefold()}" if "." in name else ""
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    head = text.lstrip("\ufeff \n")[:5000]
    folded = head.casefold()
    divided = "<div" in folded and "</" in text and not MARKDOWN.search(text)
    if HTML.match(head) or divided or ("<table" in folded and "|" not in head):
        return "html"
    if is_data(text):
        return "yaml"
    found = next((name for name, sign in SIGNS if sign.search(text)), "")
    if found:
        return found
    if separator(text) and not re.search(r"(?m)^\s{0,3}#{1,6} \S|^\s*[-*] ", text):
        return "csv"
    return "md" if MARKDOWN.search(text) else "text"


def is_data(text: str) -> bool:
    """Tell whether a text is YAML or JSON: nested keys and little else."""
    body = re.sub(r"\A---\s*\n", "", text)
    front = re.fullmatch(r"(.*?\n)---\s*\n(.*)", body, re.DOTALL) if body != text else None
    if front and front[2].strip():
        return bool(re.search(r"(?m)^\s*-?\s*(?:date|day):\s", front[1]))
    lines = [
        line
        for line in (front[1] if front else body).splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if body.lstrip()[:1] in "[{" and re.search(r"\"\w+\"\s*:", body):
        return True
    keyed = sum(
        bool(re.match(r"\s*(?:- )*(?:[\w-]+|\"[^\"]+\"):(?:\s|$)|\s*- |\s*[}\]]", line))
        for line in lines
    )
    nested = sum(bool(re.match(r"(?:\s+|- )(?:- )*[\w-]+:(?:\s|$)", line)) for line in lines)
    return keyed * 10 >= len(lines) * 8 and nested >= 2 and loads(front[1] if front else body)


def loads(text: str) -> bool:
    """Tell whether a text is YAML with mappings in it."""
    root, findings = parse_yaml(text, "input")
    if root is None or findings:
        return False
    return isinstance(root.value, dict) or any(
        isinstance(child.value, dict) for child in root.value if not isinstance(child, str)
    )


def read_document(
    text: str, name: str = "", shape: str = "", data: bytes | None = None
) -> Document:
    """Read a document.

    Args:
        text: its text; for office files empty.
        name: name of its file, whose end tells the format.
        shape: one of `FORMATS`, when the user says so.
        data: the bytes of an office file.
    """
    suffix = f".{name.rpartition('.')[2].casefold()}"
    if data is not None and suffix in OFFICE:
        return Document(format=suffix[1:], blocks=blocks_of_office(data, suffix))
    text = text.removeprefix("\ufeff")
    found = shape or guess_format(text, name)
    return Document(
        format=found, blocks=READERS[found](text) if found in READERS else (), text=text
    )
