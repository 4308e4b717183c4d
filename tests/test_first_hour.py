"""The first hour of another course: its commands run, in their order, on small files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

SYLLABUS = """\
# HIST 210: Cities and Their Past

| Date | Topic | Reading | Due |
| --- | --- | --- | --- |
| Mon Jan 12 | What is a city? | Mumford, *The City in History*, Ch. 1 | |
| Wed Jan 14 | Walls and gates | Jacobs, *The Death and Life of Great American Cities*, Ch. 2 | |
| Mon Jan 19 | MLK Day, no class | | |
| Wed Jan 21 | Plague and water | Cronon, *Nature's Metropolis*, pp. 55-93 | Response 1 |
"""

REFERENCES = """\
@book{mumford1961city, author={Mumford, Lewis}, title={The City in History}, year={1961}}
@book{jacobs1961death, author={Jacobs, Jane}, year={1961},
  title={The Death and Life of Great American Cities}}
@book{cronon1991nature, author={Cronon, William}, title={Nature's Metropolis}, year={1991}}
"""


def test_commands_of_the_document_run(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (project / "docs/first-hour.md").read_text()
    lines = [
        line
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]
    monkeypatch.chdir(tmp_path)
    for line in lines:
        words = shlex.split(line)
        if words[0] == "cd":
            monkeypatch.chdir(tmp_path / words[1])
            Path("syllabus.md").write_text(SYLLABUS)
            Path("refs.bib").write_text(REFERENCES)
            continue
        result = CliRunner().invoke(app, words[1:])
        assert result.exit_code in ({0, 1} if words[1] == "gaps" else {0}), (line, result.output)
    found = CliRunner().invoke(app, ["list", "S2026"]).stdout
    assert "The City in History, Ch. 1" in found and "Plague and water" in found
    assert Path("public/index.html").exists() and "BEGIN:VEVENT" in Path("calendar.ics").read_text()
