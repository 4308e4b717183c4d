"""The README's commands and the formats document are true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

SKIPPED = ("kb serve", "kb import schedule schedule.md", "kb new", "kb publish")
"""Commands that run for ever or name a file that is an example."""


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [
        re.sub(r"\s+#.*$", "", line)
        for block in blocks
        for line in block.splitlines()
        if line.strip()
    ]


@pytest.mark.collection
def test_first_two_commands_do_their_own_set_up(project: Path) -> None:
    first, second = shell_lines((project / "README.md").read_text())[:2]
    assert (first, second) == ("python3 start.py list F2022", "python3 start.py pytest")


@pytest.mark.collection
def test_commands_run(
    project: Path, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = [
        line
        for line in shell_lines((project / "README.md").read_text())
        if line.startswith("kb ") and not line.startswith(SKIPPED)
    ]
    assert len(commands) >= 5
    for line in commands:
        words = shlex.split(line)[1:]
        options = ["--source", str(project)] + (
            []
            if words[0] in {"check", "gaps", "move", "plan", "ready"}
            else ["--db", str(database)]
        )
        result = CliRunner().invoke(app, [*words, *options])
        assert result.exit_code == 0, (line, result.output)


@pytest.mark.collection
def test_printed_result_is_what_is_printed(project: Path, database: Path) -> None:
    shown = re.search(r"```text\n(.*?)```", (project / "README.md").read_text(), re.DOTALL)
    assert shown
    out = (
        CliRunner()
        .invoke(app, ["list", "F2022", "--source", str(project), "--db", str(database)])
        .stdout
    )
    for line in shown[1].splitlines():
        assert line.strip() == "..." or line in out


def test_examples_of_the_formats_are_read(project: Path) -> None:
    from kb.parse.bibtex import parse_bibtex
    from kb.parse.yaml import parse_yaml
    from kb.sources.files import SourceFile
    from kb.validate.prompts import read_notes, read_prompts
    from kb.validate.semesters import read_semester
    from kb.validate.thesaurus import read_thesaurus
    from kb.validate.topics import read_topics

    text = (project / "docs/formats.md").read_text()
    entries, findings = parse_bibtex(re.search(r"```bibtex\n(.*?)```", text, re.DOTALL)[1], "a.bib")  # type: ignore[index]
    assert [e.key for e in entries] == ["breck2017ml"] and findings == ()
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    notes, topics, words, semester, _people, prompts = blocks[:6]
    for reader, block in (
        (read_notes, notes),
        (read_topics, topics),
        (read_thesaurus, words),
        (read_prompts, prompts),
    ):
        records, problems = reader(SourceFile(path="x.yaml", text=block))
        assert records and problems == (), problems
    found, waivers, problems = read_semester(SourceFile(path="quizzes/F2022.yaml", text=semester))
    assert found is not None and problems == () and len(waivers) == 1, problems
    assert parse_yaml(semester, "x")[1] == ()
