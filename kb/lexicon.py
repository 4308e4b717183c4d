"""Words for months, weekdays, ordinals and roles in the languages of courses, as data.

English comes first; German, French, Spanish, Italian, Portuguese and Dutch follow. Keys of look-ups
are folded (`kb.text.fold`): no case, no accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.text import DAYS, MONTHS, fold

__all__ = [
    "DAYS",
    "DAY_PATTERN",
    "DAY_WORDS",
    "MONTHS",
    "MONTH_NAMES",
    "MONTH_PATTERN",
    "MONTH_STEMS",
    "MONTH_WORDS",
    "ORDINALS",
    "ROLE_WORDS",
    "SHORT_DAY_WORDS",
    "day_named",
    "either",
    "month_named",
    "ordinal_named",
    "role_named",
]

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English names, January first."""

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""English names, Monday first."""

MONTH_WORDS = (
    "jan januar jänner janvier janv enero ene gennaio janeiro januari",
    "feb februar février fevrier févr fév febrero febbraio fevereiro februari",
    "mar märz maerz mrz mars marzo março maart",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio maio mei",
    "jun june juni juin junio giugno junho",
    "jul july juli juillet juil julio luglio julho",
    "aug august août aout agosto ago augustus",
    "sep sept september septembre septiembre setiembre settembre setembro",
    "oct oktober okt octobre octubre ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)
"""Names and short forms of each month beside its English name, January first."""

DAY_WORDS = (
    "mon montag lundi lunes lunedì segunda-feira maandag",
    "tue tues dienstag mardi martes martedì terça-feira dinsdag",
    "wed weds mittwoch mercredi miércoles mercoledì quarta-feira woensdag",
    "thu thur thurs donnerstag jeudi jueves giovedì quinta-feira donderdag",
    "fri freitag vendredi viernes venerdì sexta-feira vrijdag",
    "sat samstag sonnabend samedi sábado sabato zaterdag",
    "sun sonntag dimanche domingo domenica zondag",
)
"""Names of each weekday beside its English name, Monday first."""

SHORT_DAY_WORDS = (
    "m mo lun seg", "t tu di mar ter", "w we mi mer mié mie qua", "r tr th do jeu jue gio qui",
    "f fr ven vie sex", "u sa sam sáb sab", "su so dim dom",
)  # fmt: skip
"""Letters and very short forms: words of their own in other places, so only beside a date."""

ORDINALS = (
    "first erste premier première primero primera primo prima primeiro primeira eerste",
    "second zweite deuxième segundo segunda secondo seconda tweede",
    "third dritte troisième tercero tercera terzo terza terceiro terceira derde",
    "fourth vierte quatrième cuarto cuarta quarto quarta vierde",
    "fifth fünfte cinquième quinto quinta vijfde",
    "sixth sechste sixième sexto sexta sesto sesta zesde",
    "seventh siebte septième séptimo séptima settimo settima sétimo sétima zevende",
    "eighth achte huitième octavo octava ottavo ottava oitavo oitava achtste",
    "ninth neunte neuvième noveno novena nono nona negende",
    "tenth zehnte dixième décimo décima decimo decima tiende",
)
"""Ordinal words, first to tenth."""

ROLE_WORDS = {
    "required": "required mandatory compulsory core primary main obligatory skim "
    "pflicht obligatoire obligatorio obligatoria obbligatorio verplicht",
    "supplementary": "supplementary supplemental optional further additional extra background "
    "weiterführend facultatif optionnel complémentaire opcional complementaria facoltativo "
    "complementar aanvullend",
    "recommended": "recommended suggested empfohlen recommandé recomendado recomendada "
    "consigliato aanbevolen",
}
"""The role of a reading by the word that says it."""


def look_up(rows: Iterable[str]) -> dict[str, int]:
    """Give folded words by the number of their row, from 1; the first that has a word counts."""
    found: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        for word in row.split():
            found.setdefault(fold(word), number)
    return found


MONTH_OF = {fold(name): n for n, name in enumerate(MONTH_NAMES, 1)} | look_up(MONTH_WORDS)
DAY_OF = {fold(name): n for n, name in enumerate(DAY_NAMES, 1)} | look_up(DAY_WORDS)
ORDINAL_OF = look_up(ORDINALS)
ROLE_OF = {fold(word): role for role, words in ROLE_WORDS.items() for word in words.split()}


def either(words: Iterable[str]) -> str:
    """Give a pattern for any of the words, the longest first.

    Examples:
        >>> either(["jan", "january"])
        'january|jan'
    """
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


MONTH_STEMS = either(month.casefold() for month in MONTHS)
"""The first three letters of a month in English, for patterns that ignore case."""

MONTH_PATTERN = either({*map(str.casefold, MONTHS + MONTH_NAMES), "sept"})
"""A month in English, short or whole, for patterns that ignore case."""

DAY_PATTERN = either(day.casefold() for day in DAYS)
"""The first three letters of a weekday in English, for patterns that ignore case."""


def month_named(word: str) -> int | None:
    """Give the number of a month, from 1, by its name in any of the languages.

    Args:
        word: a whole name or a short form, with or without a full stop.

    Returns:
        None when it names no month.

    Examples:
        >>> month_named("Sept."), month_named("März"), month_named("octobre"), month_named("soon")
        (9, 3, 10, None)
    """
    return MONTH_OF.get(fold(word).rstrip("."))


def day_named(word: str) -> str | None:
    """Give the short English name of a weekday by its name in any of the languages.

    Examples:
        >>> day_named("Wednesday"), day_named("thurs."), day_named("Lundi"), day_named("noon")
        ('Wed', 'Thu', 'Mon', None)
    """
    number = DAY_OF.get(fold(word).rstrip("."))
    return DAYS[number - 1] if number else None


def ordinal_named(word: str) -> int | None:
    """Give the number that an ordinal names, as word or as figure.

    Examples:
        >>> ordinal_named("Third"), ordinal_named("2nd"), ordinal_named("last")
        (3, 2, None)
    """
    folded = fold(word).rstrip(".")
    figure = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th|e|er|eme|a|o)?", folded)
    return int(figure[1]) if figure else ORDINAL_OF.get(folded)


def role_named(word: str) -> str | None:
    """Give the role of a reading by a word for it: a value of `kb.records.Role`.

    Examples:
        >>> role_named("Mandatory"), role_named("optionnel"), role_named("blue")
        ('required', 'supplementary', None)
    """
    return ROLE_OF.get(fold(word).rstrip(".:"))
