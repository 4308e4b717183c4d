"""Search of the published site: a page with a script, and the index it loads."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict

from kb.search.reader import COMMON
from kb.text import fold_words, strip_markdown
from kb.web.links import static_file, work_path
from kb.web.page import Page, PageRequest

__all__ = ["INDEX", "page", "render_index", "stem"]

INDEX = "search-index.json"
"""File beside the search page."""

TITLE = 9
"""What a word of a title weighs."""

SHORT = 10
"""A title of fewer words is more about each of them."""

FIELDS = (
    ("title", TITLE),
    ("short_titles", 8),
    ("authors", 8),
    ("venue", 3),
    ("keywords", 3),
    ("why", 2),
)
"""Columns of a work and what a word in them weighs; notes and topics weigh 1 and 4."""

WORKS = (
    "select key, title, authors, year, venue, why, keywords, short_titles from works order by key"
)

NOTES = "select w.work, a.text from work_annotations w join annotations a on a.id = w.annotation"

TOPICS = "select w.work, t.title from work_topics w join topics t on t.slug = w.topic"


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give the page whose script searches in the browser."""
    (works,) = connection.execute("select count(*) from works").fetchone()
    return Page(
        template="published_search.html",
        title="Search",
        description=f"Search {works} works by title, author, topic and note.",
        canonical="/search",
        section="/search",
        context={"works": works, "index": INDEX},
    )


def stem(word: str) -> str:
    """Give a word without its commonest English endings; `assets/search.js` does the same.

    Examples:
        >>> [stem(w) for w in ("tests", "testing", "tested", "studies", "debt", "class")]
        ['test', 'test', 'test', 'study', 'debt', 'class']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word[:-1] if re.fullmatch(r".{3,}[^su]s", word) else word


def render_index(connection: sqlite3.Connection) -> str:
    """Give the index: works as lists, for each word the works (their numbers, as steps) with its
    weight, and the words that are not required."""
    more: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, text in connection.execute(NOTES):
        more[key].append((strip_markdown(text), 1))
    for key, title in connection.execute(TOPICS):
        more[key].append((title, 4))
    documents = []
    words: dict[str, dict[int, int]] = defaultdict(dict)
    for number, row in enumerate(connection.execute(WORKS)):
        work = dict(
            zip(
                ("key", "title", "authors", "year", "venue", "why", "keywords", "short_titles"),
                row,
                strict=True,
            )
        )
        documents.append(
            [
                static_file(work_path(work["key"])),
                work["title"],
                work["authors"],
                work["year"],
                work["why"],
            ]
        )
        parts = (
            [(str(work[name] or ""), weight) for name, weight in FIELDS]
            + more[work["key"]]
            + [(work["key"], 2), (str(work["year"] or ""), 2)]
        )
        for text, weight in parts:
            found = [stem(w) for w in fold_words(text)]
            here = weight + max(0, SHORT - len(found)) if weight == TITLE else weight
            for word in found:
                words[word][number] = max(words[word].get(number, 0), here)
    index = {
        "works": documents,
        "words": {w: steps(found) for w, found in sorted(words.items())},
        "common": sorted(COMMON),
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def steps(found: dict[int, int]) -> list[int]:
    """Give number and weight of each work, flat; each number as the step from the one before."""
    flat: list[int] = []
    before = 0
    for number, weight in sorted(found.items()):
        flat += [number - before, weight]
        before = number
    return flat
