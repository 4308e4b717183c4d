"""Items of CSL-JSON."""

from __future__ import annotations

import pytest

from kb.render import csl


def test_an_entry_is_read_once_for_all_the_files_that_list_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A site's files list the same works again and again, by topic, person, session and semester."""
    entries = [f"@misc{{readonce{n}, title={{Title {n}}}}}" for n in range(300)]
    read: list[str] = []
    parse = csl.parse_bibtex
    monkeypatch.setattr(
        csl, "parse_bibtex", lambda text, path: read.append(text) or parse(text, path)
    )
    for _ in range(3):
        titles = [csl.parse_fields(entry)["title"] for entry in entries]
    assert titles == [f"Title {n}" for n in range(300)]
    assert read == entries
