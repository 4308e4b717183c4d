"""What can be seen of each word of a line, as short strings. Nothing here decides; the model weighs them.

Every name is `kind=value`. Words are seen with their neighbours, the marks they stand in, the segment
between strong punctuation they are part of, and where the longest quoted, linked or slanted run stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.importers.lines.tokens import Line, Token

__all__ = ["Vocabulary", "features", "habit_keys"]

YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
SMALL = frozenset(
    "a an the of in on for and to with from by at as is are its it how what why via or von der die das und de la le des et".split()
)
"""Words that titles write small."""

JOINING = frozenset({"and", "et", "al", "und", "&"})
FORMS = frozenset(
    "pdf paper code slides video link html arxiv doi website project page blog poster github talk bibtex data demo free online ps".split()
)
"""Labels of links to forms of a work."""

SHORTENED = frozenset("vol no pp p al vs st dr jr nr bd ed eds proc int conf trans".split())
"""Words whose full stop ends nothing."""

PLACES = frozenset(
    "proceedings proc conference journal workshop symposium transactions zeitschrift revue".split()
)
"""Words of names of venues."""

STRONG = re.compile(r"[.?!:;()\[\]\"“”„«»‘⏎|·☺▢]|\s[-–—/]+\s|--|, ")
"""Punctuation that ends a segment."""

WIDE = re.compile(r"[.?!;()\[\]\"“”„«»‘⏎|·☺▢]|:\s|\s[-–—/]+\s|--")
"""Punctuation that ends a segment in which commas stand."""

SAME = str.maketrans("⏎“”„«»–—’‘", '/"""""--\'\'')


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that are seen themselves, and what kind of part others mostly stand in."""

    words: frozenset[str]
    kinds: Mapping[str, str]
    """`G3` for a word that is nearly always a given name, `C1` for one that is a little more often of a venue."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words between strong punctuation."""

    first: int
    last: int
    looks: str
    """How many words, and which kinds of them: `3iN` is three or four words with initials, half of them names."""


class Words:
    """The words of a line as features see them."""

    def __init__(self, tokens: Sequence[Token], known: Vocabulary, unseen: frozenset[str]) -> None:
        self.tokens = tokens
        self.low = [t.text.casefold() for t in tokens]
        self.shapes = ["U" if "U" in t.marks else shape(t.text) for t in tokens]
        self.kinds = [
            "?" if w in unseen else known.kinds.get(w.replace("'", "’"), "?") for w in self.low
        ]
        self.words = [
            self.seen(at, w, w in known.words and w not in unseen) for at, w in enumerate(self.low)
        ]
        self.years = [YEAR.fullmatch(t.text) is not None for t in tokens]
        self.marks = [t.marks or "-" for t in tokens]
        self.gaps = [gap_of(t.before) for t in tokens] + [gap_of(tokens[-1].after)]

    def seen(self, at: int, word: str, known: bool) -> str:
        """Give a word as itself where it is known, else what it is like."""
        if self.shapes[at] == "U":
            return "URL"
        if known:
            return word
        return "#" if self.shapes[at][0] == "0" else "~"

    def parted(self, end: re.Pattern[str]) -> list[list[int]]:
        """Give the segments between punctuation, as lists of words."""
        parts: list[list[int]] = [[0]]
        for at in range(1, len(self.tokens)):
            gap = self.tokens[at].before
            ends = end.search(gap) is not None and not (
                gap.strip() == "." and self.shortened(at - 1)
            )
            if ends or self.tokens[at].marks != self.tokens[at - 1].marks:
                parts.append([])
            parts[-1].append(at)
        return parts

    def shortened(self, at: int) -> bool:
        """Tell whether a full stop behind a word is that of an initial or a shortened word."""
        text = self.tokens[at].text
        return (len(text) == 1 and text.isupper()) or self.low[at] in SHORTENED

    def segment(self, part: list[int]) -> Segment:
        """Describe a segment."""
        count = len(part)
        texts = [self.tokens[at].text for at in part]
        small = sum(
            self.low[at] in SMALL and t.islower() for at, t in zip(part, texts, strict=True)
        )
        lower = sum(
            t[:1].islower() and self.low[at] not in SMALL for at, t in zip(part, texts, strict=True)
        )
        names = sum(self.kinds[at][0] in "GF" for at in part)
        looks = (
            sized(count)
            + "l" * (lower > 1)
            + "s" * (small > 0)
            + "i" * any(len(t) == 1 and t.isupper() for t in texts)
            + "N" * (names * 2 >= count)
            + "d" * any(self.shapes[at][0] == "0" for at in part)
            + "e" * any(self.low[at] in JOINING for at in part)
            + "C" * all(t[:1].isupper() for t in texts)
        )
        return Segment(part[0], part[-1], looks)

    def stretch(self, part: list[int]) -> Segment:
        """Describe a segment in which commas stand."""
        count = len(part)
        texts = [self.tokens[at].text for at in part]
        initials = sum(len(t) == 1 and t.isupper() for t in texts)
        low = [self.low[at] for at in part]
        looks = (
            str(min(count.bit_length(), 5))
            + "l"
            * (sum(t[:1].islower() and w not in SMALL for t, w in zip(texts, low, strict=True)) > 1)
            + "s" * any(t.islower() and w in SMALL for t, w in zip(texts, low, strict=True))
            + "i" * (initials * 4 >= count)
            + "c" * any("," in self.tokens[at].before for at in part[1:])
            + "N" * (sum(self.kinds[at][0] in "GF" for at in part) * 2 >= count)
            + "V" * any(self.kinds[at][0] == "C" or self.low[at] in PLACES for at in part)
            + "d" * any(self.shapes[at][0] == "0" for at in part)
        )
        return Segment(part[0], part[-1], looks)

    def longest(self, mark: str) -> tuple[int, int] | None:
        """Give the longest run in a mark, the first of about equally long ones."""
        best: tuple[int, int] | None = None
        at, count = 0, len(self.tokens)
        while at < count:
            if mark not in self.tokens[at].marks or "U" in self.tokens[at].marks:
                at += 1
                continue
            end = at
            while end < count and mark in self.tokens[end].marks:
                end += 1
            size = min(end - at, 12)
            if (size >= 2 or mark == "L") and (
                best is None or size > min(best[1] - best[0], 12) + 2
            ):
                best = (at, end)
            at = end
        return best


def features(
    line: Line,
    known: Vocabulary,
    unseen: frozenset[str] = frozenset(),
    habit: Mapping[str, str] | None = None,
) -> list[list[str]]:
    """Give the features of each token of a line.

    Args:
        unseen: words to treat as unknown, so that fitting learns to do without the vocabulary.
        habit: what parts of the other lines of its document are, by `habit_keys`.
    """
    if not line.tokens:
        return []
    words = Words(line.tokens, known, unseen)
    narrow = Parts(words.parted(STRONG), words.segment)
    wide = Parts(words.parted(WIDE), words.stretch)
    spans = [words.longest(mark) for mark in "LQBI"]
    year = next((at for at, is_year in enumerate(words.years) if is_year), None)
    sizes = run_sizes(line.tokens)
    rows = []
    for at in range(len(line.tokens)):
        side = "".join(side_of(at, span) for span in spans)
        rows.append(
            [
                *own_features(words, at, sizes),
                *place_features(words, narrow, at, side, year),
                *wide_features(words, wide, at),
                *edge_features(words, wide, at),
                *near_features(words, at),
                *(() if habit is None else habit_features(words, narrow, at, side, habit)),
            ]
        )
    return rows


class Parts:
    """The segments of a line, and which one each word is of."""

    def __init__(self, parts: list[list[int]], describe: Callable[[list[int]], Segment]) -> None:
        self.segments = [describe(part) for part in parts]
        self.number = [n for n, part in enumerate(parts) for _ in part]
        sizes = [len(part) for part in parts]
        order = sorted(range(len(parts)), key=lambda n: (-min(sizes[n], 25), n))
        self.rank = {n: min(place, 3) for place, n in enumerate(order)}
        self.first_long = next((n for n, size in enumerate(sizes) if size >= 4), -1)

    def looks(self, number: int) -> str:
        """Describe a segment; `^` and `$` stand in front of the first and behind the last."""
        if number < 0:
            return "^"
        return self.segments[number].looks if number < len(self.segments) else "$"


def own_features(words: Words, at: int, sizes: Mapping[int, int]) -> list[str]:
    """Give what a word is itself."""
    token, low = words.tokens[at], words.low[at]
    before, after = words.gaps[at], words.gaps[at + 1]
    found = [
        f"w={words.words[at]}", f"s={words.shapes[at]}", f"x={words.kinds[at]}", f"m={words.marks[at]}",
        f"b={before}", f"a={after}", f"ba={before}|{after}",
    ]  # fmt: skip
    if words.words[at] == "~":
        found += [f"p3={low[:3]}", f"e3={low[-3:]}"]
    if low in FORMS:
        found += ["form", f"form{sizes.get(token.run, 0) == 1}"]
    if token.run and "U" not in token.marks:
        found.append(f"run={words.marks[at]}{min(sizes.get(token.run, 0), 6)}")
    if words.years[at]:
        found += ["yr", f"yr{before}|{after}"]
    return found


def place_features(words: Words, parts: Parts, at: int, side: str, year: int | None) -> list[str]:
    """Give where a word stands: in its segment, in the line, beside marked runs and the first year."""
    number, count = parts.number[at], len(words.tokens)
    here = parts.segments[number]
    looks, back, ahead = here.looks, parts.looks(number - 1), parts.looks(number + 1)
    total = "1" if count < 6 else "2" if count < 15 else "3" if count < 40 else "4"
    dated = "n" if year is None else "b" if at < year else "a" if at > year else "i"
    return [
        f"S={side}", f"SL={side[0]}{total}", f"SQ={side[1]}", f"SB={side[2]}", f"SI={side[3]}", f"y={dated}",
        f"d={looks}", f"dp={back}", f"dn={ahead}", f"d3={gist(back)}|{looks}|{gist(ahead)}",
        f"dg={words.gaps[here.first]}|{looks[:1]}|{words.gaps[here.last + 1]}",
        f"k={min(number, 4)}", f"kd={min(number, 4)}{looks}", f"kS={min(number, 3)}{side}",
        f"rp={min(9, 10 * at // count)}", f"i={min(at, 4)}", f"r={min(count - 1 - at, 3)}", f"t={total}",
    ]  # fmt: skip


def wide_features(words: Words, parts: Parts, at: int) -> list[str]:
    """Give the segment with commas that a word stands in."""
    number = parts.number[at]
    here, rank, long = parts.segments[number], parts.rank[number], parts.first_long
    looks = here.looks
    first = "b" if number < long else "i" if number == long else "a"
    ends = f"{words.gaps[here.first]}|{looks[:2]}|{words.gaps[here.last + 1]}"
    return [
        f"D={looks}", f"Dp={parts.looks(number - 1)}", f"Dn={parts.looks(number + 1)}", f"Dg={ends}",
        f"Rk={rank}", f"RkD={rank}{looks}", f"Kq={min(number, 5)}", f"KR={min(number, 3)}{rank}",
        f"fb={first}", f"fbD={first}{looks}",
    ]  # fmt: skip


def edge_features(words: Words, parts: Parts, at: int) -> list[str]:
    """Give whether marks begin or end at a word."""
    marks, tokens = words.marks[at], words.tokens
    begins = at == 0 or tokens[at - 1].marks != tokens[at].marks
    ends = at == len(tokens) - 1 or tokens[at + 1].marks != tokens[at].marks
    if not (tokens[at].marks or begins or ends):
        return []
    return [f"mb={marks}{begins:d}{ends:d}", f"mD={marks}{parts.looks(parts.number[at])}"]


def near_features(words: Words, at: int) -> list[str]:
    """Give the words around a word."""
    found = []
    for step in (-2, -1, 1, 2):
        other = at + step
        if not 0 <= other < len(words.tokens):
            found.append(f"w{step}={'^' if step < 0 else '$'}")
            continue
        found += [
            f"w{step}={words.words[other]}",
            f"s{step}={words.shapes[other]}",
            f"x{step}={words.kinds[other]}",
        ]
        if abs(step) == 1:
            gap = words.gaps[max(at, other)]
            found += [
                f"m{step}={words.marks[other]}", f"xx{step}={words.kinds[at]}{words.kinds[other]}",
                f"ss{step}={words.shapes[at]}|{gap}|{words.shapes[other]}", f"yr{step}={words.years[other]}",
            ]  # fmt: skip
        else:
            found.append(f"b-1={words.gaps[at - 1]}" if step < 0 else f"a+1={words.gaps[at + 2]}")
    return found


def habit_features(
    words: Words, parts: Parts, at: int, side: str, habit: Mapping[str, str]
) -> list[str]:
    """Give what words that stand like this one are in the other lines of the document."""
    keys = place_keys(words, parts, at, side)
    return [f"h{key[0]}={habit.get(key, '?')}" for key in keys]


def place_keys(words: Words, parts: Parts, at: int, side: str) -> list[str]:
    """Give names of places that lines of one habit have in common."""
    number = parts.number[at]
    here = parts.segments[number]
    gap = words.gaps[here.first]
    return [
        f"1{min(number, 6)}{words.marks[at]}",
        f"2{words.marks[at]}{gap}{words.gaps[here.last + 1]}",
        f"3{side}{here.looks[:1]}",
        f"4{min(len(parts.segments) - number, 6)}{words.shapes[at][:1]}{words.gaps[at]}",
    ]


def habit_keys(line: Line, known: Vocabulary) -> list[list[str]]:
    """Give, for each token, the names of the places it has."""
    if not line.tokens:
        return []
    words = Words(line.tokens, known, frozenset())
    parts = Parts(words.parted(STRONG), words.segment)
    spans = [words.longest(mark) for mark in "LQBI"]
    return [
        place_keys(words, parts, at, "".join(side_of(at, span) for span in spans))
        for at in range(len(line.tokens))
    ]


@lru_cache(maxsize=100_000)
def shape(word: str) -> str:
    """Give the shape of a word: `Xxx+` for `Dynamo`, `0000` for `1999`."""
    found = re.sub(
        r"[^\W_]",
        lambda m: (
            "0" if m[0].isdigit() else "X" if m[0].isupper() else "x" if m[0].islower() else "c"
        ),
        word,
    )
    return found[:5] if not found.strip("0") else re.sub(r"(.)\1{2,}", r"\1\1+", found)[:6]


def gap_of(gap: str) -> str:
    """Give what stands between two words, in one form for all kinds of quotes and dashes."""
    return re.sub(r"\s+", " ", gap.translate(SAME))[:5] if gap.strip() else "_"


def sized(count: int) -> str:
    """Give how many words a segment has, roughly."""
    return (
        "1"
        if count == 1
        else "2"
        if count == 2
        else "3"
        if count <= 4
        else "5"
        if count <= 9
        else "9"
    )


def gist(looks: str) -> str:
    """Give the first and the most telling signs of a segment."""
    return looks[:1] + "N" * ("N" in looks) + "i" * ("i" in looks)


def side_of(at: int, span: tuple[int, int] | None) -> str:
    """Tell where a word stands beside a run: before, inside, after; `n` where there is none."""
    if span is None:
        return "n"
    return "b" if at < span[0] else "a" if at >= span[1] else "i"


def run_sizes(tokens: Sequence[Token]) -> dict[int, int]:
    """Count the words of each run of a mark."""
    sizes: dict[int, int] = {}
    for token in tokens:
        if token.run and "U" not in token.marks:
            sizes[token.run] = sizes.get(token.run, 0) + 1
    return sizes
