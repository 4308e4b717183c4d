"""The editing commands, from the shell's side: what is printed, what is written, exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.app import app
from kb.errors import KbError

TREE = "- slug: qa\n  title: Quality assurance\n  children:\n    - {slug: data, title: Data quality}\n- slug: human-ai\n  title: Human\n"
BIB = "% top\n@misc{doe2020x,\n  title    = {X},\n  keywords = {qa/data},\n}\n"
SEMESTER = (
    "id: F2022\nterm: fall\nyear: 2022\ntitle: T\nzone: UTC\nsessions:\n- date: 2022-09-07\n  kind: lecture\n"
    "  topics:\n  - {title: D, topic: qa/data}\n  readings:\n  - work: doe2020x\n"
)

Run = Callable[..., Result]


@pytest.fixture
def root(tree: Callable[[dict[str, str | bytes]], Path]) -> Path:
    return tree({"bib/topics.yaml": TREE, "bib/a.bib": BIB, "quizzes/F2022.yaml": SEMESTER})


@pytest.fixture
def run(root: Path) -> Run:
    def call(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [*arguments, "--source", str(root)], input=stdin)

    return call


def refusal(result: Result) -> str:
    assert isinstance(result.exception, KbError), (result.output, result.exception)
    return str(result.exception)


def test_tag_adds_by_title_and_removes_by_last_part(run: Run, root: Path) -> None:
    result = run("tag", "doe2020x", "+human", "-data", "qa")
    assert (result.exit_code, result.stderr) == (0, "changed bib/a.bib\n")
    assert (root / "bib/a.bib").read_text() == BIB.replace("{qa/data}", "{human-ai, qa}")


def test_tag_knows_minus_and_h_from_options(run: Run, root: Path) -> None:
    result = run("tag", "doe2020x", "-human-ai", "-nothing")
    assert (
        result.stderr
        == "doe2020x: does not have human-ai\ndoe2020x: does not have nothing\ndoe2020x: unchanged\n"
    )
    assert (root / "bib/a.bib").read_text() == BIB


def test_tag_refuses_unknown_topics_and_works(run: Run) -> None:
    assert (
        refusal(run("tag", "doe2020x", "+qa/dat"))
        == "no topic 'qa/dat'; did you mean qa/data or qa?; kb topics lists them all"
    )
    assert refusal(run("tag", "doe2020y", "+qa")) == "no work 'doe2020y'; did you mean doe2020x?"


def test_dry_run_prints_a_diff_and_writes_nothing(run: Run, root: Path) -> None:
    result = run("tag", "doe2020x", "+qa", "--dry-run")
    assert result.stdout == (
        "--- bib/a.bib\n+++ bib/a.bib\n@@ -1,5 +1,5 @@\n % top\n @misc{doe2020x,\n   title    = {X},\n"
        "-  keywords = {qa/data},\n+  keywords = {qa/data, qa},\n }\n"
    )
    assert (root / "bib/a.bib").read_text() == BIB


def test_annotate_from_text_and_standard_input(run: Run, root: Path) -> None:
    assert run("annotate", "doe2020x", "--text", "A note.").exit_code == 0
    assert (root / "bib/a.bib").read_text() == BIB.replace("\n}", "\n  annotation = {A note.},\n}")
    assert run("annotate", "doe2020x", "--text", "-", stdin="Other.\n").exit_code == 0
    assert "  annotation = {Other.},\n" in (root / "bib/a.bib").read_text()
    assert (
        run("annotate", "doe2020x", "--text", "Other.").stderr
        == "doe2020x: has this note already\n"
    )
    assert run("annotate", "doe2020x", "--text", "").exit_code == 0
    assert (root / "bib/a.bib").read_text() == BIB


def test_annotate_for_staff_refuses_a_lonely_brace(run: Run, root: Path) -> None:
    assert "a brace has no partner" in refusal(
        run("annotate", "doe2020x", "--staff", "--text", "a } b")
    )
    assert refusal(run("annotate", "doe2020x")).startswith(
        "no terminal for an editor; give the note with --text"
    )
    assert (root / "bib/a.bib").read_text() == BIB


def test_annotate_keeps_other_encodings(run: Run, root: Path) -> None:
    (root / "bib/l.bib").write_bytes(
        "% coding: latin-1\r\n@misc{ö, title={Ä}}\r\n".encode("latin-1")
    )
    assert run("annotate", "ö", "--text", "Ü").exit_code == 0
    assert (
        root / "bib/l.bib"
    ).read_bytes() == "% coding: latin-1\r\n@misc{ö, title={Ä}, annotation={Ü}}\r\n".encode(
        "latin-1"
    )
    assert "'Ł' cannot be written in iso8859-1" in refusal(run("annotate", "ö", "--text", "Łukasz"))


def test_add_appends_what_is_written(run: Run, root: Path) -> None:
    entry = "@Article{roe2021y,\n  title = {Y},\n  doi={10.1000/xyz}\n}\n"
    result = run("add", "-", stdin=entry)
    assert (result.exit_code, result.stderr) == (
        0,
        "changed bib/added.bib\nadded roe2021y to bib/added.bib\n",
    )
    assert (root / "bib/added.bib").read_text() == entry
    assert run("add", "-", "--into", "a.bib", stdin="@misc{z1}").exit_code == 0
    assert (root / "bib/a.bib").read_text() == BIB + "\n@misc{z1}\n"
    assert (
        run(
            "add",
            "-",
            "--rekey",
            "--into",
            "a.bib",
            stdin="@misc{k, author={Ä, B}, year=1999, title={The Öl}}",
        ).exit_code
        == 0
    )
    assert "@misc{a1999ol, author={Ä, B}" in (root / "bib/a.bib").read_text()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "@misc{Doe2020X, title={Z}}",
            "standard input:1: Doe2020X: the key is taken, by bib/a.bib:2; rename it, or use --rekey for a new one",
        ),
        (
            "@misc{k, title={x}",
            "standard input:1: k: @misc is never closed; count the braces from here on",
        ),
        ("hello", "standard input:1: no BibTeX entries in it; entries begin with `@type{key,`"),
        (
            "@misc{k}\n@misc{K}",
            "standard input:2: K: the key is used twice, first in standard input:1 as 'k'; rename or remove one of them",
        ),
    ],
)
def test_add_refuses_what_is_there_or_damaged(
    run: Run, root: Path, entry: str, message: str
) -> None:
    result = run("add", "-", stdin=entry)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.endswith("nothing was added\n")
    assert not (root / "bib/added.bib").exists()


def test_add_stays_below_bib(run: Run) -> None:
    assert "a .bib file below" in refusal(
        run("add", "-", "--into", "../../evil.bib", stdin="@misc{k}")
    )


def test_rename_topic_everywhere(run: Run, root: Path) -> None:
    result = run("rename-topic", "qa/data", "qa/facts")
    assert result.exit_code == 0
    assert (root / "bib/topics.yaml").read_text() == TREE.replace(
        "{slug: data,", "{slug: facts, aliases: [qa/data],"
    )
    assert (root / "bib/a.bib").read_text() == BIB.replace("qa/data", "qa/facts")
    assert (root / "quizzes/F2022.yaml").read_text() == SEMESTER.replace("qa/data", "qa/facts")


def test_rename_topic_into_another_one(run: Run, root: Path) -> None:
    result = run("rename-topic", "qa/data", "human-ai")
    assert "qa/data is still in the topic tree" in result.stderr
    assert (root / "bib/topics.yaml").read_text() == TREE
    assert (root / "bib/a.bib").read_text() == BIB.replace("qa/data", "human-ai")


def test_fmt_checks_shows_and_mends(run: Run, root: Path) -> None:
    assert run("fmt", "--check").exit_code == 0
    (root / "bib/b.bib").write_text("@Misc{b, title={B}}")
    checked = run("fmt", "--check")
    assert (checked.exit_code, checked.stdout.splitlines()[0]) == (
        1,
        "bib/b.bib:1: b: not in the house layout; kb fmt mends it",
    )
    assert "+  title = {B},\n" in run("fmt", "--diff").stdout
    assert (root / "bib/b.bib").read_text() == "@Misc{b, title={B}}"
    assert run("fmt").exit_code == 0
    assert (root / "bib/b.bib").read_text() == "@misc{b,\n  title = {B},\n}\n"


def test_links_and_modes_are_kept(run: Run, root: Path) -> None:
    real = root / "real.bib"
    (root / "bib/a.bib").rename(real)
    (root / "bib/a.bib").symlink_to(real)
    real.chmod(0o640)
    assert run("tag", "doe2020x", "+qa").exit_code == 0
    assert (root / "bib/a.bib").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "qa/data, qa" in real.read_text()
    assert sorted(p.name for p in root.iterdir()) == ["bib", "quizzes", "real.bib"]
