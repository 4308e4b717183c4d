"""Markdown as it is laid out in a .bib file: wrapped lines below each other, paragraphs apart."""

from __future__ import annotations

import re
import textwrap

__all__ = ["join_lines", "wrap_prose"]

BLOCK_LINE = re.compile(r"\s*(?:[-*+>#|]|\d+[.)]\s|```|~~~|@)")
"""A line that means something by standing alone."""


def wrap_prose(text: str, column: int, newline: str = "\n", width: int = 120) -> str:
    """Give Markdown wrapped at `width`, each line but the first indented by `column`.

    Paragraphs with lists, quotes, tables or code keep their lines. `join_lines` gives the text
    back.
    """
    paragraphs = re.split(r"\n[ \t]*\n", re.sub(r"\r\n|\r", "\n", text).strip())
    laid_out = []
    for paragraph in paragraphs:
        lines = paragraph.strip().split("\n")
        if not any(BLOCK_LINE.match(line) for line in lines):
            words = " ".join(paragraph.split())
            filled = textwrap.wrap(
                words, max(40, width - column), break_long_words=False, break_on_hyphens=False
            )
            lines = filled if not any(BLOCK_LINE.match(line) for line in filled[1:]) else [words]
        laid_out.append((newline + " " * column).join(line.rstrip() for line in lines))
    return (newline * 2 + " " * column).join(laid_out)


def join_lines(value: str) -> str:
    """Give prose from a .bib file as one line per paragraph, lists and the like line by line."""
    value = re.sub(r"\r\n|\r", "\n", value)
    paragraphs = [
        textwrap.dedent(p).strip() for p in re.split(r"\n[ \t]*\n", value.strip()) if p.strip()
    ]
    joined = []
    for paragraph in paragraphs:
        lines = [line.strip() for line in paragraph.split("\n")]
        joined.append(
            "\n".join(lines)
            if any(BLOCK_LINE.match(line) for line in lines[1:])
            else " ".join(lines)
        )
    return "\n\n".join(joined)
