"""Quizzes leave for learning platforms and paper, and are read there."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import subprocess
import xml.etree.ElementTree as XML
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from typer.testing import CliRunner, Result

from cli.app import make_app
from kb.lists.prompts import numbers
from kb.lists.quizzes import unlock_moment, whole_moment
from kb.render.paper import find_browser
from kb.render.quiz.content import identifier
from kb.render.quiz.formats import QUIZ_FORMATS

SECRET = "only graders know this"
QUESTION = r"""What does `a = {1: "x"}` mean? ~tilde # hash: ]]> & <b>bold</b> 😀 עברית =cmd()

    indented = code

- first
- second"""

BIB = """@book{hulten2018,
  title = {Building "Intelligent" Systems & ]]> More},
  author = {Hulten, Geoff}, year = 2018, url = {https://x.org/a?b=1&c=2}
}
@article{other2020, title = {Other}, author = {Doe, Jane}, year = 2020}
"""
PROMPTS = f"""- id: hulten-5
  works: [hulten2018]
  locator: Ch. 5
  minutes: 15
  text: |
    {QUESTION.replace(chr(10), chr(10) + "    ")}
  rubric: {SECRET}
- id: hulten-5-again
  works: [hulten2018]
  locator: Ch. 5
  minutes: 10
  text: Another question on the same chapter?
- id: either
  works: [hulten2018, other2020]
  minutes: 10
  text: Whichever you chose, why?
"""


def semester(name: str, year: int) -> str:
    return f"""id: {name}
term: fall
year: {year}
title: A "Course" & More
zone: America/New_York
meetings:
  - {{kind: lecture, days: [Mon, Wed], start: "13:25", minutes: 80}}
policy:
  quiz: {{weight: 10, grading: pass/fail, due: class start, opens: 7 days before, late: not accepted}}
sessions:
  - date: {year}-11-{"02" if year == 2022 else "03"}
    topics: [{{title: "Quality: 100% & ~more"}}]
    readings: [{{work: hulten2018, locator: "Ch. 5"}}]
    prompts: [hulten-5]
  - date: {year}-11-{"07" if year == 2022 else "08"}
    topics: [{{title: Two ways}}]
    readings:
      - one-of: [{{work: hulten2018}}, {{work: other2020}}]
    prompts: [either]
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "quizzes" / "prompts").mkdir(parents=True)
    (tmp_path / "bib" / "a.bib").write_text(BIB)
    (tmp_path / "quizzes" / "prompts" / "a.yaml").write_text(PROMPTS)
    (tmp_path / "quizzes" / "F2021.yaml").write_text(semester("F2021", 2021))
    (tmp_path / "quizzes" / "F2022.yaml").write_text(semester("F2022", 2022))
    return tmp_path


def kb(root: Path, *words: str) -> Result:
    where = ["--source", str(root), "--db", str(root / "kb.db")]
    return CliRunner().invoke(make_app(), [*words, *where])


def quiz(root: Path, name: str, *words: str) -> bytes:
    target = root / f"out.{name}"
    result = kb(root, "quiz", "F2022", "--format", name, "-o", str(target), *words)
    assert result.exit_code == 0, (result.output, result.exception)
    return target.read_bytes()


def package(data: bytes) -> dict[str, XML.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        return {n: XML.fromstring(found.read(n)) for n in found.namelist() if n[-1] != "/"}


def local(root: XML.Element) -> list[tuple[str, str]]:
    return [(e.tag.rpartition("}")[2], (e.text or "").strip()) for e in root.iter()]


def test_qti_has_what_canvas_looks_for(course: Path) -> None:
    files = package(quiz(course, "qti"))
    manifest = files["imsmanifest.xml"]
    resources = [e for e in manifest.iter() if e.tag.endswith("}resource")]
    settings = [r for r in resources if r.get("type", "").endswith("learning-application-resource")]
    assert len(resources) == 4 and len(settings) == 2
    for resource in settings:
        href = resource.get("href", "")
        folder, _, name = href.partition("/")
        questions = files[f"{folder}/{folder}.xml"]
        assert name == "assessment_meta.xml"
        assert re.fullmatch(r"[A-Za-z0-9_]+", folder)
        (assessment,) = [e for e in questions.iter() if e.tag.endswith("}assessment")]
        assert assessment.get("ident") == folder == files[href].get("identifier")


def test_dates_have_their_offset_on_both_sides_of_the_change(course: Path) -> None:
    files = package(quiz(course, "qti"))
    found = {}
    for name, root in files.items():
        if name.endswith("assessment_meta.xml"):
            values = dict(reversed(local(root)))
            found[values["title"]] = (values["due_at"], values["unlock_at"], values["lock_at"])
    assert found == {
        "Reading quiz: Quality: 100% & ~more": (
            "2022-11-02T13:25:00-04:00",
            "2022-10-26T13:25:00-04:00",
            "2022-11-02T13:25:00-04:00",
        ),
        "Reading quiz: Two ways": (
            "2022-11-07T13:25:00-05:00",
            "2022-10-31T13:25:00-05:00",
            "2022-11-07T13:25:00-05:00",
        ),
    }


def test_question_says_the_same_as_the_one_of_text2qti(course: Path, tmp_path: Path) -> None:
    """Element by element: what Canvas's importer reads of an essay question."""
    text2qti = pytest.importorskip("text2qti.quiz")
    config = pytest.importorskip("text2qti.config").Config()
    from text2qti.qti import QTI

    theirs = QTI(
        text2qti.Quiz("Quiz title: Q\n\nPoints: 1\n1. Why?\n____\n", config=config, source_name="q")
    )
    target = tmp_path / "theirs.zip"
    theirs.save(target)
    other = package(target.read_bytes())
    their_item = next(
        e
        for n, r in other.items()
        if "assessment_meta" not in n
        for e in r.iter()
        if e.tag.endswith("}item")
    )
    ours = package(quiz(course, "qti", "--session", "F2022-1107"))
    our_item = next(e for r in ours.values() for e in r.iter() if e.tag.endswith("}item"))
    assert [t for t, _ in local(our_item)] == [t for t, _ in local(their_item)]
    labels = [v for t, v in local(our_item) if t == "fieldlabel"]
    assert labels == [v for t, v in local(their_item) if t == "fieldlabel"]
    settings = next(r for n, r in ours.items() if n.endswith("assessment_meta.xml"))
    their_settings = next(r for n, r in other.items() if n.endswith("assessment_meta.xml"))
    assert {t for t, _ in local(settings)} <= {t for t, _ in local(their_settings)} | {"time_limit"}


def test_identifiers_stay_when_texts_change(course: Path) -> None:
    before = set(package(quiz(course, "qti")))
    path = course / "quizzes" / "prompts" / "a.yaml"
    path.write_text(path.read_text().replace("Whichever you chose", "Whichever one you chose"))
    assert set(package(quiz(course, "qti"))) == before


def test_a_bank_has_every_question_once(course: Path) -> None:
    files = package(quiz(course, "qti", "--bank"))
    items = [e.get("title") for r in files.values() for e in r.iter() if e.tag.endswith("}item")]
    assert items == ["either", "hulten-5", "hulten-5-again"]
    banks = [e for r in files.values() for e in r.iter() if e.tag.endswith("}objectbank")]
    assert len(banks) == 1


def test_hostile_text_arrives_in_qti(course: Path) -> None:
    files = package(quiz(course, "qti"))
    shown = [e.text or "" for r in files.values() for e in r.iter() if e.tag.endswith("}mattext")]
    (text,) = [t for t in shown if "tilde" in t]
    assert '<code>a = {1: "x"}</code>' in text
    assert "]]&gt; &amp; &lt;b&gt;bold&lt;/b&gt; 😀 עברית =cmd()" in text
    assert "<pre><code>indented = code" in text and "<li>first</li>" in text


def test_qti_21_items_are_complete(course: Path) -> None:
    files = package(quiz(course, "qti21"))
    hrefs = [e.get("href", "") for e in files["imsmanifest.xml"].iter() if e.tag.endswith("}file")]
    assert set(hrefs) == set(files) - {"imsmanifest.xml"}
    tests = [r for n, r in files.items() if n.startswith("tests/")]
    refs = [
        e.get("href", "") for t in tests for e in t.iter() if e.tag.endswith("}assessmentItemRef")
    ]
    assert {r.removeprefix("../") for r in refs} == {n for n in files if n.startswith("items/")}
    for name, root in files.items():
        if name.startswith("items/"):
            tags = [t for t, _ in local(root)]
            assert tags[-1] == "extendedTextInteraction"
            body = next(e for e in root if e.tag.endswith("}itemBody"))
            assert not (body.text or "").strip(), "text stands in paragraphs"


def test_moodle_xml_is_read(course: Path) -> None:
    root = XML.fromstring(quiz(course, "moodle"))
    kinds = [q.get("type") for q in root]
    assert kinds == ["category", "essay", "category", "essay"]
    categories = [q.findtext("category/text") for q in root if q.get("type") == "category"]
    assert (
        categories[0]
        == "$course$/top/Reading quizzes, Fall 2022/2022-11-02 Reading quiz: Quality: 100% & ~more"
    )
    question = root[1]
    assert question.findtext("name/text") == "hulten-5"
    assert question.findtext("defaultgrade") == "1"
    assert "=cmd()" in (question.findtext("questiontext/text") or "")
    assert question.findtext("graderinfo/text") == ""
    numbers_of = [q.findtext("idnumber") for q in root]
    assert len(set(numbers_of)) == 4


def gift_questions(text: str) -> dict[str, str]:
    """Read GIFT as Moodle does: escapes protected first, blank lines between questions."""
    found = {}
    for block in re.split(r"\n\s*\n", text.strip()):
        if block.startswith(("$CATEGORY", "//")):
            continue
        hidden = re.sub(r"\\([\\~=#{}:])", lambda m: chr(0xE000 + ord(m[1])), block)
        match = re.fullmatch(r"::([^:]*)::\[html\]([^{}~=#]*)\{\}", hidden, re.DOTALL)
        assert match, block
        plain = [
            re.sub("[\ue000-\ue0ff]", lambda m: chr(ord(m[0]) - 0xE000), p) for p in match.groups()
        ]
        found[plain[0]] = plain[1].replace("\\n", "\n")
    return found


def test_gift_is_read(course: Path) -> None:
    found = gift_questions(quiz(course, "gift").decode())
    assert set(found) == {"hulten-5", "either"}
    assert '<code>a = {1: "x"}</code> mean? ~tilde # hash: ]]&gt;' in found["hulten-5"]
    assert '<a href="https://x.org/a?b=1&amp;c=2">' in found["hulten-5"]


def test_sheets_open_in_their_programs(course: Path) -> None:
    document = docx.Document(io.BytesIO(quiz(course, "docx")))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Answer for one of the two." in text and "=cmd()" in text and "indented = code" in text
    targets = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert "https://x.org/a?b=1&c=2" in targets
    page = quiz(course, "html").decode()
    assert page.count("<section") == 2 and "Names" in page and "<b>bold" not in page


@pytest.mark.skipif(find_browser() is None, reason="needs Chromium or WeasyPrint")
def test_pdf_has_a_page_a_class(course: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(quiz(course, "pdf")))
    assert len(reader.pages) == 2
    assert "Whichever you chose" in reader.pages[1].extract_text()


def test_no_way_to_make_pdf_is_said(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("kb.render.paper.find_spec", lambda name: None)
    result = kb(course, "quiz", "F2022", "--format", "pdf", "-o", str(course / "x.pdf"))
    assert "PDF needs WeasyPrint" in str(result.exception)


def test_tables_say_when_and_what(course: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(quiz(course, "csv").decode(), newline="")))
    assert [(r["quiz"], r["due"], r["weight"], r["section"]) for r in rows] == [
        ("F2022-1102", "2022-11-02T13:25:00-04:00", "10", ""),
        ("F2022-1107", "2022-11-07T13:25:00-05:00", "10", ""),
    ]
    assert "rubric" not in rows[0]


@pytest.mark.parametrize("name", [n for n in QUIZ_FORMATS if n != "pdf"])
def test_staff_text_is_in_no_byte_and_bytes_repeat(name: str, course: Path) -> None:
    first = quiz(course, name)
    assert quiz(course, name) == first
    plain = first
    if zipfile.is_zipfile(io.BytesIO(first)):
        with zipfile.ZipFile(io.BytesIO(first)) as found:
            plain += b"".join(found.read(n) for n in found.namelist())
    assert SECRET.encode() not in plain


@pytest.mark.parametrize("name", [n for n in QUIZ_FORMATS if n != "pdf"])
def test_rubrics_go_to_graders_alone(name: str, course: Path) -> None:
    staff = course / "staff.db"
    assert kb(course, "build", "--staff", str(staff)).exit_code == 0
    target = course / f"graders.{name}"
    words = ["quiz", "F2022", "--format", name, "--with-rubric", "-o", str(target)]
    assert "needs --staff FILE" in str(kb(course, *words).exception)
    result = kb(course, *words, "--staff", str(staff))
    if not QUIZ_FORMATS[name].rubrics:
        assert "is for students" in str(result.exception)
        assert not target.exists()
        return
    assert result.exit_code == 0, result.exception
    data = target.read_bytes()
    if name == "docx":
        data = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs).encode()
    assert SECRET.encode() in data


def test_fresh_takes_what_was_not_asked_for_two_years(course: Path) -> None:
    result = kb(course, "quiz", "F2022", "--format", "csv", "--fresh")
    assert result.exit_code == 0, result.exception
    assert "F2022-1102: hulten-5 was asked in F2022; hulten-5-again instead" in result.stderr
    assert "F2022-1107: either was asked in F2022; the bank has no other" in result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert [r["prompts"] for r in rows] == ["hulten-5-again", "either"]


def test_prompts_tell_when_they_were_asked(course: Path) -> None:
    text = kb(course, "prompts").stdout
    assert "asked in F2021 (2021-11-03" in text and "never asked" in text
    fresh = kb(course, "prompts", "hulten2018", "--fresh", "--on", "2023-01-01", "--json").stdout
    assert '"hulten-5-again"' in fresh and '"id": "either"' not in fresh


def test_what_fits_nothing_is_said(course: Path) -> None:
    result = kb(course, "quiz", "F2022", "--session", "F2022-0101")
    assert "no quiz fits" in str(result.exception)


def test_moments() -> None:
    assert whole_moment("", "UTC") == ""
    assert whole_moment("2022-11-06", "America/New_York") == "2022-11-06T23:59:00-05:00"
    assert unlock_moment("2022-11-07T13:25:00-05:00", {"opens": "36 hours before"}) == (
        "2022-11-06T01:25:00-05:00"
    )
    assert unlock_moment("2022-11-07T13:25:00-05:00", {"opens": "at once"}) == ""
    assert numbers("Ch. 5, 7-9") == {5, 7, 8, 9}


def test_names_are_told_apart() -> None:
    assert identifier("quiz", "F2022:0907") != identifier("quiz", "F2022-0907")
    assert re.fullmatch(r"quiz_[A-Za-z0-9_]{1,69}", identifier("quiz", "../é" * 60))


@pytest.mark.collection
def test_every_semester_gives_every_package(project: Path, database: Path, tmp_path: Path) -> None:
    with sqlite3.connect(database) as connection:
        counts = dict(
            connection.execute(
                "select s.semester, count(distinct s.id) from quiz_prompts q"
                " join sessions s on s.id = q.session where not s.cancelled group by s.semester"
            )
        )
    for name, count in counts.items():
        target = tmp_path / f"{name}.zip"
        result = CliRunner().invoke(
            make_app(("quiz",)),
            [
                *("quiz", name, "--format", "qti", "-o", str(target)),
                *("--source", str(project), "--db", str(database)),
            ],
        )
        assert result.exit_code == 0, (name, result.exception)
        files = package(target.read_bytes())
        assert sum(n.endswith("assessment_meta.xml") for n in files) == count, name


def test_xmllint_finds_nothing(course: Path, tmp_path: Path) -> None:
    target = tmp_path / "q.xml"
    target.write_bytes(quiz(course, "moodle"))
    try:
        done = subprocess.run(["xmllint", "--noout", str(target)], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("xmllint is not installed")
    assert done.stderr == b""
