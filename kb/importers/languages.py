"""Dates and labels of schedules in German, French, Spanish, Italian, Portuguese and Dutch, given in English; titles stay as they are."""

from __future__ import annotations

import re

from kb.records import Kind
from kb.text import fold

__all__ = ["in_english", "kind_named", "with_han_dates"]

MONTHS = {
    "Jan": "januar jänner janvier janv enero ene gennaio janeiro januari",
    "Feb": "februar février fevrier févr fév febrero febbraio fevereiro februari",
    "Mar": "märz maerz mrz mars marzo março maart",
    "Apr": "avril avr abril abr aprile",
    "May": "mai mayo maggio maio mei",
    "Jun": "juni juin junio giugno junho",
    "Jul": "juli juillet juil julio luglio julho",
    "Aug": "août aout agosto ago augustus",
    "Sep": "septembre septiembre setiembre settembre setembro",
    "Oct": "oktober okt octobre octubre ottobre outubro",
    "Nov": "novembre noviembre novembro",
    "Dec": "dezember dez décembre decembre déc diciembre dic dicembre dezembro",
}
ENGLISH_TOO = "jan feb april august september sept november oct nov june july"
"""Names of months that are English as well."""

WEEKDAYS = {
    "Mon": "montag lundi lunes lunedì segunda-feira maandag",
    "Tue": "dienstag mardi martes martedì terça-feira dinsdag",
    "Wed": "mittwoch mercredi miércoles miercoles mercoledì quarta-feira woensdag",
    "Thu": "donnerstag jeudi jueves giovedì quinta-feira donderdag",
    "Fri": "freitag vendredi viernes venerdì sexta-feira vrijdag",
    "Sat": "samstag samedi sábado sabado sabato zaterdag",
    "Sun": "sonntag dimanche domingo domenica zondag",
}
SHORT = {
    "Mon": "mo lun seg", "Tue": "di mar ter", "Wed": "mi mer mié mie qua", "Thu": "do jeu jue gio qui", "Fri": "fr ven vie sex", "Sat": "sa sam sáb sab", "Sun": "so dim dom",
}  # fmt: skip
"""Short names, read only in front of a number."""

ENGLISH_SHORT = "mo fr sa so do mar mer sam dim sex ter"
"""Short names that are English as well, or English words; they tell the language only in front of `18.04.`."""

LABELS = {
    "Reading": "lectures|lecture|lectures obligatoires|lecture obligatoire|à lire|lektüre|literatur|pflichtlektüre|pflichtliteratur|texte|lecturas|lectura|bibliografía|leituras|leitura|letture|bibliographie",
    "Optional reading": "facultatif|optionnel|lectures complémentaires|lectures facultatives|pour aller plus loin|weiterführende literatur|zusatzliteratur|vertiefung|opcional|lecturas opcionales|lecturas complementarias|leituras complementares|facoltativo",
    "Due": "à rendre|rendu|rendus|remise|remises|devoirs|devoir|travaux|abgabe|abgaben|übung|übungen|übungsblatt|hausaufgabe|hausaufgaben|aufgaben|entrega|entregas|tarea|tareas|evaluaciones|consegna|consegne",
    "Date": "data|fecha|datum|termin|jour|día|giorno",
    "Topic": "sujet|thème|thèmes|contenu|contenido|contenidos|inhalt|thema|themen|tema|temas|cours|clase|vorlesung|sitzungsthema|argomento|conteúdo",
    "Week": "semaine|semana|woche|kw|settimana|séance|sesión|sitzung|nr",
    "Speaker": "dozent|dozentin|referent|referentin|referat|intervenant|intervenante|ponente|docente|profesor",
    "Slides": "folien|diapositives|diapositivas|transparents|transparencias",
    "Comments": "bemerkung|bemerkungen|anmerkungen|remarques|observaciones|notas|hinweise",
}
KINDS = {
    Kind.LECTURE: "vorlesung|vl|cours magistral|cm|teoría|lezione|hoorcollege",
    Kind.RECITATION: "übung|übungen|tutorium|td|travaux dirigés|seminario|esercitazione|werkcollege",
    Kind.LAB: "praktikum|labor|laborübung|tp|travaux pratiques|laboratorio|práctica|prácticas|practicum",
    Kind.EXAM: "klausur|prüfung|zwischenklausur|abschlussklausur|probeklausur|examen|examen partiel|examen final|parcial|esame|tentamen",
    Kind.BREAK: "ferien|feiertag|frei|vorlesungsfrei|vacances|jour férié|vacaciones|feriado|festivo|vacanze|vakantie",
}
"""Kinds of meetings, as a column of kinds names them."""

HEADS = {"Type": "art|typ|veranstaltung|veranstaltungsart|form|tipo|modalité"}
"""Names of columns, as such only beside others."""

MEETINGS = {
    "Session": "séance sesión sitzung sessão",
    "Week": "semaine semana woche settimana",
    "Lecture": "vorlesung cours lezione",
    "Class": "clase aula",
}

MONTH_OF = {name: english for english, names in MONTHS.items() for name in names.split()} | {
    name: name[:3].title() for name in ENGLISH_TOO.split()
}
WEEKDAY_OF = {name: english for english, names in WEEKDAYS.items() for name in names.split()}
SHORT_OF = {name: english for english, names in SHORT.items() for name in names.split()}
LABEL_OF = {fold(name): english for english, names in LABELS.items() for name in names.split("|")}
KIND_OF = {fold(name): kind for kind, names in KINDS.items() for name in names.split("|")}
HEAD_OF = {fold(name): english for english, names in HEADS.items() for name in names.split("|")}
MEETING_OF = {fold(name): english for english, names in MEETINGS.items() for name in names.split()}


def either(names: dict[str, str]) -> str:
    """Give a pattern for any of the names, the longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


WEEKDAY = rf"(?:(?P<weekday>{either(WEEKDAY_OF)})|(?P<short>{either(SHORT_OF)}))"
BEFORE = rf"(?:\b{WEEKDAY}\b\.?,?\s+(?:(?:le|den|dem|el|dia|día|il)\s+)?)"
DATE = re.compile(
    rf"{BEFORE}?(?:\b(?:du|vom|del)\s+)?(?<![\d./-])(?P<day>\d{{1,2}})(?:er\b|[.º°])?(?:\s*(?:[-–]|\bau\b|\bal\b|\bbis\b|\ba\b)\s*(?P<last>\d{{1,2}})[.º°]?)?\s*(?:de\s+)?\b(?P<month>{either(MONTH_OF)})\b\.?(?:,?\s+(?:de\s+|del\s+)?(?P<year>20\d\d)\b)?",
    re.IGNORECASE,
)
"""`lundi 2 octobre 2023`, `Di, 18. April`, `del 3 al 7 de abril`."""

NUMERIC = re.compile(rf"{BEFORE}(?=\d{{1,2}}[./]\s?\d{{1,2}})", re.IGNORECASE)
"""`Di, 18.04.2023`, `jeudi 12/10`."""

LINE_LABEL = re.compile(
    r"(?m)^(?P<lead>[\s*_>#•–-]*)(?P<name>[^\W\d_][\w' ]{1,30}?)(?P<behind>[*_]*)\s*:(?=[\s*_]|$)"
)
CELL_LABEL = re.compile(
    r"(?P<lead>[|>\t]\s*\**|^\**)(?P<name>[^\W\d_][\w' ]{1,30}?)(?P<behind>\**\s*(?=[|<\t]|$))",
    re.MULTILINE,
)
MEETING = re.compile(
    rf"\b(?P<name>{either({name: '' for names in MEETINGS.values() for name in names.split()})})\s+(?=\d{{1,2}}\b)",
    re.IGNORECASE,
)
OPTIONAL = re.compile(
    r"\b(?:opcional(?:es)?|facultati[fv][eo]?s?|optionnel(?:le)?s?|facoltativ[oa]|fakultativ|freiwillig)\b(?=\s*[:)])",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"(?<=[:|>\t])(?P<space>\s*)(?:aucune?|keine?|ning[uú]n[oa]?|nessun[oa]|nenhum[a]?)(?P<behind>\.?\s*(?=[|<\t\n]|$))",
    re.IGNORECASE,
)
"""`Lecture : aucune`."""

QUOTES = re.compile(r"«\s*(?P<french>[^«»\n]{2,300}?)\s*»|„(?P<german>[^„“”\n]{2,300})[“”]")
MIN_DATES = 2
FOREIGN = (
    frozenset(LABEL_OF)
    - frozenset(KIND_OF)
    - {"lecture", "lectures", "nr", "tema", "texte", "cours", "clase"}
)
"""Labels that are no English words, and nothing else in their own language."""


HAN_DATE = re.compile(
    r"(?:(?P<year>20\d\d)\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日(?:\s*[(（]?(?:星期|周|週|曜)?[一二三四五六日月火水木金土]曜?日?[)）])?"
)
"""`2025年4月7日`, `4月7日（月）`."""


def with_han_dates(text: str) -> str:
    """Give a text with Chinese and Japanese dates as English writes them.

    Examples:
        >>> with_han_dates("2025年4月7日, 4月14日（月）")
        '2025-04-07, Apr 14'
    """

    def written(found: re.Match[str]) -> str:
        month, day = int(found["month"]), int(found["day"])
        if found["year"]:
            return f"{found['year']}-{month:02}-{day:02}"
        return f"{MONTH_NAMES[(month - 1) % 12]} {day}"

    return HAN_DATE.sub(written, text)


MONTH_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def in_english(text: str) -> str | None:
    """Give a schedule with its dates, labels and quotes as English writes them, line by line; None where fewer than two dates or names of columns are in another language.

    Examples:
        >>> print(in_english("lundi 2 octobre 2023 : Tests\\nLecture : « Un titre »\\nlundi 9 octobre 2023 : Fin"))
        Mon 2 Oct 2023 : Tests
        Reading: “Un titre”
        Mon 9 Oct 2023 : Fin
    """
    foreign = sum(
        1
        for m in DATE.finditer(text)
        if m["month"].casefold() not in ENGLISH_TOO.split() or m["weekday"]
    ) + sum(
        1
        for m in NUMERIC.finditer(text)
        if m["weekday"]
        or m["short"].casefold() not in ENGLISH_SHORT.split()
        or "." in text[m.end() : m.end() + 3]
    )
    if (
        foreign < MIN_DATES
        and len({fold(m["name"]) for m in CELL_LABEL.finditer(text)} & FOREIGN) < MIN_DATES
    ):
        return None
    text = NUMERIC.sub(lambda m: f"{weekday_of(m)}, ", DATE.sub(english_date, text))
    text = MEETING.sub(lambda m: f"{MEETING_OF[fold(m['name'])]} ", text)
    text = LINE_LABEL.sub(
        lambda m: (
            f"{m['lead']}{label}{m['behind']}:"
            if (label := LABEL_OF.get(fold(m["name"])))
            else m[0]
        ),
        text,
    )
    text = CELL_LABEL.sub(english_cell, text)
    text = NOTHING.sub(r"\g<space>none\g<behind>", OPTIONAL.sub("optional", text))
    return QUOTES.sub(lambda m: f"“{m['french'] or m['german']}”", text)


def english_cell(found: re.Match[str]) -> str:
    """Give the name of a column, or the label of a line, in English; a kind of meeting below the names of columns stays."""
    name, text = fold(found["name"]), found.string
    line = text[
        text.rfind("\n", 0, found.start("name")) + 1 : (
            text.find("\n", found.end()) + 1 or len(text)
        )
    ]
    head = bool({fold(m["name"]) for m in CELL_LABEL.finditer(line)} & FOREIGN) or text[
        : found.start("name")
    ].rpartition("<")[2].startswith("th")
    english = HEAD_OF.get(name) if head else None
    if not head and name in KIND_OF and found["lead"].strip("*"):
        return found[0]
    english = english or LABEL_OF.get(name)
    return f"{found['lead']}{english}{found['behind']}" if english else found[0]


def kind_named(word: str) -> Kind | None:
    """Give the kind of meeting that a word of another language names; None for others.

    Examples:
        >>> str(kind_named("Übung")), kind_named("Thema")
        ('recitation', None)
    """
    return KIND_OF.get(fold(word.strip(" :.")))


def weekday_of(found: re.Match[str]) -> str:
    """Give the English weekday of a match; empty when it has none."""
    return (
        WEEKDAY_OF[found["weekday"].casefold()]
        if found["weekday"]
        else SHORT_OF[found["short"].casefold()]
        if found["short"]
        else ""
    )


def english_date(found: re.Match[str]) -> str:
    """Give a date in English; one that is English already as it is."""
    if (
        found["month"].casefold() in ENGLISH_TOO.split()
        and not found["weekday"]
        and not found["short"]
    ):
        return found[0]
    weekday, month, last = weekday_of(found), MONTH_OF[found["month"].casefold()], found["last"]
    return f"{weekday + ' ' if weekday else ''}{found['day']}{f' – {last}' if last else ''} {month}{' ' + found['year'] if found['year'] else ''}"
