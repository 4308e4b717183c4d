"""What generators of pages add to Markdown: templates, attributes, citations, comments over lines.

No line is added or removed, so that the lines of blocks stay those of the input.
"""

from __future__ import annotations

import re

from kb.importers.runs import Cell
from kb.importers.tree.blocks import Block, Shape

__all__ = ["without_templates"]

FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
ADDRESS_TEMPLATE = re.compile(
    r"(?<=\]\()\s*<?\s*\{\{[^{}]*\}\}|(?<=[\"'])\{\{\s*(?:site|page)\.\w+\s*\}\}"
)
"""`{{ site.url }}` at the beginning of an address."""

NAMED_ADDRESS = re.compile(
    r"\{\{[<%]?\s*(?:['\"](?P<path>[^'\"{}]+)['\"]\s*\|\s*(?:relative_url|absolute_url|prepend[^{}]*)|(?:rel)?ref\s+['\"](?P<ref>[^'\"{}]+)['\"])\s*[%>]?\}\}"
)
"""`{{ '/a.pdf' | relative_url }}`, `{{< ref "a.md" >}}`."""

TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ATTRIBUTES = re.compile(
    r"\{:[^{}\n]*\}|(?<=[\w)\]*.])[ \t]*\{(?:[.#][\w-]+|[\w-]+=\S+)(?:\s+(?:[.#][\w-]+|[\w-]+=[^{}\n]+))*\}|^:::+.*$",
    re.MULTILINE,
)
SPACED_ADDRESS = re.compile(r"(?<=\]\()(?!<)([^()\s<>\"']+(?: [^()\s<>\"']+)+)(?=\))")
"""An address with spaces, which Markdown takes for text."""

CITATIONS = re.compile(
    r"\[(?P<inside>[^\[\]\n]*(?<![\w.])-?@[A-Za-z][\w:.#$%&+?<>~/-]*[^\[\]\n]*)\](?!\()"
)
CITATION = re.compile(
    r"(?<![\w.\[(/])-?@(?P<key>[A-Za-z][\w:.#+-]*\w)(?:\s*\[(?P<portion>[^\[\]\n]+)\](?!\())?"
)


def without_templates(text: str) -> tuple[str, list[Block]]:
    """Give Markdown without what a generator would replace, and an aside for each thing taken away."""
    asides: list[Block] = []

    def take(what: str, text: str, pattern: re.Pattern[str], keep: int = 0) -> str:
        def replaced(found: re.Match[str]) -> str:
            words = re.sub(r"^(?:<!--|\{[%{])|(?:-->|[%}]\})$", "", found[keep]).strip(" -\n")
            if re.search(r"\w", words):
                line = text.count("\n", 0, found.start()) + 1
                asides.append(Block(shape=Shape.ASIDE, cell=Cell(words), line=line, what=what))
            return "\n" * found[0].count("\n")

        return pattern.sub(replaced, text)

    text = take("fields of the page", text, FRONT, 1)
    text = take("comment", text, COMMENT)
    text = NAMED_ADDRESS.sub(lambda m: m["path"] or m["ref"], text)
    text = ADDRESS_TEMPLATE.sub("", text)
    text = take("template", text, TAG)
    text = ATTRIBUTES.sub("", text)
    text = SPACED_ADDRESS.sub(lambda m: f"<{m[1]}>", text)
    text = CITATIONS.sub(lambda m: cited(m["inside"]), text)
    return CITATION.sub(shown, text), asides


def cited(inside: str) -> str:
    """Give `@a; @b, p. 3` as links."""
    return "; ".join(
        re.sub(r"-?@([A-Za-z][\w:.#+-]*\w)", r"[\1](cite:\1)", part.strip())
        for part in inside.split(";")
    )


def shown(found: re.Match[str]) -> str:
    """Give a citation as a link, its portion behind it."""
    portion = f", {found['portion']}" if found["portion"] else ""
    return f"[{found['key']}](cite:{found['key']}){portion}"
