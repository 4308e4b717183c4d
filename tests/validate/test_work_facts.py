"""Escapes that programs write into addresses and identifiers are undone, whatever their spelling."""

from __future__ import annotations

import pytest

from kb.parse.bibtex import parse_bibtex
from kb.validate.work_facts import address_of, doi_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"http://x.org/my{\_}file.pdf", "http://x.org/my_file.pdf"),
        (r"http://x.org/my\_file.pdf", "http://x.org/my_file.pdf"),
        (r"http://x.org/a{\%}20b{\&}c{\#}d", "http://x.org/a%20b&c#d"),
        (r"https://x.org/\~{}foo/x.pdf", "https://x.org/~foo/x.pdf"),
        (r"https://x.org/{\~{}}foo", "https://x.org/~foo"),
        (r"https://x.org/\textasciitilde{}foo", "https://x.org/~foo"),
        (r"https://x.org/{\textasciitilde}foo", "https://x.org/~foo"),
        (r"https://x.org/$\sim$foo", "https://x.org/~foo"),
        (r"https://x.org/a\textunderscore{}b", "https://x.org/a_b"),
        (r"https://x.org/a%20b~c", "https://x.org/a%20b~c"),
    ],
)
def test_addresses(written: str, meant: str) -> None:
    (entry,), _ = parse_bibtex(f"@misc{{k, url = {{{written}}}}}", "a.bib")
    assert address_of(entry) == meant


@pytest.mark.parametrize(
    "written", [r"10.5555/978-0{\_}12", r"10.5555/978-0\_12", "10.5555/978-0_12"]
)
def test_identifiers(written: str) -> None:
    (entry,), _ = parse_bibtex(f"@misc{{k, doi = {{{written}}}}}", "a.bib")
    assert doi_of(entry) == "10.5555/978-0_12"
