"""What every quiz format shows: instructions and questions as HTML, names that programs accept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from urllib.parse import quote

from bs4 import BeautifulSoup

from kb.links import is_safe_url
from kb.lists.quizzes import QuizSheet, instructions
from kb.text import clean, collapse
from kb.views.models import PromptView, ReadingView

__all__ = [
    "identifier",
    "instructions_html",
    "one_line",
    "prompt_html",
    "reading_html",
    "whole_links",
]


def identifier(kind: str, name: str) -> str:
    """Give a name of letters, digits and `_` that stays as long as the thing it is for.

    Canvas rewrites other signs when it converts a package and then misses the dates of the quiz.

    Examples:
        >>> identifier("quiz", "F2022-0907")
        'quiz_F2022_0907_b898bc33'
    """
    digest = sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{kind}_{re.sub(r'[^A-Za-z0-9]+', '_', name)[:60].strip('_')}_{digest}"


def one_line(text: str) -> str:
    """Give a title: one line, without characters that XML cannot hold."""
    return clean(collapse(text))


def whole_links(html: str, base: str) -> str:
    """Give HTML whose links to our own pages are complete; without the site's address they go."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        target = str(link.get("href", ""))
        if target.startswith("/") and base:
            link["href"] = base + target
        elif not is_safe_url(target):
            link.unwrap()
    return clean(str(soup))


def prompt_html(prompt: PromptView, base: str = "") -> str:
    """Give a question as HTML: code blocks, lists and tables stay, math as it is written."""
    return whole_links(prompt.html, base)


def reading_html(reading: ReadingView) -> str:
    """Give a reading: title with link, and portion."""
    title = escape(one_line(reading.title))
    shown = (
        f'<a href="{escape(reading.url, quote=True)}">{title}</a>'
        if is_safe_url(reading.url)
        else f"<em>{title}</em>"
    )
    return shown + (f", {escape(one_line(reading.locator))}" if reading.locator else "")


def instructions_html(sheet: QuizSheet, base: str = "") -> str:
    """Give what stands above the questions."""
    return "\n".join(paragraphs(sheet, base))


def paragraphs(sheet: QuizSheet, base: str) -> Iterator[str]:
    """Give the instructions part by part."""
    if sheet.readings:
        items = "".join(f"<li>{reading_html(r)}</li>" for r in sheet.readings)
        yield f"<p>Read:</p>\n<ul>{items}</ul>"
    for sentence in instructions(sheet):
        yield f"<p>{escape(one_line(sentence))}</p>"
    if base and sheet.date:
        page = escape(f"{base}/sessions/{quote(sheet.id)}", quote=True)
        yield f'<p><a href="{page}">More on this class</a></p>'
