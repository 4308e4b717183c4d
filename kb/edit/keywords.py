"""Keywords of entries: added, taken out, renamed; the rest of the list keeps its layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kb.edit.bib import (
    delimited,
    plain_entries,
    remove_field,
    require_same,
    require_writable,
    set_field,
)
from kb.edit.bib_place import EditRefused, entries_of, field_of, find_entry, line_start, newline_of
from kb.parse.bibtex import parse_bibtex
from kb.parse.bibtex_scan import ScannedField

__all__ = ["change_keywords", "keywords_of", "rename_keyword"]

LINE_WIDTH = 120
"""Characters after which a list of keywords goes on in a new line."""


def change_keywords(
    text: str,
    key: str,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    name_of: Callable[[str], str] = str.casefold,
) -> str:
    """Give `text` with keywords of an entry added at the end or taken out; the rest of the list
    keeps its layout.

    Args:
        name_of: what a keyword means, so that one written by an alias is found.
    """
    entry = find_entry(text, key)
    field = field_of(entry, "keywords")
    if field is None:
        added = list(dict.fromkeys(add))
        return set_field(text, key, "keywords", ", ".join(added)) if added else text
    unwanted = {name_of(word) for word in remove}
    value = plain_value(text, field)
    if value is None:
        return extend_chain(text, key, field, tuple(dict.fromkeys(add)), unwanted, name_of)
    changed = without_words(value, lambda word: name_of(word) in unwanted)
    present = {name_of(word) for word in words_of(changed)}
    column = field.value_start - line_start(text, field.start)
    for word in dict.fromkeys(add):
        if name_of(word) not in present:
            changed = with_word(changed, word, column + 1, newline_of(text))
    if changed == value:
        return text
    return (
        set_field(text, key, "keywords", changed)
        if changed.strip()
        else remove_field(text, key, "keywords")
    )


def extend_chain(
    text: str,
    key: str,
    field: ScannedField,
    add: Iterable[str],
    unwanted: set[str],
    name_of: Callable[[str], str],
) -> str:
    """Give `text` with keywords added to a value made of macros (`kw # {, a}`): in its last piece,
    or in one of its own.

    Raises:
        EditRefused: one of its keywords should go, which may belong to other entries as well.
    """
    whole = next(
        e.get("keywords") or "" for e in parse_bibtex(text, "", library=False)[0] if e.key == key
    )
    present = {name_of(word) for word in words_of(whole)}
    if present & unwanted:
        raise EditRefused(
            f"{key}: its keywords are made of macros; write them out before removing one"
        )
    fresh = [word for word in add if name_of(word) not in present]
    if not fresh:
        return text
    last = field.tokens[-1]
    joint = (
        ""
        if not whole.strip()
        else " "
        if whole.rstrip().endswith((",", ";"))
        else "; "
        if ";" in whole and "," not in whole
        else ", "
    )
    added = joint + (joint.strip() + " " if joint.strip() else ", ").join(fresh)
    require_writable(added, key, "keywords")
    literal = last.kind in {"braced", "quoted"} and not (last.kind == "quoted" and '"' in added)
    at, written = (field.value_end - 1, added) if literal else (field.value_end, f" # {{{added}}}")
    changed = text[:at] + written + text[at:]
    require_same(text, changed, key, "keywords", whole + added)
    return changed


def keywords_of(text: str, key: str) -> list[str]:
    """Give the keywords of an entry, in order.

    Raises:
        Unknown: no such entry.
        EditRefused: the entry cannot be read with certainty.
    """
    find_entry(text, key)
    return words_of(
        next(
            (
                e.get("keywords") or ""
                for e in parse_bibtex(text, "", library=False)[0]
                if e.key == key
            ),
            "",
        )
    )


def rename_keyword(text: str, old: str, new: str) -> str:
    """Give `text` with a topic renamed in all keywords, together with the topics below it.

    Other keywords stay as they are, also those that are written twice; where an entry has the new
    name already, it is not written again.

    Raises:
        EditRefused: the file would not read back as it should.
    """

    def renamed(word: str) -> str:
        return new + word[len(old) :] if word == old or word.startswith(old + "/") else word

    before = text
    for entry in reversed(entries_of(text)):
        field = field_of(entry, "keywords")
        value = plain_value(text, field) if field is not None and entry.closed else None
        if field is None or value is None:
            continue
        targets = {renamed(word) for word in words_of(value) if renamed(word) != word}
        if not targets:
            continue
        seen: set[str] = set()

        def again(word: str, targets: set[str] = targets, seen: set[str] = seen) -> bool:
            name = renamed(word)
            repeated = name in targets and name in seen
            seen.add(name)
            return repeated

        kept = without_words(value, again)
        changed = re.sub(r"[^\s,;]+(?:[ \t]+[^\s,;]+)*", lambda m: renamed(m[0]), kept)
        text = text[: field.value_start] + delimited(field, changed) + text[field.value_end :]
    require_renamed(before, text, renamed)
    return text


def require_renamed(before: str, after: str, renamed: Callable[[str], str]) -> None:
    """Make sure that a renaming changed keywords and nothing else."""
    old, new = (plain_entries(parse_bibtex(t, "", library=False)[0]) for t in (before, after))
    for (kind, key, fields), (new_kind, new_key, new_fields) in zip(old, new, strict=True):
        words = words_of(new_fields.get("keywords", ""))
        others = {n: v for n, v in fields.items() if n != "keywords"}
        if (
            (kind, key) != (new_kind, new_key)
            or others != {n: v for n, v in new_fields.items() if n != "keywords"}
            or {renamed(w) for w in words_of(fields.get("keywords", ""))} != set(words)
        ):
            raise EditRefused(f"{key}: the file would not read back as it should; edit it by hand")


def plain_value(text: str, field: ScannedField) -> str | None:
    """Give the text of a field made of one braced or quoted piece; None for macros and numbers."""
    if len(field.tokens) == 1 and field.tokens[0].kind in {"braced", "quoted"}:
        return text[field.value_start + 1 : field.value_end - 1]
    return None


def words_of(value: str) -> list[str]:
    """Give the keywords of a list."""
    return [" ".join(word.split()) for word in re.split(r"[,;]", value) if word.strip()]


def without_words(value: str, unwanted: Callable[[str], bool]) -> str:
    """Give a list of keywords without some, separators and white space of the others kept."""
    pieces = re.split(r"([,;])", value)
    words, separators = pieces[0::2], pieces[1::2]
    head = re.match(r"\s*", words[0])
    tail = re.search(r"\s*\Z", words[-1])
    kept = [
        (w, s)
        for w, s in zip(words, ["", *separators], strict=True)
        if not (w.strip() and unwanted(" ".join(w.split())))
    ]
    if len(kept) == len(words):
        return value
    if not any(w.strip() for w, _ in kept):
        return ""
    first, *others = kept
    result = first[0].lstrip() + "".join(separator + word for word, separator in others)
    return (head[0] if head else "") + result.rstrip() + (tail[0] if tail else "")


def with_word(value: str, word: str, column: int, newline: str) -> str:
    """Give a list of keywords with one more at its end."""
    body = value.rstrip()
    tail = value[len(body) :]
    if not body:
        return word
    separator = "" if body.endswith((",", ";")) else ";" if ";" in body and "," not in body else ","
    last_line = re.split(r"[\r\n]", body)[-1]
    used = len(last_line) + (column if last_line == body else 0)
    gap = newline + " " * column if used + len(word) + 4 > LINE_WIDTH else " "
    return body + separator + gap + word + tail
