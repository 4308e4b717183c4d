"""Answers that are remembered: the same page, never another one's."""

from __future__ import annotations

import pytest

from kb.store.build import build_database
from kb.web.answer import Answer
from kb.web.memory import Memory
from kb.web.serve import make_datasette


def test_oldest_answers_go_when_there_is_no_room() -> None:
    memory = Memory(most_bytes=25)
    for name in "abc":
        memory.put(name, Answer(body=name * 10, type="text/html"))
        assert memory.get("a") is not None or name == "c"
    assert [memory.get(n) is not None for n in "abc"] == [True, False, True]
    assert memory.size == 20


def test_errors_and_very_large_answers_are_not_kept() -> None:
    memory = Memory()
    memory.put("a", Answer(body="x", type="text/html", status=404))
    memory.put("b", Answer(body="x" * 1_000_001, type="text/html"))
    assert memory.get("a") is None and memory.get("b") is None and memory.size == 0


@pytest.mark.parametrize(
    "first, second",
    [
        ("/works/a.json", "/works/a%2Ejson"),
        ("/works?year=2020", "/works?year=2021"),
        ("/works/a", "/works/a.json"),
    ],
)
async def test_pages_with_like_addresses_stay_apart(tree, first: str, second: str) -> None:
    root = tree(
        {"bib/a.bib": "@misc{a, title={One}, year={2020}}\n@misc{a.json, title={Two}, year={2021}}"}
    )
    build_database(root, root / "kb.db")
    site = make_datasette(root / "kb.db", root)
    for _ in range(2):
        one, two = await site.client.get(first), await site.client.get(second)
        assert one.status_code == two.status_code == 200 and one.text != two.text
    again = await site.client.get(first)
    assert again.text == one.text and again.headers["etag"] == one.headers["etag"]
