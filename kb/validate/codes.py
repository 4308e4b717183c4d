"""Finding codes: what each means and how to mend it."""

from __future__ import annotations

from kb.errors import Unknown
from kb.findings import Severity, nearest

__all__ = ["CALENDAR_SEVERITIES", "CODES", "LEAVES_OUT", "explain_code"]

CALENDAR_SEVERITIES: dict[str, Severity] = {
    "calendar-shifted": Severity.ERROR,
    "weekday": Severity.ERROR,
    "year": Severity.ERROR,
    "date-order": Severity.WARNING,
    "deadline-after-end": Severity.WARNING,
    "holiday": Severity.WARNING,
    "off-pattern": Severity.WARNING,
    "on-break": Severity.WARNING,
    "quiz-on-break": Severity.WARNING,
    "reading-shifted": Severity.WARNING,
    "section-day": Severity.WARNING,
    "semester-link": Severity.WARNING,
    "slot-twice": Severity.WARNING,
}
"""How severe each finding about a calendar is. A calendar that is off by its pattern alone is a
warning.
"""

LEAVES_OUT = frozenset(
    {
        "bibtex-key",
        "bibtex-unclosed",
        "citation-key",
        "duplicate-key",
        "note-twice",
        "odd-file",
        "prompt-twice",
        "semester-file",
        "semester-twice",
        "topic-twice",
        "too-large",
        "unreadable",
        "yaml-alias",
        "yaml-documents",
        "yaml-duplicate-key",
        "yaml-syntax",
        "yaml-tab",
    }
)
"""Errors that leave an entry, a row or a file out of the database; others leave it in doubt."""

CODES: dict[str, str] = {
    "bad-link": (
        "A link is no web address. Pages and exports show it as text. Write it with https://."
    ),
    "bad-value": "A field has a value of the wrong kind, or one that is not allowed.",
    "bibtex-comma": (
        "A comma is missing in an entry. BibTeX would skip the rest of the entry; we read on and "
        "ask you to mend it."
    ),
    "bibtex-comment": (
        "An entry inside @comment{...}. BibTeX reads it all the same, some other programs do not."
    ),
    "bibtex-field": "Text inside an entry that is no field.",
    "bibtex-key": "An entry without a citation key.",
    "bibtex-leftover": "Text after an entry that belongs into it: mostly a closing brace too many.",
    "bibtex-macro": (
        "A word outside braces that no @string defines. BibTeX would print nothing; we keep the "
        "word."
    ),
    "bibtex-macro-size": (
        "Macros that name each other grew beyond a million characters and were cut."
    ),
    "bibtex-percent": "A % comment inside an entry; BibTeX knows none there.",
    "bibtex-repeated-field": "The same field twice in an entry. As in BibTeX the first counts.",
    "bibtex-swallowed": (
        "An entry that stands inside one that never closes, or in its damaged text; it is named "
        "and not read."
    ),
    "bibtex-unclosed": (
        "An entry whose braces never close. Reading goes on at the next entry that begins a line."
    ),
    "bibtex-value": "A value that cannot be read: unbalanced braces or quotes.",
    "chapter-twice": (
        "The same chapter is assigned in two sessions of a semester. Allowed; waive it when meant."
    ),
    "calendar-shifted": (
        "Most rows are off by the same number of days: the table of an earlier semester was taken "
        "over and only the year changed, which moves every date by a weekday or two. The year "
        "whose calendar fits is named. Date the rows anew (`kb import schedule --year OLD --shift "
        "364`), or take the table for the semester it is of. Where classes do meet on these days, "
        "state them under `meetings`."
    ),
    "citation-key": (
        "A citation key with characters that BibTeX, addresses or file names do not bear."
    ),
    "crossref": "An entry inherits from one that is not there.",
    "date-order": (
        "A row's date lies before that of the row above. Put the rows in order of time, or mend "
        "the date."
    ),
    "deadline-after-end": (
        "Something is due after the last row of the calendar, or has a date of its own after the "
        "last class. Work that is due on the day of a final event is fine. Check the date."
    ),
    "doi-in-url": (
        "The address of a work carries a DOI, and the entry has no doi field. Links by DOI last"
        " longer than addresses of pages."
    ),
    "doi-missing": (
        "A paper without DOI whose venue registers one for each paper. `kb check --online` "
        "proposes it."
    ),
    "duplicate-key": (
        "Two entries share a citation key, perhaps with other capitals. Both places are named."
    ),
    "encoding": "A file is not UTF-8. Its first odd byte is named; save the file as UTF-8.",
    "holiday": (
        "A row names a holiday that lies on another day that year, such as Labor Day on a "
        "Tuesday. Holidays of the United States are known, and only looked at where the zone is "
        "American or not stated."
    ),
    "latex": "LaTeX that could not be turned into text and is shown as written.",
    "link-dead": (
        "The server says that the page is not there, or there is no such server. Found by `kb "
        "check --reach`, which proposes other addresses of the same work that semesters or the "
        "entry know. A waiver with its reason keeps it quiet."
    ),
    "link-moved": (
        "The page has moved for good; the new address is named. Found by `kb check --reach`."
    ),
    "link-passing": (
        "A link of the moment: tracking parameters, somebody's session, a library's proxy, a "
        "shared file. It will not open for others, or not for long."
    ),
    "link-unclear": (
        "The server turned the program away, was too slow or is in trouble. Open the page in a "
        "browser. Found by `kb check --reach`."
    ),
    "locator": (
        "A portion that could not be read, such as chapters or pages. It is shown as written; its "
        "length is not known, and no question is matched to it."
    ),
    "misspelt-field": (
        "A field of an entry that looks like a misspelt known one. Only fields that are known to "
        "be public leave the sources; docs/public-fields.md lists them."
    ),
    "private-inside": (
        "A private field stands inside the value of another, because a brace is missing before it. "
        "The whole value is kept back until that is mended."
    ),
    "missing-field": "A field that must be there is not.",
    "missing-title": "An entry without title.",
    "names": "A list of people that could not be split with certainty.",
    "no-author": "A work with neither author nor editor.",
    "no-entries": "A .bib file without a single entry.",
    "no-prompt": "A session with readings for which the bank has no question.",
    "no-topic": "A work without topic; it is not found by browsing.",
    "no-year": "A work without year.",
    "note-twice": "Two shared notes have the same id.",
    "odd-link": (
        "A link that looks like a slip: punctuation of the sentence around it, a scheme twice, a "
        "host that is none, a % that begins no escape."
    ),
    "odd-file": (
        "Something among the sources that is no file to read: a link that leads nowhere, in a "
        "circle or out of the sources, a pipe or device, a folder that is named like a file."
    ),
    "too-large": "A YAML file above 20 MB, or a field above 200 kB; it is left out.",
    "off-pattern": (
        "A class on a day on which its kind does not meet, by `meetings`. Check the date; give "
        "the row a time of its own when the day is meant."
    ),
    "people-alike": (
        "Two names that may be one person's: the same family name, and given names that agree as "
        "far as they go. `kb people --merge A B` joins them; waive it when they are two."
    ),
    "section-day": (
        "A section that the plan puts on a day on which it has no class: a break, or a day that "
        "follows another weekday's schedule. Give it a day of its own under the row's `sections`."
    ),
    "on-break": (
        "A class on a day that lies in one of the semester's breaks, or has a break row. A row "
        "such as `No lab` stands for its kind only. Move the class, cancel it (`cancelled: true`) "
        "or waive the finding."
    ),
    "page-range": (
        "A range of pages that ends before it begins. Article numbers with pages of their own "
        "(12:1--12:34) are none."
    ),
    "preprint-published": (
        "A preprint is cited although its own record names a published version. Cite that one, "
        "and keep the preprint as eprint."
    ),
    "prompt-asks": (
        "A question asks for more than two things. Students have a quarter of an hour, and "
        "grading takes as many looks."
    ),
    "prompt-locator-unassigned": (
        "A question about a portion that no semester assigns, of a work that is assigned: mostly "
        "a slip in the locator."
    ),
    "prompt-long": "A question that takes long to read, above all in a second language.",
    "prompt-twice": "Two prompts have the same id.",
    "prompt-unused": "A question about a work that no semester assigns.",
    "quiz-on-break": (
        "A quiz is due on a break, or readings stand on a row without class, so that nobody would "
        "be asked about them. Move them to a class."
    ),
    "reading-shifted": (
        "From this row on, readings belong to the topic of a neighbouring class: a lecture was "
        "inserted or dropped and the topics moved, but the readings stayed. Judged by the topics "
        "under which other semesters assign them, by the topics of the works, and by their "
        "titles. Move the readings with their topics."
    ),
    "registry-differs": (
        "A registry has another value for a field. Found by `kb check --online`, which writes "
        "proposals; `kb check --fix` writes those you accepted."
    ),
    "registry-knows": (
        "A registry has a value where the entry has none, such as a DOI. Found by `kb check "
        "--online`."
    ),
    "repeated-number": "A course number is listed twice; perhaps another was meant.",
    "rubric-thin": (
        "A rubric without content: it names nothing of what the text says, so that only those "
        "who read it can grade."
    ),
    "same-work": (
        "Two entries seem to be the same work: same DOI or arXiv id, or same title and first "
        "author. Editions and volumes are told apart."
    ),
    "semester-file": "A semester's file is empty or named differently from the semester.",
    "semester-twice": "Two files describe the same semester.",
    "semester-link": (
        "A link of an assignment or of material still carries the name of another semester in its "
        "address, as after copying a table; for material (slides, recordings) it is only a note. "
        "Readings are not looked at."
    ),
    "session-twice": "Two rows of a semester have the same id.",
    "slot-twice": (
        "Two rows meet at the same time: two of one kind on a day without times that tell them "
        "apart, or times that overlap. An exam without time takes the lecture's slot. Rows that "
        "share the date of the row above (no `date`) are one class."
    ),
    "title-case": (
        "The title is in title case while most of the collection is in sentence case, or the "
        "other way round. Lists look mixed."
    ),
    "topic-alias-twice": "A name is an alias of two topics; readings could not be told apart.",
    "topic-slug": "A topic's slug may only have lower-case words joined by hyphens.",
    "topic-twice": "Two topics have the same slug.",
    "unannotated": "A work without public note.",
    "unknown-field": "A field that the format does not know; the nearest known name is suggested.",
    "unknown-prompt": "A session names a prompt that is not in the bank.",
    "unknown-topic": "A slug that no topic has.",
    "unknown-work": "A citation key that no work has; the nearest keys are suggested.",
    "unreadable": "A file that cannot be opened.",
    "volume-year": "Year and volume do not fit what other works of the journal say.",
    "waiver-unused": "A waiver for something that does not occur; remove it.",
    "weekday": (
        "The weekday written in a row contradicts its date. The date that was probably meant is "
        "suggested. When nearly all rows are wrong, see calendar-shifted."
    ),
    "yaml-alias": "A YAML file that grows without bound through aliases, or is nested too deeply.",
    "yaml-documents": "A YAML file with more than one document.",
    "yaml-duplicate-key": "A field written twice in a mapping.",
    "yaml-key": "A YAML key that is not text.",
    "yaml-syntax": "A file that is not YAML; line and column say where reading stopped.",
    "yaml-tab": "A tab in the indentation of a YAML file.",
    "year": "A year that is none, or a date that is not in its semester's year.",
}
"""Every code with its explanation; a test compares them with the codes the source names."""


def explain_code(code: str) -> str:
    """Give the explanation of a code.

    Raises:
        Unknown: no such code, with the nearest ones.
    """
    if code not in CODES:
        raise Unknown("code", code, nearest(code, CODES))
    severity = f" ({CALENDAR_SEVERITIES[code].value})" if code in CALENDAR_SEVERITIES else ""
    waiver = ""
    if code in CALENDAR_SEVERITIES or code in {"chapter-twice", "no-prompt", "odd-link"}:
        where = "" if code == "calendar-shifted" else ", session: 2022-09-21"
        waiver = (
            "\nTo waive one case, with a reason, write in the semester's file:\n  waivers:\n    "
            f"- {{code: {code}{where}, reason: why this is right here}}"
        )
    return f"{code}{severity}: {CODES[code]}{waiver}"
