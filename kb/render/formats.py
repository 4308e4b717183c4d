"""Which formats there are: the one list behind the command line, addresses, links, files and docs.

A new format is a module with `render(what, how)` below `kb.render`, and a line here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from kb.errors import UsageError
from kb.render.setting import Setting
from kb.views.models import ReadingList, WorkView

__all__ = [
    "BIBLIOGRAPHIC",
    "FORMATS",
    "Format",
    "find_format",
    "list_formats",
    "render_list",
    "render_works",
    "work_formats",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write things down that other programs read."""

    ending: str
    """Of its files, without the first full stop; also its name on the command line."""
    label: str
    """As a person calls it."""
    media: str
    """Media type without character set."""
    list: str = ""
    """Module that writes a reading list; empty where the list's works stand for it, or nothing."""
    works: str = ""
    """Module that writes works; empty where it holds none."""
    names: tuple[str, ...] = ()
    """Other names on the command line."""
    site: bool = True
    """False where the site has the same in another place, or making it takes long."""
    inline: bool = False
    """True where a browser shows it instead of offering to save it."""

    @property
    def holds_list(self) -> bool:
        """Tell whether a semester can be written so."""
        return bool(self.list or (self.works and self.ending in BIBLIOGRAPHIC))


BIBLIOGRAPHIC = frozenset({"bib", "csl.json", "ris"})
"""Formats of reference managers: of a semester they hold the works it assigns."""

FORMATS: dict[str, Format] = {
    found.ending: found
    for found in (
        Format(ending="ics", label="Calendar", media="text/calendar", list="reading_ics"),
        Format(ending="md", label="Markdown", media="text/markdown", list="reading_markdown"),
        Format(
            ending="html",
            label="one page",
            media="text/html",
            list="reading_html",
            site=False,
            inline=True,
        ),
        Format(ending="csv", label="CSV", media="text/csv", list="reading_csv", works="works_csv"),
        Format(
            ending="json",
            label="JSON",
            media="application/json",
            list="reading_json",
            works="works_json",
            site=False,
        ),
        Format(ending="bib", label="BibTeX", media="application/x-bibtex", works="works_bibtex"),
        Format(
            ending="csl.json",
            label="CSL-JSON",
            media="application/vnd.citationstyles.csl+json",
            works="works_csl",
            names=("csl",),
        ),
        Format(
            ending="ris",
            label="RIS",
            media="application/x-research-info-systems",
            works="works_ris",
        ),
        Format(
            ending="pdf",
            label="PDF",
            media="application/pdf",
            list="reading_pdf",
            site=False,
        ),
        Format(
            ending="docx",
            label="Word",
            media="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            list="reading_docx",
            site=False,
        ),
        Format(
            ending="atom",
            label="Atom feed",
            media="application/atom+xml",
            works="works_atom",
            site=False,
        ),
    )
}
"""Every format by the ending of its files, in the order they are offered."""


def list_formats(site: bool = False) -> tuple[Format, ...]:
    """Give the formats of reading lists; with `site` those that pages link to."""
    return tuple(f for f in FORMATS.values() if f.holds_list and (f.site or not site))


def work_formats(site: bool = False) -> tuple[Format, ...]:
    """Give the formats of works; with `site` those that pages link to."""
    return tuple(f for f in FORMATS.values() if f.works and (f.site or not site))


def find_format(name: str, among: Iterable[Format], option: str = "--format") -> Format:
    """Give the format of a name.

    Raises:
        UsageError: none of these has it.
    """
    known = tuple(among)
    wanted = name.casefold().removeprefix(".")
    for found in known:
        if wanted in {found.ending, *found.names}:
            return found
    raise UsageError(f"{option} {name!r}: one of {', '.join(f.ending for f in known)}")


def render_list(
    wanted: Format,
    reading_list: ReadingList,
    works: Iterable[WorkView] = (),
    how: Setting | None = None,
) -> str | bytes:
    """Write a reading list.

    Args:
        works: the works it assigns, for formats that hold nothing else.
    """
    how = how or Setting(title=reading_list.semester.title)
    if not wanted.list:
        return render_works(wanted, works, how)
    written: str | bytes = import_module(f"kb.render.{wanted.list}").render(reading_list, how)
    return written


def render_works(
    wanted: Format, works: Iterable[WorkView], how: Setting | None = None
) -> str | bytes:
    """Write works."""
    module = import_module(f"kb.render.{wanted.works}")
    written: str | bytes = module.render(works, how or Setting())
    return written
