"""Fit the reader of lines: print works, fit two chains, pack them. The same seed gives the same file.

    pip install -e '.[cite,fit]'
    python -m training.fit                       # writes kb/importers/lines/model.json.gz
    python -m training.fit --lines 4000 --to /tmp/model.json.gz

The first chain reads a line alone. The second reads it again and knows what words that stand alike are in
the other lines of its document, as the first one read them; it is fitted on lines the first has not seen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from kb.importers.lines.decode import Chain
from kb.importers.lines.features import Vocabulary, features, habit_keys
from kb.importers.lines.habit import Habit
from kb.importers.lines.tokens import Line, read_line
from training.generate import (
    Maker,
    Work,
    documents,
    load_works,
    split_works,
)
from training.samples import real_documents, remarks
from training.styles import fitted_styles

HERE = Path(__file__).parent
TARGET = HERE.parent / "kb" / "importers" / "lines" / "model.json.gz"
REPEAT = 6
"""Times a labelled line of a real list counts."""

Sample = tuple[Line, list[str]]


def word_kinds(works: Sequence[Work]) -> dict[str, str]:
    """Give, for each word, the kind of part it mostly stands in, and how mostly."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for work in works:
        for name in (*work.get("author", ()), *work.get("editor", ())):
            for text, kind in ((name[0], "G"), (name[1], "F")):
                for word in re.findall(r"[\w’'-]{2,}", text):
                    counts[word.casefold()][kind] += 1
        for fact, kind in (("title", "T"), ("container", "C"), ("publisher", "P"), ("place", "P")):
            for word in re.findall(r"[\w’'-]{2,}", work.get(fact, "")):
                counts[word.casefold()][kind] += 1
    total = sum(counts.values(), Counter())
    found = {}
    for word, own in sorted(counts.items()):
        if own.total() < 3 or word.isdigit():
            continue
        shares = {kind: own[kind] / total[kind] for kind in sorted(own)}
        best = max(shares, key=lambda kind: shares[kind])
        share = shares[best] / sum(shares.values())
        found[word] = best + ("3" if share > 0.9 else "2" if share > 0.65 else "1")
    return found


def sample_of(text: str, labels: str) -> Sample:
    """Give the words of a line and their labels."""
    line, at, found = read_line(text), 0, []
    for token in line.tokens:
        word = token.text.strip("⟨⟩")
        start = text.find(word, at)
        if start < 0 or "U" in token.marks:
            found.append("U" if "U" in token.marks else "O")
            continue
        found.append(labels[start])
        at = start + len(word)
    return line, found


def train(rows: Iterable[tuple[list[list[str]], list[str]]], iterations: int) -> dict[str, Any]:
    """Fit a chain and give its weights, in hundredths, without the small ones."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for found, labels in rows:
        trainer.append(pycrfsuite.ItemSequence(found), labels)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": 0.3,
            "c2": 0.02,
            "max_iterations": iterations,
            "feature.minfreq": 5,
            "feature.possible_transitions": True,
        }
    )
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        info, labels = tagger.info(), tagger.labels()
    number = {label: n for n, label in enumerate(labels)}
    state: dict[str, list[int]] = defaultdict(list)
    for (name, label), weight in sorted(info.state_features.items()):
        if abs(weight) >= 0.05:
            state[name] += [number[label], round(weight * 100)]
    steps = [0] * len(labels) ** 2
    for (one, other), weight in info.transitions.items():
        steps[number[one] * len(labels) + number[other]] = round(weight * 100)
    return {"labels": list(labels), "trans": steps, "state": dict(state)}


def main() -> None:
    """Fit and write the model."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--lines", type=int, default=22000)
    options.add_argument("--iterations", type=int, default=60)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--to", type=Path, default=TARGET)
    wanted = options.parse_args()
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:5.0f} s  {text}", file=sys.stderr, flush=True)

    works, _ = split_works(load_works())
    maker = Maker(works, remarks(), wanted.seed)
    made = list(documents(maker, fitted_styles(), wanted.lines, 0.5))
    shuffle = random.Random(wanted.seed)
    shuffle.shuffle(made)
    halves = [made[0::2], made[1::2]]
    real = real_documents()
    for half in halves:
        half += real * REPEAT
    say(
        f"{sum(map(len, made))} lines printed, {sum(map(len, real))} labelled ones, {len(remarks())} remarks"
    )
    sampled = [[[sample_of(p.text, p.labels) for p in d] for d in half] for half in halves]
    counts = Counter(
        t.text.casefold()
        for half in sampled
        for d in half
        for line, _ in d
        for t in {t.text: t for t in line.tokens}.values()
    )
    floor = max(20, wanted.lines // 600)
    words = sorted(w for w, n in counts.items() if n >= floor and not re.search(r"\d", w))
    known = Vocabulary(frozenset(words), word_kinds(works))
    say(f"{len(words)} words, {len(known.kinds)} kinds of words")

    def forgotten(line: Line) -> frozenset[str]:
        """Give words to treat as unknown."""
        low = sorted({t.text.casefold() for t in line.tokens})
        return frozenset(w for w in low if len(w) > 3 and shuffle.random() < 0.3)

    alone = train(
        (
            (features(line, known, forgotten(line)), labels)
            for d in sampled[0]
            for line, labels in d
            if labels
        ),
        wanted.iterations,
    )
    say(f"alone: {len(alone['state'])} features")
    chain = Chain(alone)
    rows = []
    for document in sampled[1]:
        keyed = [
            list(zip(habit_keys(line, known), chain.label_only(features(line, known)), strict=True))
            for line, _ in document
        ]
        habit = Habit(keyed)
        for (line, labels), own in zip(document, keyed, strict=True):
            if labels:
                rows.append((features(line, known, forgotten(line), habit.without(own)), labels))
    say("read once")
    among = train(rows, wanted.iterations)
    say(f"among: {len(among['state'])} features")
    data = {"words": words, "kinds": known.kinds, "alone": alone, "among": among}
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    with wanted.to.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as target:
        target.write(packed)
    say(f"{wanted.to}: {wanted.to.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
