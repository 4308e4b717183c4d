"""What a person typed to name a work elsewhere: a DOI, an arXiv id, an ISBN, an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from kb.ids import ARXIV_PATTERN

__all__ = ["Name", "NameKind", "is_isbn", "read_name"]


class NameKind(StrEnum):
    """Kinds of names that a registry resolves."""

    DOI = "doi"
    ARXIV = "arxiv"
    ISBN = "isbn"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Name:
    """A kind and the bare name of that kind."""

    kind: NameKind
    value: str


DOI = re.compile(r"10\.\d{4,9}/[^\s?#\"<>]+")
"""A DOI, wherever it stands (Crossref's recommended pattern, without what ends an address)."""

ARXIV = re.compile(
    r"(?:^|arxiv[:./\s](?:org/)?(?:abs/|pdf/|html/)?)"
    rf"({ARXIV_PATTERN})(?:v\d+)?(?:\.pdf)?$",
    re.IGNORECASE,
)
"""arXiv's identifiers, new (`2110.10234`) and old (`cs.SE/0101001`), bare or in its addresses."""

PUBLISHER_TAIL = re.compile(r"(?:/(?:full|abstract|pdf|epub|meta|html)|\.(?:pdf|full|html?))$")
"""What publishers put behind a DOI in their addresses."""


def is_isbn(value: str) -> bool:
    """Tell whether `value`, digits and hyphens, is an ISBN-10 or ISBN-13 by its check digit.

    Examples:
        >>> is_isbn("9780262049726"), is_isbn("978-0-262-04972-6"), is_isbn("9780262049727")
        (True, True, False)
    """
    digits = value.replace("-", "").replace(" ", "").upper()
    if re.fullmatch(r"\d{13}", digits):
        return sum(int(d) * (1, 3)[at % 2] for at, d in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return (
            sum((10 if d == "X" else int(d)) * (10 - at) for at, d in enumerate(digits)) % 11 == 0
        )
    return False


def read_name(typed: str) -> Name | None:
    """Give what a person typed as a name; None when it is none.

    Examples:
        >>> read_name("https://dl.acm.org/doi/pdf/10.1145/3458723")
        Name(kind=<NameKind.DOI: 'doi'>, value='10.1145/3458723')
        >>> read_name("arXiv:2110.10234v2").value, read_name("ISBN 978-0-262-04972-6").value
        ('2110.10234', '9780262049726')
    """
    typed = typed.strip()
    arxiv = ARXIV.search(typed.removeprefix("https://doi.org/10.48550/"))
    if arxiv:
        return Name(NameKind.ARXIV, arxiv[1])
    doi = DOI.search(unquote(typed))
    if doi:
        return Name(NameKind.DOI, PUBLISHER_TAIL.sub("", doi[0].rstrip(".,;)/")))
    number = re.sub(r"^isbn(?:-1[03])?:?\s*", "", typed, flags=re.IGNORECASE)
    if is_isbn(number):
        return Name(NameKind.ISBN, re.sub(r"[-\s]", "", number).upper())
    if re.match(r"https?://\S+$", typed):
        return Name(NameKind.URL, typed)
    return None
