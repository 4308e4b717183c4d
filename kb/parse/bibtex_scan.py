"""Scan BibTeX as BibTeX itself does: where entries, fields and values begin and end.

bibtexparser 2.1 reads most files well but loses entries in silence on some (a type that begins with
"comment", a repeated field, a parsing slip that takes its neighbours along). This scan finds what
BibTeX would see, so that nothing vanishes. Rules: bibtex.web, sections on reading the database
file.
Time and memory grow with the input, whatever it holds: no part of a file is read again after a
slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.findings import Severity
from kb.parse.bibtex_entry import Problem, Reader, ScannedEntry, ScannedField, excerpt
from kb.parse.bibtex_text import Braces, find_start

__all__ = ["Problem", "ScannedEntry", "ScannedField", "scan"]

FIELD_START = re.compile(r"[A-Za-z][\w-]*\s*=\s*[{\"\w]")
"""A field outside any entry: what a brace too many leaves behind."""


def scan(text: str) -> Iterator[ScannedEntry]:
    """Give the entries, `@string`s and `@preamble`s of a file in order, with their problems."""
    braces = Braces(text)
    at = comment_end = 0
    while (found := find_start(text, at)) is not None:
        at = found.end()
        if (
            found[1].casefold() == "comment"
        ):  # BibTeX skips the word only; entries inside are entries
            comment_end = max(comment_end, braces.partner(found.end() - 1) or 0)
            continue
        entry = ScannedEntry(found[1], found.start(), found.end())
        Reader(text, braces, entry, found[2]).read()
        in_comment = entry.start < comment_end
        if entry.closed:
            following = find_start(text, entry.end)
            if not in_comment:
                report_leftover(text, entry, following.start() if following else len(text))
        report_commented(text, entry, in_comment)
        yield entry
        at = entry.end


def report_leftover(text: str, entry: ScannedEntry, gap_end: int) -> None:
    """Report text after an entry that belongs into it."""
    gap = text[entry.end : min(gap_end, entry.end + 400)]
    rest = gap.lstrip(" \t\r\n,")
    if rest.startswith(("}", "{")) or (rest and FIELD_START.match(rest)):
        at = entry.end + len(gap) - len(rest)
        entry.report(
            "bibtex-leftover",
            at,
            f"text left over after the entry: {excerpt(rest)!r}",
            "a brace too many or a quote inside quotes above?",
        )


def report_commented(text: str, entry: ScannedEntry, in_comment: bool) -> None:
    """Say what becomes of an entry that somebody meant to comment out."""
    line = re.split(r"[\r\n]", text[max(0, entry.start - 200) : entry.start])[-1]
    percent = line.lstrip().startswith("%")
    if percent and any(p.code == "bibtex-percent" for p in entry.problems):
        entry.commented = True
        entry.problems.clear()
        what = f"@{entry.type}{{{entry.key} is commented out with %; it is not read"
        entry.report(
            "bibtex-comment",
            entry.start,
            what,
            "remove it; BibTeX has no % comments and stumbles over it",
            Severity.WARNING,
        )
    elif percent or in_comment:
        where = "in a % comment" if percent else "inside @comment"
        entry.report(
            "bibtex-comment",
            entry.start,
            f"the entry stands {where}; BibTeX reads it all the same",
            "remove it, or take it out of the comment",
            Severity.WARNING,
        )
