"""Whether a question can be answered in its time, and whether its rubric helps to grade it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.findings import Finding, Severity
from kb.ids import SKIPPED_TITLE_WORDS
from kb.records import Corpus, Prompt
from kb.text import fold_words

__all__ = ["asks_of", "prompt_findings"]

ASKING = re.compile(
    r"^(?:then|and|also|next|finally|first|second|briefly|in (?:one|two|three) \w+,?|"
    r"for each,?|using \w+,?)?[\s,]*"
    r"(?:answer|apply|argue|assess|choose|compare|contrast|decide|define|describe|design|discuss|"
    r"estimate|evaluate|explain|find|give|identify|illustrate|justify|list|mark|match|name|"
    r"outline|pick|predict|propose|rank|rate|rewrite|say|sketch|state|suggest|summari[sz]e|"
    r"tell|work out|write)\b",
    re.IGNORECASE,
)
"""A sentence or clause that asks for something."""

MOST_ASKS = 2
"""What can be answered with care in a quarter of an hour."""

MOST_WORDS = 110
"""Longer questions take their time for being read."""

FEWEST_RUBRIC_WORDS = 5
"""Telling words of a rubric that the question does not have itself."""

EMPTY_WORDS = frozenset(
    "answer answers good full partial credit point points pass fail any some one two three named "
    "names name recognisable recognizable reasonable plausible sensible argument example reason "
    "must should shows show mentions mention explains student text reading chapter paper from with "
    "that this and the least".split()
)
"""Words of rubrics that say nothing about what the text says."""


PLACEHOLDER = re.compile(
    r"\b(?:an?|one|two|some|any|actual)\b[\w -]{1,40}\bfrom the "
    r"(?:article|book|case|chapter|paper|post|reading|report|study|talk|text|video)\b",
    re.IGNORECASE,
)
"""`A recognizable argument from the talk`: it stands where the argument should."""


def asks_of(text: str) -> int:
    """Count what a question asks for: its question marks, and clauses that begin with an order.

    Examples:
        >>> asks_of("Name two goals. Which one matters more, and why? Justify it.")
        3
    """
    clauses = re.split(r"(?<=[.?!:;])\s+|,\s+(?:and|then)\s+", text.strip())
    return sum(
        clause.rstrip().endswith("?") or bool(ASKING.match(clause)) for clause in clauses if clause
    )


def telling_words(text: str) -> set[str]:
    """Give the words of a text that say something."""
    skipped = SKIPPED_TITLE_WORDS | EMPTY_WORDS
    return {w for w in fold_words(text) if len(w) > 2 and w not in skipped}


def prompt_findings(corpus: Corpus) -> Iterator[Finding]:
    """Report questions that ask too much, and rubrics that say nothing of the text.

    Findings: `prompt-asks`, `prompt-long`, `rubric-thin`; a waiver with its reason keeps one quiet.
    Nothing of a rubric is repeated, because findings are public.
    """
    for prompt in corpus.prompts:
        asks = asks_of(prompt.text)
        if asks > MOST_ASKS:
            severity = Severity.WARNING if asks > MOST_ASKS + 1 else Severity.NOTE
            what = f"asks for {asks} things in {prompt.minutes} minutes"
            yield about(prompt, "prompt-asks", what, f"ask for {MOST_ASKS} at most", severity)
        length = len(prompt.text.split())
        if length > MOST_WORDS:
            what = f"has {length} words"
            hint = f"say it in {MOST_WORDS} or fewer"
            yield about(prompt, "prompt-long", what, hint, Severity.WARNING)
        if prompt.rubric:
            own = telling_words(prompt.rubric) - telling_words(prompt.text)
            hint = "name two or three points a grader can look for"
            if len(own) < FEWEST_RUBRIC_WORDS:
                what = "the rubric names nothing that the text says"
                yield about(prompt, "rubric-thin", what, hint, Severity.WARNING)
            elif PLACEHOLDER.search(prompt.rubric):
                what = "the rubric asks for something from the text without naming it"
                yield about(prompt, "rubric-thin", what, hint, Severity.NOTE)


def about(prompt: Prompt, code: str, what: str, hint: str, severity: Severity) -> Finding:
    """Make a finding about a question."""
    return Finding(
        code=code,
        severity=severity,
        path=prompt.place.path,
        line=prompt.place.line,
        column=prompt.place.column,
        key=prompt.id,
        what=what,
        hint=hint,
    )
