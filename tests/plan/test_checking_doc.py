"""What docs/checking.md tells to type works, and it names every calendar code and every kind of gap."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.plan.gaps import GAPS
from kb.validate.codes import CALENDAR_SEVERITIES

pytestmark = pytest.mark.collection


def test_commands_of_the_document_run(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```sh\n(.*?)```", (project / "docs/checking.md").read_text(), re.DOTALL)
    lines = [
        re.sub(r"\s+#.*$", "", line)
        for block in blocks
        for line in block.splitlines()
        if line.startswith("kb ")
    ]
    assert len(lines) >= 12
    for line in lines:
        if "@" in line:
            continue  # revisions of somebody's repository
        words = shlex.split(line)[1:]
        result = CliRunner().invoke(
            app,
            [
                *words,
                "--source",
                str(project),
                *(["--db", str(tmp_path / "kb.db")] if words[0] not in {"check"} else []),
            ],
        )
        assert result.exit_code == 0, (line, result.output)


def test_every_code_and_every_kind_is_described(project: Path) -> None:
    text = (project / "docs/checking.md").read_text()
    assert [
        code
        for code in (
            *CALENDAR_SEVERITIES,
            *GAPS,
            "link-dead",
            "link-moved",
            "link-unclear",
            "bad-link",
            "odd-link",
        )
        if f"`{code}`" not in text
    ] == []
