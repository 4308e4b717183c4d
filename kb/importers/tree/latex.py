"""LaTeX as HTML whose elements know their lines, read by pylatexenc."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexSpecialsNode,
    LatexWalker,
    get_default_latex_context_db,
)
from pylatexenc.macrospec import MacroSpec, std_environment

from kb.importers.tree.blocks import Block
from kb.importers.tree.html import blocks_of_html

__all__ = ["blocks_of_latex"]

HEADINGS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
}
MARKS = {
    "emph": "em",
    "textit": "em",
    "textsl": "em",
    "textbf": "strong",
    "underline": "u",
    "sout": "s",
    "st": "s",
    "textsc": "span",
    "texttt": "span",
    "footnote": "small",
}
LISTS = {"itemize": "ul", "enumerate": "ol", "description": "ul", "compactitem": "ul"}
TABLES = frozenset(
    {"tabular", "tabularx", "longtable", "tabulary", "tabular*", "supertabular", "array"}
)
SILENT = frozenset(
    """hline toprule midrule bottomrule cline cmidrule centering small footnotesize large Large noindent maketitle
    newpage clearpage pagebreak vspace hspace bigskip medskip smallskip label documentclass usepackage setlength
    pagestyle thispagestyle newcommand renewcommand addtolength item tableofcontents endhead endfirsthead
    endfoot endlastfoot arraystretch raggedright bfseries itshape hfill par""".split()
)
SPECIALS = {"~": " ", "``": "“", "''": "”", "--": "–", "---": "—", "&": "\x01"}
CONTEXT = get_default_latex_context_db()
CONTEXT.add_context_category(
    "syllabi",
    macros=[
        MacroSpec(name, "{")
        for name in (
            "setlength",
            "pagestyle",
            "thispagestyle",
            "sout",
            "st",
            "url",
            "title",
            "author",
            "date",
        )
    ]
    + [
        MacroSpec("href", "{{"),
        MacroSpec("multicolumn", "{{{"),
        MacroSpec("multirow", "{{{"),
        MacroSpec("cline", "{"),
        MacroSpec("cmidrule", "{"),
        MacroSpec("paragraph", "*[{"),
    ],
    environments=[
        std_environment("tabularx", "{{"),
        std_environment("tabulary", "{{"),
        std_environment("longtable", "[{"),
        std_environment("tabular", "[{"),
        std_environment("tabular*", "{[{"),
    ],
    prepend=True,
)


def blocks_of_latex(text: str) -> tuple[Block, ...]:
    """Give the blocks of a document; what stands before it begins is an aside but for its title."""
    begin = text.find("\\begin{document}")
    head = text[:begin] if begin > 0 else ""
    body = (
        text[begin + len("\\begin{document}") :].partition("\\end{document}")[0]
        if begin > 0
        else text
    )
    title = re.search(r"\\title\{([^{}]*)\}", head)
    first = head.count("\n") + 1
    nodes, _, _ = LatexWalker(body, latex_context=CONTEXT, tolerant_parsing=True).get_latex_nodes(
        pos=0
    )
    writer = Writer(body, first)
    page = (f"<h1>{html.escape(title[1])}</h1>" if title else "") + (
        f"<!--{html.escape(head).replace('--', '')}-->" if head.strip() else ""
    )
    return blocks_of_html(page + writer.html(nodes), marked=True)


class Writer:
    """Writes nodes as HTML."""

    def __init__(self, text: str, first: int) -> None:
        self.text, self.first = text, first

    def at(self, node: Any) -> str:
        """Give the line of a node as an attribute."""
        return f' data-line="{self.first + self.text.count(chr(10), 0, node.pos)}"'

    def html(self, nodes: Iterable[Any]) -> str:
        """Give nodes one after the other."""
        return "".join(self.node(node) for node in nodes if node is not None)

    def node(self, node: Any) -> str:
        """Give one node."""
        if isinstance(node, LatexCharsNode):
            return re.sub(
                r"\n[ \t]*\n\s*",
                "</p><p>",
                html.escape(node.chars.replace("---", "—").replace("--", "–")),
            )
        if isinstance(node, LatexCommentNode):
            return f"<!--{html.escape(node.comment).replace('--', '')}-->"
        if isinstance(node, LatexSpecialsNode):
            return (
                "</p><p>"
                if node.specials_chars.startswith("\n")
                else SPECIALS.get(node.specials_chars, html.escape(node.specials_chars))
            )
        if isinstance(node, LatexGroupNode):
            return self.html(node.nodelist)
        if isinstance(node, LatexEnvironmentNode):
            return self.environment(node)
        if isinstance(node, LatexMacroNode):
            return self.macro(node)
        return html.escape(LatexNodes2Text().nodelist_to_text([node]))

    def arguments(self, node: Any) -> list[Any]:
        """Give the arguments of a macro that are there."""
        found = getattr(node.nodeargd, "argnlist", None) or ()
        return [
            a
            for a in found
            if a is not None and not (isinstance(a, LatexCharsNode) and a.chars == "*")
        ]

    def macro(self, node: Any) -> str:
        """Give a macro."""
        name, arguments = node.macroname, self.arguments(node)
        if name in {"\\", "newline", "tabularnewline"}:
            return "\x02"
        if name in HEADINGS or name == "title":
            level = HEADINGS.get(name, 1)
            return f"<h{level}{self.at(node)}>{self.html(arguments[-1:])}</h{level}>"
        if name in MARKS:
            return f"<{MARKS[name]}>{self.html(arguments)}</{MARKS[name]}>"
        if name in {"href", "url"} and arguments:
            address = html.escape(arguments[0].latex_verbatim().strip("{}").replace("\\", ""))
            return f'<a href="{address}">{self.html(arguments[-1:]) if name == "href" else address}</a>'
        if name in {"multicolumn", "multirow"} and len(arguments) == 3:
            digits = re.sub(r"\D", "", arguments[0].latex_verbatim()) or "1"
            return f"\x03{'c' if name == 'multicolumn' else 'r'}{digits}\x03{self.html(arguments[-1:])}"
        if name == "S":
            return "§ "
        if name in SILENT:
            return ""
        return html.escape(LatexNodes2Text().nodelist_to_text([node]))

    def environment(self, node: Any) -> str:
        """Give an environment: lists as lists, tables as tables, the rest as what is in it."""
        if node.environmentname in LISTS:
            return self.listed(node)
        if node.environmentname in TABLES:
            return self.table(node)
        return f"<div{self.at(node)}><p>{self.html(node.nodelist)}</p></div>".replace(
            "\x02", "<br>"
        )

    def listed(self, node: Any) -> str:
        """Give a list; the label of an item stands in front of it."""
        items: list[tuple[Any, list[Any]]] = []
        for inner in node.nodelist:
            if isinstance(inner, LatexMacroNode) and inner.macroname == "item":
                items.append((inner, []))
            elif items:
                items[-1][1].append(inner)
        shown = ""
        for item, content in items:
            label = self.html(self.arguments(item))
            shown += f"<li{self.at(item)}>{f'{label}: ' if label else ''}{self.html(content)}</li>"
        return f"<ul>{shown}</ul>".replace("\x02", "<br>")

    def table(self, node: Any) -> str:
        """Give a table; cells end at `&`, rows at `\\\\\\\\`."""
        rows, line = [], self.first + self.text.count("\n", 0, node.pos)
        written = ""
        for inner in node.nodelist:
            written += (
                f"\x04{self.first + self.text.count(chr(10), 0, inner.pos)}\x04{self.node(inner)}"
            )
        for row in written.split("\x02"):
            lines = [int(n) for n in re.findall("\x04(\\d+)\x04", row)]
            bare = [re.sub("\x04\\d+\x04", "", cell).strip() for cell in row.split("\x01")]
            if any(re.sub(r"</?p>", "", cell).strip() for cell in bare):
                used = [
                    int(n)
                    for n, words in re.findall("\x04(\\d+)\x04([^\x04]*)", row)
                    if re.search(r"\w", words)
                ]
                rows.append((min(used or lines or [line]), bare))
        return (
            "<table>"
            + "".join(
                f'<tr data-line="{at}">{"".join(map(table_cell, cells))}</tr>' for at, cells in rows
            )
            + "</table>"
        )


def table_cell(text: str) -> str:
    """Give a cell, its spans as attributes."""
    spans = dict(re.findall("\x03([cr])(\\d+)\x03", text))
    shown = re.sub("\x03[cr]\\d+\x03", "", text).replace("</p><p>", "<br>")
    return f'<td colspan="{spans.get("c", 1)}" rowspan="{spans.get("r", 1)}">{shown}</td>'
