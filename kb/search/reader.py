"""From what a person typed to a query. Nothing is an error: what cannot be read is searched as
words."""

from __future__ import annotations

import re

from kb.forms import named_signs, parts_of_unspaced, runs_without_spaces, set_apart
from kb.search.query import FILTERS, TEXT_FIELDS, And, Asked, Filter, Node, Not, Or, Text, conjuncts
from kb.text import PLAIN, clean, collapse, fold_words

__all__ = ["read_query"]

MOST_CHARACTERS = 500
MOST_WORDS = 60
"""More words than this make no better question; the first ones count."""

SIMPLE = re.compile(
    r"(?!.*(?:^|\s)(?:OR|AND|NOT)(?:\s|$))(?:[^\s\"()*:\\{}-][^\s\"()*:\\{}]*(?:\s+|$))*", re.DOTALL
)
"""Only words: no operators, quotes, brackets, fields, and no hyphen at the beginning of a word."""

SPACED_FIELD = re.compile(
    rf"\b({'|'.join(sorted({*TEXT_FIELDS, *FILTERS}))}):\s+(?=[\w\"(])", re.IGNORECASE
)
"""A field whose value stands after a space."""

BARE_FIELD = re.compile(
    rf"(?<![^\s(-])-?({'|'.join(sorted({*TEXT_FIELDS, *FILTERS}))}):"
    r"(?=\s|$|\)|\"\"(?:\s|$))(?:\"\")?",
    re.IGNORECASE,
)
"""A field without a value."""

COMMON = frozenset(
    "a an the of on in for to and or with from by at as is are be been was were it its this that "
    "these those how what why when where"
    " which who do does did can could should would will i you we they he she my your our their "
    "me us not no if than then so about into vs versus et al eg ie via".split()
)
"""Words that nearly every text has; they are not asked for when others are."""


def read_query(typed: str) -> Asked:
    """Read a query in the language of the command line and the search page.

    Words, `"phrases"`, `prefix*`, `-not`, `OR`, parentheses, and the fields of `TEXT_FIELDS` and
    `FILTERS`.
    """
    notes: list[str] = []
    text = clean(typed).translate(PLAIN)
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS].rsplit(None, 1)[0]
        notes.append(f"only the first {MOST_CHARACTERS:,} characters were read")
    if "\\" in text:
        text = decode(text)
    text = collapse(set_apart(named_signs(text)))
    if SIMPLE.fullmatch(text):
        node = read_words(text, notes)
    else:
        text = without_bare_fields(SPACED_FIELD.sub(r"\1:", balance(text, notes)), notes)
        node = read_words(text, notes) if SIMPLE.fullmatch(text) else read_grammar(text, notes)
    parts = limit(drop_common(drop_empty(conjuncts(node)), notes), notes)
    return Asked(And(parts), tuple(dict.fromkeys(notes)))


def without_bare_fields(text: str, notes: list[str]) -> str:
    """Give a query without fields that have no value (`title:`)."""
    bare = [found[1].casefold() for found in BARE_FIELD.finditer(text)]
    notes.extend(f"{name}: has no value behind it and was ignored" for name in dict.fromkeys(bare))
    return collapse(BARE_FIELD.sub(" ", text)) if bare else text


def read_words(text: str, notes: list[str]) -> Node:
    """Read everything as words."""
    parts = []
    for word in text.split():
        node = make_text(word)
        if node is not None:
            parts.append(node)
        else:
            notes.append(f"{word[:40]!r} has no letters and was ignored")
    return And(tuple(parts))


def decode(text: str) -> str:
    """Give LaTeX as Unicode."""
    from kb.parse.latex import decode_latex  # noqa: PLC0415  pylatexenc takes longer than a search

    return decode_latex(text).text


def make_text(
    word: str, column: str = "", prefix: bool = False, quoted: bool = False
) -> Text | None:
    """Give a word or phrase as a node; None when it has no letter or digit."""
    if runs := runs_without_spaces(word):
        parts = tuple(p for run in runs for p in parts_of_unspaced(run))[:MOST_WORDS]
        single = len(parts) == 1 and len(parts[0]) == 1
        return Text(parts, column and "forms", single, quoted=True, typed=word)
    words = fold_words(word)
    return Text(words[:MOST_WORDS], column, prefix, quoted) if words else None


def balance(text: str, notes: list[str]) -> str:
    """Remove a quote or bracket that has no partner."""
    if text.count('"') % 2:
        at = text.rindex('"')
        text = f"{text[:at]} {text[at + 1 :]}"
        notes.append("a quotation mark without a second one was ignored")
    depth, lonely, inside = 0, [], False
    opened: list[int] = []
    for at, char in enumerate(text):
        inside ^= char == '"'
        if inside:
            continue
        if char == "(":
            opened.append(at)
        elif char == ")":
            if opened:
                opened.pop()
            else:
                lonely.append(at)
    lonely += opened
    depth = max_depth(text)
    if lonely or depth > 20:
        drop = set(lonely) if depth <= 20 else {n for n, c in enumerate(text) if c in "()"}
        text = "".join(" " if n in drop else c for n, c in enumerate(text))
        notes.append(
            "a bracket without a second one was ignored"
            if depth <= 20
            else "brackets nested more than 20 deep were ignored"
        )
    return text


def max_depth(text: str) -> int:
    """Give how deep brackets are nested."""
    depth = most = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        most = max(most, depth)
    return most


def read_grammar(text: str, notes: list[str]) -> Node:
    """Read operators, quotes, fields and brackets with Whoosh's parser."""
    from kb.search.grammar import parse  # noqa: PLC0415  Whoosh takes 60 ms, plain words need none

    try:
        return convert(parse(text), notes)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        notes.append("operators could not be read; everything was searched as words")
        return read_words(text, notes)


def convert(found: object, notes: list[str]) -> Node:
    """Turn Whoosh's query into ours."""
    from whoosh import query as w  # noqa: PLC0415  only where the grammar was needed

    if isinstance(found, w.Not):
        inner = convert(found.query, notes)
        return inner if inner == And(()) else Not(inner)
    if isinstance(found, w.Or):
        parts = limit(drop_empty(tuple(convert(part, notes) for part in found.subqueries)), notes)
        return Or(parts) if len(parts) > 1 else And(parts)
    if isinstance(found, w.CompoundQuery):
        return And(
            limit(drop_empty(tuple(convert(part, notes) for part in found.subqueries)), notes)
        )
    if isinstance(found, w.Phrase):
        return field_node(found.fieldname, " ".join(found.words), notes, quoted=True)
    if isinstance(found, w.Prefix):
        return field_node(found.fieldname, found.text, notes, prefix=True)
    if isinstance(found, w.Term):
        return field_node(found.fieldname, str(found.text), notes)
    return And(())


def field_node(
    field: str | None, text: str, notes: list[str], prefix: bool = False, quoted: bool = False
) -> Node:
    """Give a value with its field; an unknown field is searched as a word."""
    name = (field or "").casefold()
    if name in FILTERS:
        return Filter(name, text + ("*" if prefix else "")) if text.strip(" .*") else And(())
    if name in {"type", "entrytype"}:
        return Filter("kind", text)
    if not name or name in TEXT_FIELDS:
        node = make_text(text, TEXT_FIELDS.get(name, ""), prefix, quoted)
        if node is None and text.strip():
            notes.append(f"{text.strip()[:40]!r} has no letters and was ignored")
        return node if node is not None else And(())
    notes.append(f"there is no field {name[:40]!r}, so it was searched as a word")
    parts = (make_text(name), make_text(text, "", prefix, quoted))
    return And(tuple(p for p in parts if p is not None))


def drop_empty(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Leave out what asks for nothing."""
    return tuple(p for p in parts if not (isinstance(p, And | Or) and not p.parts))


def drop_common(parts: tuple[Node, ...], notes: list[str]) -> tuple[Node, ...]:
    """Leave out words that nearly every text has, when others are asked for."""
    common = tuple(
        p
        for p in parts
        if isinstance(p, Text)
        and not p.column
        and not p.quoted
        and not p.prefix
        and p.words[0] in COMMON
        and len(p.words) == 1
    )
    if not common or len(common) == len(parts):
        return parts
    notes.append(
        "very common words were not required: "
        + ", ".join(dict.fromkeys(p.words[0] for p in common))
    )
    return tuple(p for p in parts if p not in common)


def limit(parts: tuple[Node, ...], notes: list[str]) -> tuple[Node, ...]:
    """Keep the first words, each once."""
    parts = tuple(dict.fromkeys(parts))
    if len(parts) > MOST_WORDS:
        notes.append(f"only the first {MOST_WORDS} words were used")
    return parts[:MOST_WORDS]
