"""How often the search answers for another word: 200 typing errors, and 200 right words of the field.

Typing errors should lead to the word that was meant, answered at once or offered; right words that the
collection does not have should not be answered for another word. Odd lines were looked at while the rule
was chosen, even lines were not.

    python benchmarks/spelling.py kb.db
"""

from __future__ import annotations

import sys
from pathlib import Path

from kb.search.find import search
from kb.views.read import open_database

LISTS = Path(__file__).parent / "spelling"


def main() -> None:
    """Print both rates for the lines that were looked at, for the others, and the misses."""
    connection = open_database(Path(sys.argv[1] if len(sys.argv) > 1 else "kb.db"))
    typos = [line.split("\t") for line in (LISTS / "typos.tsv").read_text().splitlines()]
    right = (LISTS / "right.txt").read_text().split()

    def found_by(word: str) -> set[str]:
        return {hit.key for hit in search(connection, word, limit=300).hits}

    at_once, offered, wrong, missed = [], [], [], []
    for typed, meant in typos:
        found = search(connection, typed)
        answer = found.searched or found.did_you_mean
        if answer and (answer == meant or found_by(answer) == found_by(meant)):
            (at_once if found.searched else offered).append(typed)
        else:
            (wrong if found.searched else missed).append(f"{typed}->{answer or '-'}")
    swapped = [(w, s) for w in right if (s := search(connection, w).searched)]
    asked = [(w, s) for w in right if (s := search(connection, w).did_you_mean)]
    for name, half in (("looked at", 0), ("held out", 1), ("all", None)):
        some = [t for t, _ in typos][half::2] if half is not None else [t for t, _ in typos]
        words = right[half::2] if half is not None else right
        led = sum(t in at_once or t in offered for t in some)
        once = sum(t in at_once for t in some)
        bad = sum(w in words for w, _ in swapped)
        print(
            f"{name}: {led} of {len(some)} typing errors lead to the word meant"
            f" ({once} at once); {bad} of {len(words)} right words are swapped"
            f" ({100 * bad / len(words):.1f}%)"
        )
    print("answered for a third word:", *wrong)
    print("not led:", *missed)
    print("swapped:", *(f"{w}->{s}" for w, s in swapped))
    print("asked about:", *(f"{w}->{s}" for w, s in asked))


if __name__ == "__main__":
    main()
