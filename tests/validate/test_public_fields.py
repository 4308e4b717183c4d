"""Only fields that are named public leave the sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.parse.bibtex import parse_bibtex
from kb.validate.public_fields import PUBLIC_FIELDS, meant_field
from kb.validate.works import entry_to_work

PRIVATE = (
    "annote", "annotate", "comment", "comment-anna", "comments", "review", "notes", "private", "private-note", "privatenote",
    "annotation-staff", "annotation-staf", "annotation_staff", "annotationstaff", "staff", "rubric", "x-grade", "file", "local-url", "pdf",
    "bdsk-file-1", "owner", "timestamp", "date-added", "date-modified", "mendeley-tags", "mendeley-groups", "groups", "readstatus", "citeulike-article-id",
    "creationdate", "usera", "verba", "lista", "remark", "todo",
)  # fmt: skip


def test_private_fields_are_in_no_byte_of_any_artefact(tmp_path: Path) -> None:
    root = tmp_path / "course"
    runner = CliRunner()
    assert runner.invoke(app, ["new", str(root)]).exit_code == 0
    fields = "".join(f"  {name} = {{SECRET {name}}},\n" for name in PRIVATE)
    entry = (
        f"\n@article{{k2001,\n  title = {{T}},\n  author = {{A, B}},\n  year = 2001,\n{fields}}}\n"
    )
    torn = "\n@misc{torn2002,\n  title = {T},\n  note = {n, annotation-staff = {SECRET},\n  },\n}\n"
    bib = root / "bib/works.bib"
    bib.write_text(bib.read_text(encoding="utf-8") + entry + torn, encoding="utf-8")
    runner.invoke(app, ["build", "--source", str(root)])
    assert b"SECRET" not in (root / "kb.db").read_bytes()
    for format in ("bib", "csl", "csv", "json", "atom"):
        done = runner.invoke(app, ["export", format, "k2001", "torn2002", "--source", str(root)])
        assert done.exit_code == 0
        assert "SECRET" not in done.stdout
    assert runner.invoke(app, ["publish", str(root / "out"), "--source", str(root)]).exit_code == 0
    leaks = [p for p in (root / "out").rglob("*") if p.is_file() and b"SECRET" in p.read_bytes()]
    assert leaks == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("titel", "title"),
        ("autor", "author"),
        ("jounral", "journal"),
        ("anotation", "annotation"),
        ("annotation_staff", "annotation-staff"),
        ("keywrods", "keywords"),
        ("adress", "address"),
        ("notes", ""),
        ("comment-anna", ""),
        ("file", ""),
        ("mood", ""),
    ],
)
def test_a_misspelt_field_is_named(name: str, meant: str) -> None:
    assert meant_field(name) == meant
    (entry,), _ = parse_bibtex(f"@misc{{k, title = {{T}}, {name} = {{x}}}}", "bib/a.bib")
    work, findings = entry_to_work(entry, {})
    said = [f"{f.what}; {f.hint}" for f in findings if f.code == "misspelt-field"]
    expected = f"field {name!r} is not known and stays private; did you mean {meant}?"
    assert said == ([expected] if meant else [])
    assert work is not None
    assert f"{name} " not in work.bibtex


def test_no_public_field_looks_misspelt() -> None:
    assert [name for name in sorted(PUBLIC_FIELDS) if meant_field(name)] == []


def test_import_makes_no_private_note_public(tmp_path: Path) -> None:
    root = tmp_path / "course"
    runner = CliRunner()
    runner.invoke(app, ["new", str(root)])
    given = tmp_path / "in.bib"
    given.write_text(
        "@article{n1, author={F, B}, title={P}, year={2012}, journal={J}, annote={SECRET1},"
        " comment-anna={SECRET2}, review={SECRET3}, abstract={Long.}}\n",
        encoding="utf-8",
    )
    done = runner.invoke(app, ["import", "bib", str(given), "--source", str(root)])
    assert "left private: annote, comment-anna, review" in done.stdout
    written = (root / "bib/imported.bib").read_text(encoding="utf-8")
    assert [n for n in ("SECRET1", "SECRET2", "SECRET3") if n not in written] == []
    runner.invoke(app, ["build", "--source", str(root)])
    assert b"SECRET" not in (root / "kb.db").read_bytes()


def test_import_takes_the_note_that_was_named(tmp_path: Path) -> None:
    root = tmp_path / "course"
    runner = CliRunner()
    runner.invoke(app, ["new", str(root)])
    given = tmp_path / "in.bib"
    given.write_text("@misc{n1, author={F, B}, title={P}, year={2012}, review={Fine.}}", "utf-8")
    words = ["import", "bib", str(given), "--notes", "review", "--source", str(root)]
    assert "annotation from review" in runner.invoke(app, words).stdout
    assert "  annotation = {Fine.}" in (root / "bib/imported.bib").read_text(encoding="utf-8")
