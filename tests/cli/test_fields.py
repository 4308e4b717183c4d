"""No field that the format accepts is lost on the way out: the table in docs/formats.md says where
each one appears, and each is looked for there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.validate import schema

BIB = """@book{alpha2020book, author = {Alpha, Ann}, title = {Twin}, year = {2020}, edition = {7}, chapters-elsewhere = {Oldest: 5=88}}
@book{beta2010book, author = {Alpha, Ann}, title = {Twin}, year = {2010}, edition = {3}}
@article{gamma2001paper, author = {Gamma, G.}, title = {Paper}, year = {2001}, journal = {J}}
@misc{delta2000ahead, author = {Delta, D.}, title = {Ahead}, year = {2000}}
"""

PROMPTS = """- {id: q1, works: [gamma2001paper], text: Zprompt asks what?}
"""

SEMESTER = """id: F2030
course: Zcourse
term: fall
term-title: Zterm
year: 2030
title: Ztitle
also-known-as: [Zaka]
former-titles: [Zformer]
numbers: [Znumber]
units: Zunits
status: Zstatus
licence: Zlicence
home: https://zhome.example.org
notes: Znotes
zone: Europe/Berlin
staff:
  - {name: Zstaff, role: Zrole, url: "https://zstaff.example.org"}
meetings:
  - {kind: lecture, days: [Mon], start: "09:10", minutes: 75, place: Zroom}
  - {kind: lab, days: [Wed], time: "11:00-12:30", place: Zlab, from: 2030-09-01, to: 2030-10-31}
sections:
  - {id: A1, title: Zsection, staff: Zsectionstaff}
follow-days:
  - {date: 2030-09-10, follows: Mon}
first-week: 2030-09-02
tracks:
  - {number: Ztrack, replaces: [Zreplaced], text: Ztracktext, due: 2030-12-01}
breaks:
  - {from: 2030-10-14, to: 2030-10-18, title: Zbreak, counted: false}
policy:
  quiz: {grading: Zgrading}
  late: Zlate
outcomes: [Zoutcome]
recommended:
  - {work: delta2000ahead, locator: Ch. 77, url: "https://zahead.example.org", why: Zaheadwhy}
sessions:
  - date: 2030-09-02
    weekday: Mon
    kind: lecture
    place: Zownroom
    time: "10:15-11:45"
    topics:
      - {title: Ztopic, part: 2, guest: Zguest, materials: [{label: Zslides, url: "https://zslides.example.org"}]}
    readings:
      - {work: gamma2001paper, title: Zprinted, locator: pp. 41-43, url: "https://zread.example.org", why: Zwhy, library: "https://zlibrary.example.org", access: Zaccess}
      - {work: delta2000ahead, role: supplementary}
      - choose: 2
        why: Zgroupwhy
        from: [{work: alpha2020book, locator: Ch. 5}, {work: beta2010book}, {work: gamma2001paper}]
    prompts: [q1]
    deliverables:
      - {code: Zcode, title: Zhomework, url: "https://zdue.example.org", released: 2030-08-27, due: 2030-09-05T21:07, due-by-section: {A1: 2030-09-06T22:08}, submissions: [{title: Zsubmission, url: "https://zsub.example.org"}]}
    note: Znote
  - date: 2030-09-03
    follows: Mon
    topics: [{title: Zfollowing}]
  - {week: 2, topics: [{title: Zweekly}]}
  - {date: 2030-09-16, cancelled: true, reason: Zreason, topics: [{title: Zgone, continued: true}]}
"""

MARKERS = {
    "title, numbers": ["Ztitle"],
    "numbers": ["Znumber"],
    "term-title": ["Zterm"],
    "units, licence, notes, former-titles, also-known-as, outcomes": [
        "Zunits", "Zlicence", "Znotes", "Zformer", "Zaka", "Zoutcome",
    ],
    "status, home": ["Zstatus", "zhome"],
    "course": ["Zcourse"],
    "staff": ["Zstaff"],
    "meetings: days, start, minutes, place, from, to": ["Zroom", "Zlab"],
    "sections: id, title, staff": ["Zsection"],
    "recommended: work, locator, url, why": ["zahead", "Zaheadwhy"],
    "policy: the late rule": ["Zlate"],
    "policy: all other rules": ["Zgrading"],
    "tracks, breaks": ["Ztracktext", "Zbreak"],
    "topics: title, part, guest": ["Ztopic", "Zguest"],
    "time": ["10:15"],
    "place": ["Zownroom"],
    "materials": ["zslides"],
    "readings: title, locator, why": ["Zprinted", "41-43", "Zwhy"],
    "url": ["zread"],
    "role": ["supplementary"],
    "choose, from, one-of, why of the group": ["Zgroupwhy"],
    "library, access": ["zlibrary", "Zaccess"],
    "edition, where two works look alike": ["7th ed.", "3rd ed."],
    "chapters-elsewhere": ["Oldest: Ch. 88"],
    "prompts": ["Zprompt asks"],
    "deliverables: code, title": ["Zcode", "Zhomework"],
    "due": ["21:07"],
    "url of a deliverable": ["zdue"],
    "released": ["08-27", "Aug 27"],
    "submissions": ["zsub"],
    "reason": ["Zreason"],
    "note": ["Znote\\b"],
}  # fmt: skip
"""What is looked for; of `released` one of the two."""

COLUMNS = ("table", "long", "md", "html", "csv", "json", "next")


def rows(project: Path) -> dict[str, dict[str, bool]]:
    """Read the table of the documentation."""
    text = (project / "docs/formats.md").read_text()
    table = text.partition("### Where each field appears")[2].partition("\n## ")[0]
    found = {}
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        row = len(cells) == len(COLUMNS) + 1 and cells[0] not in {"field", "---"}
        if line.startswith("| ") and row:
            found[cells[0]] = dict(zip(COLUMNS, (c == "x" for c in cells[1:]), strict=True))
    return found


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("fields")
    for name, text in {
        "bib/a.bib": BIB, "quizzes/F2030.yaml": SEMESTER, "quizzes/prompts/p.yaml": PROMPTS,
        "quizzes/F2031.yaml": "id: F2031\nterm: fall\nyear: 2031\ntitle: Other\nsessions: []\n",
    }.items():  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)

    def kb(*words: str) -> str:
        result = CliRunner().invoke(
            app, [*words, "--source", str(root)], env={"COLUMNS": "200", "NO_COLOR": "1"}
        )
        assert result.exit_code == 0, result.output
        return re.sub(r"\\(.)", r"\1", result.stdout)

    return {
        "table": kb("list", "F2030"),
        "long": kb("list", "F2030", "--long"),
        **{f: kb("list", "F2030", "-f", f) for f in ("md", "html", "csv", "json")},
        "next": kb("next", "--semester", "F2030", "--on", "2030-09-01"),
    }


def appears(markers: list[str], text: str) -> bool:
    """Tell whether all markers are in a text; of a date either spelling."""
    if "Aug 27" in markers:
        return any(m in text for m in markers)
    return all(re.search(m if "\\" in m else re.escape(m), text) for m in markers)


def test_the_table_says_where_each_field_comes_out(project: Path, outputs: dict[str, str]) -> None:
    documented = rows(project)
    found = {
        label: {column: appears(markers, outputs[column]) for column in COLUMNS}
        for label, markers in MARKERS.items()
    }
    assert found == documented


def test_every_field_of_the_format_is_in_the_table_or_said_not_to_be_shown(project: Path) -> None:
    text = (project / "docs/formats.md").read_text()
    table = text.partition("### Where each field appears")[2].partition("\n## ")[0]
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)*", table))
    models = (
        schema.SemesterModel, schema.SessionModel, schema.ReadingModel, schema.DeliverableModel,
        schema.MeetingModel, schema.SectionModel, schema.RecommendedModel, schema.ChooseModel,
        schema.TrackModel, schema.BreakModel, schema.StaffModel, schema.SessionTopicModel,
    )  # fmt: skip
    fields = {f.alias or name for m in models for name, f in m.model_fields.items()}
    assert fields - named == set()
