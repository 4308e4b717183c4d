"""Every code of a finding is raised by a test, or is named here with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.edit.add import plan_addition
from kb.validate.codes import CODES, LEAVES_OUT
from kb.validate.corpus import load_corpus

ELSEWHERE = {
    # raised without their code standing in the test
    "link-dead", "link-moved", "link-unclear",  # tests/plan, where servers are asked
    "registry-differs", "registry-knows",  # tests/registries, where registries are asked
    "reading-shifted",  # tests/validate/test_calendar_readings.py
    "section-day",  # tests of sections
    "unreadable",  # needs a file that its owner cannot read: tests/sources
    "no-entries",  # below, of `kb add`
}  # fmt: skip

HEAD = "id: F2024\nterm: fall\nyear: 2024\ntitle: T\n"
NOTE = "- {id: n, works: [b], text: T}\n"
PROMPT = "- {id: p, works: [b], text: T}\n"
BOOK = "@book{b, title={B}, author={A, B}, year=2001}\n"


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("bibtex-macro", {"bib/a.bib": "@misc{k, title=nowhere, year=2001}"}),
        ("bibtex-percent", {"bib/a.bib": "@misc{k,\n% old\n title={T}, year=2001}"}),
        ("bibtex-repeated-field", {"bib/a.bib": "@misc{k, title={T}, Title={U}, year=2001}"}),
        ("no-author", {"bib/a.bib": "@misc{k, title={T}, year=2001}"}),
        ("no-year", {"bib/a.bib": "@misc{k, title={T}}"}),
        ("no-topic", {"bib/a.bib": "@misc{k, title={T}}"}),
        ("private-inside", {"bib/a.bib": "@misc{k, note={n, annote = {x},},\n}"}),
        (
            "no-prompt",
            {
                "quizzes/F2024.yaml": f"{HEAD}policy: {{quiz: {{weight: 10%}}}}\nsessions: [{{readings: [{{work: b}}]}}]\n"
            },
        ),
        ("repeated-number", {"quizzes/F2024.yaml": f"{HEAD}numbers: ['1', '1']\n"}),
        ("semester-file", {"quizzes/S2024.yaml": HEAD}),
        ("semester-twice", {"quizzes/F2024.yaml": HEAD, "quizzes/G2024.yaml": HEAD}),
        ("note-twice", {"bib/annotations.yaml": NOTE * 2}),
        ("prompt-twice", {"quizzes/prompts/p.yaml": PROMPT * 2}),
        ("topic-twice", {"bib/topics.yaml": "- {slug: a, title: A}\n" * 2}),
        (
            "topic-alias-twice",
            {
                "bib/topics.yaml": "".join(
                    f"- {{slug: {s}, title: T, aliases: [x]}}\n" for s in "ab"
                )
            },
        ),
        ("yaml-key", {"quizzes/F2024.yaml": f"{HEAD}? [a, b]\n: c\n"}),
    ],
)
def test_a_code_is_raised(tmp_path: Path, code: str, files: dict[str, str]) -> None:
    for name, text in {"bib/b.bib": BOOK, **files}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert code in {f.code for f in load_corpus(tmp_path).findings}


def test_nothing_to_add_is_said() -> None:
    found = plan_addition("no entry", "in.bib", (), "").findings
    assert {f.code for f in found} & {"no-entries", "bibtex-leftover"}


def test_every_code_is_named_by_a_test(project: Path) -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in (project / "tests").rglob("*.py")
    ).replace(Path(__file__).read_text(encoding="utf-8").split("HEAD =")[0], "")
    missing = {code for code in CODES if not re.search(rf"[\"'`\[]{re.escape(code)}[\"'`\]]", text)}
    assert missing - ELSEWHERE == set()


def test_codes_that_leave_out_are_codes() -> None:
    assert set(CODES) >= LEAVES_OUT
