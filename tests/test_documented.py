"""What is public is documented: codes, commands, tables, columns."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kb.store.schema import TABLES
from kb.store.views import VIEWS
from kb.validate.codes import CODES
from kb.validate.public_fields import PUBLIC_FIELDS
from kb.web.metadata import render_metadata


def test_every_code_has_an_explanation_and_every_explanation_a_code(project: Path) -> None:
    used = set()
    for path in (project / "kb").rglob("*.py"):
        if path.name == "codes.py":
            continue
        text = path.read_text()
        used.update(re.findall(r"code=\"([a-z-]+)\"", text))
        used.update(
            re.findall(
                r"(?:Problem|warn|report|finding|repeated)\(\s*\"([a-z]+(?:-[a-z]+)*)\"", text
            )
        )
        used.update(re.findall(r", \"([a-z]+-twice)\"\)", text))
        used.update(code for code in CODES if f'"{code}"' in text)
    used -= {"latex"}
    assert used - set(CODES) == set()
    assert set(CODES) - used - {"latex", "citation-key", "missing-title", "names"} == set()


def test_metadata_file_is_in_step_with_the_schema(project: Path) -> None:
    assert (project / "datasette-metadata.json").read_text() == render_metadata()


def test_every_table_and_column_is_described(database: Path) -> None:
    import sqlite3

    described = json.loads(render_metadata())["databases"]["kb"]["tables"]
    connection = sqlite3.connect(database)
    tables = [
        n
        for (n,) in connection.execute("select name from sqlite_master where type = 'table'")
        if "_fts" not in n and not n.startswith("sqlite_")
    ]
    for table in tables:
        columns = [row[1] for row in connection.execute(f"pragma table_info([{table}])")]
        assert set(columns) == set(described[table]["columns"]), table
    for view in VIEWS:
        assert described[view.name]["description"]
    connection.close()


def test_descriptions_are_not_empty() -> None:
    assert all(table.doc and all(column.doc for column in table.columns) for table in TABLES)


def test_every_command_has_help_with_an_example() -> None:
    from typer.main import get_command
    from typer.testing import CliRunner

    from cli.app import app

    runner = CliRunner()
    commands: list[list[str]] = []

    def walk(command: object, path: list[str]) -> None:
        children = getattr(command, "commands", None)
        if children:
            for name, child in children.items():
                walk(child, [*path, name])
        elif path:
            commands.append(path)

    walk(get_command(app), [])
    assert len(commands) >= 9
    for path in commands:
        result = runner.invoke(app, [*path, "--help"])
        assert result.exit_code == 0, path
        assert "Example" in result.output, path


def test_every_public_field_is_documented(project: Path) -> None:
    text = (project / "docs/public-fields.md").read_text(encoding="utf-8")
    listed = text.rstrip().splitlines()[-1]
    assert listed == ", ".join(f"`{name}`" for name in sorted(PUBLIC_FIELDS)) + "."


def test_the_catalogue_of_findings_is_in_step(project: Path) -> None:
    from kb.validate.catalogue import render_catalogue

    assert (project / "docs/findings.md").read_text(encoding="utf-8") == render_catalogue()


def test_documents_link_to_what_is_there_and_the_index_names_them_all(project: Path) -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    broken = [
        f"{path.relative_to(project)} -> {target}"
        for path in (*sorted((project / "docs").glob("*.md")), *sorted(project.glob("*.md")))
        for target in link.findall(path.read_text())
        if not (path.parent / target).exists()
    ]
    assert broken == []
    index = (project / "docs/index.md").read_text()
    missing = [p.name for p in (project / "docs").glob("*.md") if f"({p.name})" not in index]
    assert set(missing) <= {"index.md"}


def test_reference_of_commands_is_in_step(project: Path) -> None:
    from cli.reference import reference

    assert (project / "docs/reference.md").read_text() == reference(), (
        "run: python -m cli.reference > docs/reference.md"
    )
