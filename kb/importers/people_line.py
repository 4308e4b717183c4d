"""A bare line that begins with people by full names: `Fred Brooks, The Mythical Man-Month, Addison-Wesley, 1975.`"""

from __future__ import annotations

import re
from dataclasses import replace

from kb.importers.citation import YEAR, Citation, clean_title, clean_url, details
from kb.importers.cited_people import LINK, as_family_first
from kb.importers.letters import UPPER
from kb.importers.listed_work import NO_PERSON, NOUN, PERSON, venue_in
from kb.text import collapse

__all__ = ["people_line"]

JOINT = re.compile(r"(,?\s+(?:and|&)\s+|,\s+|:\s+)")
TITLE = re.compile(
    rf"(?P<title>[{UPPER}0-9][^\n\"“”\[\]]{{4,200}}?)(?:(?P<mark>[?!])\s+|\.\s+|,\s+|\s+\()(?P<facts>(?:(?:of|in|on|the|and|for|[A-Z0-9][^\s,()]*)[,\s]+){{0,9}}?(?:19|20)\d\d)\)?(?P<behind>[.,;:]?(?=\s|$).*)$"
)
"""A title, up to nine words of a place, a year, and what is said."""


PUBLISHER = re.compile(
    r"\b(?:Press|Hall|Wiley|Springer|Addison-Wesley|O['’]Reilly|Manning|Apress|Packt|Books|Media|Pearson|Elsevier|Penguin|McGraw-Hill)\b"
)
"""What stands behind a title of two words that could be a person's."""

NO_TITLE = re.compile(
    r"^(?:In|Proc(?:eedings)?|Proc\.|Journal|Transactions|IEEE|ACM|Dep(?:t|artment)|Institute|University)\b|\b(?:University|Institute|Press|Inc)\.?$"
)
"""Places, which stand behind people where the title is elsewhere."""


def people_line(text: str) -> tuple[Citation, str] | None:
    """Give the work of a line without marks that begins with people by full names, and what is said about it; None for another line.

    Examples:
        >>> work, note = people_line("Fred Brooks, The Mythical Man-Month, Addison-Wesley, 1975. Read it.")
        >>> work.authors, work.title, work.venue, work.year, note
        (('Brooks, Fred',), 'The Mythical Man-Month', 'Addison-Wesley', 1975, 'Read it.')
        >>> people_line("Human Compatible, Stuart Russell, 2019") is None
        True
    """
    flat = collapse(text)
    link = LINK.search(flat)
    if re.search(r"[\"“”*_`\[]", flat[: link.start() if link else len(flat)]) or not YEAR.search(
        flat
    ):
        return None
    pieces = JOINT.split(flat)
    names: list[str] = []
    at, ended = 0, False
    while at < len(pieces) - 1 and not ended:
        bare = re.sub(r",? et\.? al\.?$", "", pieces[at])
        if not is_name(bare):
            break
        names.append(bare)
        ended = (
            bare != pieces[at]
            or ":" in pieces[at + 1]
            or (at > 0 and re.search(r"and|&", pieces[at - 1]) is not None)
        )
        at += 2
    if (
        len(names) > 1
        and not ended
        and PUBLISHER.search(pieces[at])
        and YEAR.search("".join(pieces[at : at + 3]))
        and not re.search(r"\s[a-z]", pieces[at])
    ):
        at, names = at - 2, names[:-1]  # Robert C. Martin, Clean Code, Prentice Hall
    rest = "".join(pieces[at:])
    if is_name(re.split(r"(?<!\b[A-Z])\.\s|\s\(", rest)[0]):
        return None  # the last of the people, a year or full stop behind
    found = TITLE.match(rest) if names else None
    if (
        found is None
        or NO_TITLE.search(found["title"])
        or re.search(r",\s*[A-Z]\.|\bet\.? al", found["title"])
        or not (ended or len(found["title"].split()) > 1)
    ):
        return None
    behind = LINK.sub("", found["behind"]) if link else found["behind"]
    address = re.search(r"https?://[^\s<>)]+", behind)
    url = clean_url(link[2]) if link else clean_url(address[0]) if address else ""
    note = (
        re.sub(r"<?https?://[^\s<>]+>?", " ", behind).strip(" .,;:()[]<>–—-")
        if address or not re.search(r"\w", behind)
        else behind.strip(" ,;:–—-").removeprefix(".").strip(" –—-()[]")
    )
    citation = details(
        tuple(as_family_first(n) for n in names),
        pieces[at - 2] != names[-1] if at > 1 else False,
        clean_title(found["title"] + (found["mark"] or ""))[0],
        url,
        f"{found['facts']}.",
        None,
    )
    return replace(citation, venue=venue_in(found["facts"])), note if re.search(
        r"\w{2}", note
    ) else ""


def is_name(piece: str) -> bool:
    """Tell whether a piece is a full name and no title or place."""
    return (
        2 <= len(piece.split()) <= 4
        and PERSON.fullmatch(piece) is not None
        and not (
            NO_PERSON.search(piece)
            or NOUN.search(piece)
            or piece.isupper()
            or re.search(r"\d", piece)
        )
    )
