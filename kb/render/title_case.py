"""Capitals in titles: sentence case for APA and IEEE from BibTeX's braces, title case for
venues."""

from __future__ import annotations

import re

from kb.parse.latex import latex_to_text

__all__ = ["sentence_case", "venue_case"]

NAMES = frozenset(
    """
    Amazon American Android Apache Bayes Bayesian Bing Boolean Byzantine China Chinese
    Docker Dutch English Europe European Facebook Fortran French Gaussian German Germany
    Google Hadoop Haskell India Indian Instagram Internet Java Jupyter Kaggle Keras
    Kubernetes Lego Linux Lyft Markov Michelangelo Microsoft Netflix Pandora Python
    Spanish Spark Spotify Tesla Turing Twitter Uber Unix Wikipedia Zillow
    """.split()
)
"""Proper names that people forget to put in braces."""

PROTECTED = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
"""A brace group, with groups in it."""

PHRASE = re.compile(r"\b(?:silicon valley|stack overflow|monte carlo|hugging face)\b")
"""Names made of common words."""

SMALL = frozenset(
    [
        "about",
        "after",
        "before",
        "between",
        "from",
        "into",
        "over",
        "through",
        "toward",
        "towards",
        "under",
        "upon",
        "with",
        "within",
        "without",
    ]
)
"""Longer words that stay small in a venue's name."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ENDS_SENTENCE = re.compile(r"(?:[:?!]|\s[–—-])[\s\"“‘'(]*$|[.]\s[\s\"“‘'(]*$")
"""Before a word that begins a subtitle or sentence."""


def sentence_case(raw: str, prose: str = "") -> str:
    """Give a title with capitals only where a sentence has them.

    BibTeX's rule (`change.case$` with "t"; Patashnik, "Designing BibTeX Styles"): what stands in
    braces stays, and so does the first word and the word after a colon. Words with inner capitals
    or digits (`CheckList`, `ML`) stay as well, and words that `prose` about the work writes with a
    capital inside a sentence.

    Examples:
        >>> sentence_case("Testing {NLP} Models with CheckList: A Study in {Python} at Booking.com")
        'Testing NLP models with CheckList: A study in Python at Booking.com'
    """
    title = latex_to_text(raw)
    inner = raw.strip()
    if PROTECTED.fullmatch(inner):
        return title
    kept = {word for group in PROTECTED.findall(raw) for word in WORD.findall(latex_to_text(group))}
    kept |= NAMES | set(re.findall(r"(?<=[a-z,;] )[A-Z][a-z]+(?= [a-z]|[,.;])", prose))

    def lower(found: re.Match[str]) -> str:
        word, before = found[0], title[: found.start()]
        plain = re.sub(r"['’]s$", "", word)
        inside_name = (
            before[-1:].isdigit()
            or re.match(r"\.\w|\d|&\w", title[found.end() :])
            or re.search(r"\w[.&]$", before)
        )
        if re.search(r"[:?!] $", before) and word.islower():
            return word.capitalize()
        if (
            not before.strip("\"“‘'( ")
            or ENDS_SENTENCE.search(before)
            or plain in kept
            or inside_name
        ):
            return word
        if len(plain) == 1:
            return "a" if word == "A" and title[found.end() : found.end() + 1] == " " else word
        return word.lower() if plain[1:].islower() else word

    return PHRASE.sub(lambda found: found[0].title(), WORD.sub(lower, title))


def venue_case(venue: str) -> str:
    """Give the name of a journal or of proceedings with capitals on all words of four letters and
    more.

    Examples:
        >>> venue_case("Proceedings of the conference on fairness, npj and arXiv")
        'Proceedings of the Conference on Fairness, npj and arXiv'
    """
    return WORD.sub(
        lambda found: (
            found[0].capitalize()
            if found[0].islower() and len(found[0]) > 3 and found[0] not in SMALL
            else found[0]
        ),
        venue,
    )
