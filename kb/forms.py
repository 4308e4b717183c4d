"""Other forms of words, which search indexes beside the text and reads in queries.

They are what words become when letters are folded, hyphens left out, or no spaces written. Both
sides call the same functions, so that what is written one way is found when typed in another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kb.text import fold_words

__all__ = ["named_signs", "other_forms", "parts_of_unspaced", "runs_without_spaces", "set_apart"]

UMLAUTS = {
    ord(letter): spelled
    for letter, spelled in {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}.items()
}

SHORT_FORMS = {
    "ai": "artificial intelligence", "ci": "continuous integration", "dl": "deep learning",
    "dnn": "deep neural network", "dnns": "deep neural networks",
    "gdpr": "general data protection regulation", "hci": "human computer interaction",
    "llm": "large language model", "llms": "large language models", "ml": "machine learning",
    "nlp": "natural language processing", "rl": "reinforcement learning",
    "xai": "explainable artificial intelligence",
}  # fmt: skip
"""What titles shorten, and people search for in either form."""

SIGNS = (
    (re.compile(r"(?<!\w)([A-Za-z])\+\+"), r"\1plusplus"),
    (re.compile(r"(?<!\w)([A-Za-z])#"), r"\1sharp"),
    (re.compile(r"(?<![\w.])\.NET\b", re.IGNORECASE), "dotnet"),
)
"""Names whose signs tell them apart: `C++`, `C#`, `F#`, `.NET`."""

UNSPACED = (
    r"\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana, Han
    r"\U00020000-\U0003134f"
)
"""Scripts whose words are not set apart by spaces."""

RUN = re.compile(f"[{UNSPACED}]+")


def set_apart(text: str) -> str:
    """Give a text with spaces around what is written without any.

    Examples:
        >>> set_apart("机器学习survey")
        '机器学习 survey'
    """
    return RUN.sub(lambda found: f" {found[0]} ", text).strip() if RUN.search(text) else text


def named_signs(text: str) -> str:
    """Give a text in which names with signs are words.

    Examples:
        >>> named_signs("From C++ to C# on .NET")
        'From Cplusplus to Csharp on dotnet'
    """
    for pattern, word in SIGNS:
        text = pattern.sub(word, text)
    return text


def runs_without_spaces(text: str) -> list[str]:
    """Give the runs of letters of scripts that write no spaces, folded.

    Examples:
        >>> runs_without_spaces("机器学习 in 2020")
        ['机器学习']
    """
    return [
        "".join(c for c in found[0] if unicodedata.category(c) != "Mn")
        for found in RUN.finditer(unicodedata.normalize("NFKC", text))
    ]


def parts_of_unspaced(run: str) -> tuple[str, ...]:
    """Give the pairs of neighbouring letters of a run, by which any part of it is found.

    A letter of one kind is given by itself.

    Examples:
        >>> parts_of_unspaced("机器学习")
        ('机器', '器学', '学习')
    """
    if len(run) < 2:
        return (run,)
    return tuple(run[n : n + 2] for n in range(len(run) - 1))


def other_forms(text: str, more: str = "") -> str:
    """Give spellings that people type for words: without hyphens and strokes, with `ae oe ue` for
    umlauts, with plain letters, short forms spelled out and long ones shortened.

    Args:
        text: title and people.
        more: notes and names of topics, of which only those words count that no tokenizer folds.

    Examples:
        >>> other_forms("Large-scale A/B tests by Kästner")
        'largescale ab kaestner'
        >>> other_forms("ML and Deep Learning")
        'machine learning dl'
        >>> other_forms("Łukasz: C++ Straße")
        'lukasz strasse cplusplus'
    """
    found = list(words_otherwise(text))
    words = fold_words(text)
    found += [SHORT_FORMS[w] for w in words if w in SHORT_FORMS]
    running = f" {' '.join(words)} "
    found += [short for short, long in SHORT_FORMS.items() if f" {long} " in running]
    both = f"{text} {more}"
    found += [w for word in both.split() if not word.isascii() for w in folded_otherwise(word)]
    if any(pattern.search(both) for pattern, _ in SIGNS):
        found += [w.casefold() for word in both.split() for w in signed(word)]
    parts = [p for run in runs_without_spaces(both) for p in parts_of_unspaced(run)]
    return " ".join([*dict.fromkeys(found), *parts])


def words_otherwise(text: str) -> Iterator[str]:
    """Give words without their hyphens, and with their umlauts spelled."""
    for word in text.split():
        bare = word.strip(".,;:!?()[]{}\"'“”‘’")
        joined = "".join(fold_words(re.sub("[–‑/]", "-", bare))) if re.search("[-‑/]", bare) else ""
        if joined:
            yield joined
        spelled = bare.casefold().translate(UMLAUTS)
        if spelled != bare.casefold():
            yield from fold_words(spelled)


def folded_otherwise(word: str) -> Iterable[str]:
    """Give a word folded, where FTS5 does not fold it so: `ø`, `ł`, `ß`, `ё`, accents on Greek."""
    plain = unicodedata.normalize("NFC", word.lower())
    words = fold_words(word)
    if RUN.search(plain):
        return ()
    kept = re.findall(r"[^\W_]+", "".join(latin_without_accent(c) for c in plain))
    return () if tuple(kept) == words else words


def latin_without_accent(char: str) -> str:
    """Give a Latin letter as FTS5 folds it; letters of other scripts keep their accents."""
    base = unicodedata.normalize("NFD", char)[:1]
    return base if "LATIN" in unicodedata.name(char, "") and base.isascii() else char


def signed(word: str) -> Iterable[str]:
    """Give the names with signs of a word."""
    return (m.expand(to) for pattern, to in SIGNS for m in [pattern.search(word)] if m)
