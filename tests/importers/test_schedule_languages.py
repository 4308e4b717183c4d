"""Schedules in German, French and Spanish: dates, labels, holidays, exams; titles stay as they are."""

from __future__ import annotations

import pytest

from kb.importers.drafts import DraftSession
from kb.importers.languages import in_english
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule


def brief(session: DraftSession) -> str:
    readings = "; ".join(
        f"{r.title}{f' {r.locator_text}' if r.locator_text else ''}{f' [{r.role}]' if r.role != 'required' else ''}"
        for r in session.readings
    )
    name = (
        " & ".join(t.title + (f" <{t.guest}>" if t.guest else "") for t in session.topics)
        or session.title
    )
    return (
        f"{session.day:%m%d}{f'-{session.last:%m%d}' if session.last else ''} {session.kind.value} {name}: {readings}".rstrip()
        + (f" | {', '.join(d.title for d in session.deliverables)}" if session.deliverables else "")
    )


GERMAN = """| Datum | Thema | Literatur | Abgabe |
|---|---|---|---|
| Di, 02.05.2023 | Datenqualität | Breck et al. (2019), Data Validation for Machine Learning, Kap. 1–3 | Übungsblatt 1 |
| Di, 09.05.2023 | Modelle testen | Ribeiro et al., Beyond Accuracy, S. 1-5 | |
| Di, 16.05.2023 | Gastvortrag: Dr. Sabine Weber (Bosch) | – | |
| Di, 23.05.2023 | Erklärbarkeit | „Interpretable Machine Learning“, Kapitel 3 und 5 (optional: Kapitel 6) | |
| 30. Mai – 2. Juni | Pfingstferien | | |
| Di, 18. Juli 2023 | Klausur | | |
"""

FRENCH = """Séance 1 — lundi 11 septembre 2023 : Présentation du cours
Lecture : aucune

Séance 2 — lundi 18 septembre 2023 : Qualité des données
Lecture : Sambasivan et al., « Everyone wants to do the model work »
À rendre : TP1

Séance 3 — lundi 2 octobre 2023 : Déploiement
Lecture : Huyen, Designing Machine Learning Systems, chap. 7
Facultatif : Paleyes et al., « Challenges in Deploying »

Lundi 30 octobre 2023 : Vacances de la Toussaint, pas de cours

Séance 4 — lundi 6 novembre 2023 : Examen partiel
"""

SPANISH = """| Semana | Fecha | Tema | Lecturas | Entregas |
|:--|:--|:--|:--|:--|
| 1 | Miércoles 8 de febrero | Requisitos | Jackson, «The World and the Machine» | |
| 2 | Lunes 13 de febrero | Calidad | Sommerville, Ingeniería de Software, cap. 24 | Tarea 1 |
| 2 | Miércoles 15 de febrero | Pruebas | Ammann y Offutt, Introduction to Software Testing, caps. 1 y 2; opcional: Myers, The Art of Software Testing, cap. 2 | |
| 3 | Lunes 20 de febrero | Feriado (sin clases) | | |
| 3 | Miércoles 22 de febrero | Charla invitada: Juan Pérez (Mercado Libre) | | |
| 4 | Lunes 27 de febrero | Primer parcial | | |
| 9 | 3 al 7 de abril | Semana Santa | | |
"""


@pytest.mark.parametrize(
    ("text", "semester", "expected"),
    [
        pytest.param(
            GERMAN,
            "S2023",
            [
                "0502 lecture Datenqualität: Data Validation for Machine Learning Kap. 1–3 | Übungsblatt 1", "0509 lecture Modelle testen: Beyond Accuracy S. 1-5", "0516 lecture Guest lecture <Dr. Sabine Weber (Bosch)>:",
                "0523 lecture Erklärbarkeit: Interpretable Machine Learning Kapitel 3 und 5; Interpretable Machine Learning Kapitel 6 [supplementary]", "0530-0602 break Pfingstferien:", "0718 exam Klausur:",
            ],
            id="German",
        ),
        pytest.param(
            FRENCH,
            "F2023",
            [
                "0911 lecture Présentation du cours:", "0918 lecture Qualité des données: Everyone wants to do the model work | TP1",
                "1002 lecture Déploiement: Designing Machine Learning Systems chap. 7; Challenges in Deploying [supplementary]", "1030 break Vacances de la Toussaint, pas de cours:", "1106 exam Examen partiel:",
            ],
            id="French",
        ),
        pytest.param(
            SPANISH,
            "S2023",
            [
                "0208 lecture Requisitos: The World and the Machine", "0213 lecture Calidad: Ingeniería de Software cap. 24 | Tarea 1",
                "0215 lecture Pruebas: Ammann y Offutt, Introduction to Software Testing caps. 1 y 2; The Art of Software Testing cap. 2 [supplementary]",
                "0220 break Feriado (sin clases):", "0222 lecture Guest lecture <Juan Pérez (Mercado Libre)>:", "0227 exam Primer parcial:", "0403-0407 break Semana Santa:",
            ],
            id="Spanish",
        ),
    ],
)  # fmt: skip
def test_rows_and_readings(text: str, semester: str, expected: list[str]) -> None:
    found = import_schedule(text, semester, WorkIndex([]))
    assert [brief(s) for s in found.sessions] == expected
    assert [e for e in found.ledger if e.what.startswith("weekday")] == []


def test_day_stands_before_month_where_weekdays_are_not_english() -> None:
    text = "| Date | Sujet |\n|-|-|\n| lundi 04/09 | A |\n| lundi 11/09 | B |\n"
    assert [f"{s.day:%m%d}" for s in import_schedule(text, "F2023", WorkIndex([])).sessions] == [
        "0904",
        "0911",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mon, Aug 29\nMarch 3 – 7\n12 September 2023\nMar 9 and 10 May",
        "Lecture: 12 mars bars\nReading: Tests",
        "Mo 9/4 Labor Day\nFr 9/8 Sets\nMo 9/11 do 1/2 of it",
    ],
)
def test_english_stays_as_it_is(text: str) -> None:
    assert in_english(text) is None
