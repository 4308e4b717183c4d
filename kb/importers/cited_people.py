"""The people of a citation: `Family, Given` each, from the ways references write lists of them."""

from __future__ import annotations

import re

from kb.importers.letters import LOWER, UPPER
from kb.text import collapse

__all__ = ["GROUP", "LINK", "PARTICLE", "SHORT_LIST", "SUFFIX", "as_family_first", "split_authors"]

LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\(\s*<?((?:[^()\s]|\([^()\s]*\))+)>?\s*\)+")
"""A Markdown link; the address may hold brackets in pairs, a stray one behind it is a slip."""

PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|du|la|le|ten|ter|el|al|bin|dos|das)"
CAPITAL_PARTICLES = frozenset(
    {
        "Le",
        "De",
        "Van",
        "Von",
        "Der",
        "Den",
        "Du",
        "La",
        "El",
        "Al",
        "Di",
        "Da",
        "Del",
        "Della",
        "Dos",
        "Das",
    }
)
"""Particles that belong to the family name also when written so."""

GROUP = re.compile(
    rf"\b(?:Collaboration|Council|Parliament|Commission|Group|Consortium|Committee|Institute|Organi[sz]ation|Association|Foundation|Agency|Museum|Department|Ministry|University|Society|[Tt]eam|[Dd]evelopers|[Cc]ontributors|Union|Bureau|Office|Centre|Center|Laboratory|Network|Forum|Nations|Task Force|Working Group|Minist[eè]rio|Ministerium|Ministère|Universi(?:dad|dade|tät|té|tà)|Instituto|Institut|Gesellschaft|Stiftung|Asociación|Associação|Organización|Organisation|Secretaría|Comisión|Consejo|Conseil|Comité|Fundación|Fundação|Banco|Bank)\b|\bBundes[{LOWER}]+"
)
"""Words of names of groups."""

SUFFIX = r"(?:Jr|Sr|II|III|IV)\b\.?"


BARE = rf"(?:[{UPPER}]{{1,4}}|[{UPPER}](?:-[{UPPER}]){{1,2}})"
"""Initials without full stops: `GH`, `J-P`."""

WITH_SMALL = rf"[{UPPER}](?=[\w’'-]*[{LOWER}])[\w’'-]*+"
"""A word with a capital and small letters; it gives nothing back, so that long lists of names take no time."""

SHORT = re.compile(
    rf"(?:{PARTICLE} ){{0,3}}+{WITH_SMALL}(?: {WITH_SMALL})?+ {BARE}(?: (?:Jr|Sr|2nd|3rd))?+"
)
"""`Guyatt GH`, as medicine writes it."""

SHORT_LIST = re.compile(
    rf"(?:(?:{SHORT.pattern},\s+)+(?:{SHORT.pattern}|et\.? al\b|(?=editors?|eds?))|(?=[^.;,]* [A-Z]{{2,4}}[.;,]){SHORT.pattern}(?=[.;,]))(?:;\s+(?:on behalf of |for )?[^.;]{{4,80}})?(?:\.?,? (?:editors?|eds?))?\.\s+(?=[“\"*_\[]{{0,2}}[{UPPER}0-9])"
)
"""`Moher D, Liberati A, et al; PRISMA Group. ` in front of a title."""

ELLIPSIS = re.compile(r",?\s*(?:\.\s?){3}\s*,?\s*(?:(?:&|and)\s+)?|,?\s*…\s*,?\s*(?:(?:&|and)\s+)?")
"""`..., &` of people left out."""

JOINED = re.compile(
    rf"\s*/\s*(?=[{UPPER}])|,?\s+(?:et|und|och|og|en)\s+(?=(?:{PARTICLE} )*[{UPPER}])|(?<=,)(?P<before>[^,;/]*?),?\s+[ye]\s+(?=(?:{PARTICLE} )*[{UPPER}])"
)
"""What joins two people in other languages; `Ortega y Gasset` is one, so `y` joins behind a given name only."""


def split_authors(head: str) -> tuple[tuple[str, ...], bool]:
    """Split `Family, Given, Given Family, and Given Family` into `Family, Given` each."""
    text = collapse(LINK.sub(lambda m: m[1], head)).strip(' ,;:"“*')
    text = (
        text.lstrip(" .")
        if re.search(rf"(?:^|[\s.])[{UPPER}]\.$", text)
        else text.strip(' .,;:"“*')
    )
    text = re.sub(r"[,\s]+(?:u\.\s?a|y otros|e outros|i in|m\. ?fl)\.?$", " et al.", text)
    et_al = bool(re.search(r"\bet\.? ?al\b\.?|\band others\b|\w.*(?:\. ?\. ?\.|…).*\w", text))
    text = re.sub(r"[,\s]*(?:\bet\.? ?al\b\.?|\band others\b)[^;]*", "", text).strip(" ,;")
    text = re.sub(
        r"\s*\((?:eds?\.?|editors?|hrsg\.?|hg\.?|dirs?\.?|orgs?\.?|coords?\.?)\)|,?\s+(?:eds?|editors?|hrsg|dirs?)\.?$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    text = ELLIPSIS.sub(", ", text)
    if not text:
        return (), et_al
    if GROUP.search(text) and not re.search(r"[,;]", text):
        return (text,), et_al
    text = re.sub(rf",\s*(?={SUFFIX}(?:[,;]|\s*$|\s+(?:and|&)))", " ", text)
    text = JOINED.sub(lambda m: f"{m['before'] or ''} and ", text)
    parts = [
        p.strip()
        for p in re.split(r"\s*;\s*(?:(?:and|&)\s+)?|,?\s+(?:and|&)\s+", text)
        if p.strip()
    ]
    if ";" in text:
        return tuple(
            author
            for part in parts
            for author in (
                split_authors(part)[0] if part.count(",") > 1 else (as_family_first(part),)
            )
        ), et_al
    pieces = [p.strip() for part in parts for p in re.split(r",\s*", part) if p.strip()]
    if len(pieces) >= 2 and all(SHORT.fullmatch(p) or GROUP.search(p) for p in pieces):
        return tuple(as_family_first(p) for p in pieces), et_al
    if (
        len(pieces) >= 3
        and all(
            re.fullmatch(rf"(?:{PARTICLE} )?[{UPPER}](?:[{LOWER}]|[\w’'-]{{2}})[\w’'-]*", p)
            for p in pieces
        )
        and not (len(parts) > 1 and "," in parts[-1])
    ):
        return tuple(pieces), et_al
    if len(pieces) == 1:
        return (as_family_first(pieces[0]),), et_al
    pairs = tuple(
        as_family_first(f"{family}, {given}")
        for family, given in zip(pieces[::2], pieces[1::2], strict=False)
    )
    all_inverted = (
        len(parts) > 1
        and parts[-1].count(",") == 1
        and looks_given(pieces[-1])
        and not re.search(r"\.$", pieces[-2])
    )
    if len(pieces) % 2 == 0 and (all(is_initials(p) for p in pieces[1::2]) or all_inverted):
        return pairs, et_al
    given_first = re.match(rf"(?:[{UPPER}]\.[ -]?)+\s*\S*[{LOWER}]", pieces[0]) is not None
    apart = "," in parts[0]
    lower = re.fullmatch(r"[a-z]{3,} [a-z]{3,}", f"{pieces[0]} {pieces[1]}") is not None
    if (
        apart
        and (looks_given(pieces[1]) or lower)
        and not given_first
        and not (is_full_name(pieces[0]) and is_full_name(pieces[1]))
    ):
        pieces = [f"{pieces[0]}, {pieces[1]}", *pieces[2:]]
    return tuple(as_family_first(p) for p in pieces), et_al


def is_initials(text: str) -> bool:
    """Tell whether a piece is initials: `J.`, `D. E.`, `H. L. III`, the `d.` of danah boyd."""
    return bool(re.fullmatch(rf"(?:[{UPPER}]\.?(?:[ -]|$)?)+(?:\s*{SUFFIX})?|[a-z]\.?", text))


def is_full_name(text: str) -> bool:
    """Tell whether a piece is given and family name rather than a family name with particles."""
    words = text.split()
    return (
        len(words) >= 2
        and not re.match(rf"{PARTICLE}\b", text, re.IGNORECASE)
        and len(words[-1].strip(".")) > 1
    )


def looks_given(text: str) -> bool:
    """Tell whether a piece can be given names."""
    return bool(re.match(rf"[{UPPER}]", text)) and len(text.split()) <= 4


def as_family_first(name: str) -> str:
    """Give `Given van Family` as `van Family, Given`; one word stays as it is."""
    short = re.fullmatch(
        rf"((?:{PARTICLE} ){{0,2}}[{UPPER}][\w’'-]*[{LOWER}][\w’'-]*) ({BARE})(?: (Jr|Sr|2nd|3rd))?",
        name.strip(" ."),
    )
    if short and not re.fullmatch(r"I{2,3}|IV", short[2]):
        return ", ".join(
            p
            for p in (
                short[1],
                f"{short[3]}." if short[3] in {"Jr", "Sr"} else short[3],
                " ".join(f"{c}." for c in short[2]).replace(" -. ", "-"),
            )
            if p
        )
    if GROUP.search(name) and "," not in name:
        return collapse(name)
    name = name.strip(" .") if not re.search(r"\b[A-Zv]\.$", name.strip()) else name.strip()
    if "," in name:
        return inverted(collapse(name))
    words = name.split()
    if len(words) < 2:
        return name
    if (
        re.fullmatch(r"[A-Z]{1,2}", words[-1])
        and words[-1] not in {"II", "IV"}
        and re.search(r"[a-z]", words[0])
        and len(words) <= 3
    ):
        return f"{' '.join(words[:-1])}, {words[-1]}"
    start = len(words) - 1
    suffix = words.pop() if re.fullmatch(SUFFIX, words[-1]) and len(words) > 2 else ""
    if suffix:
        start -= 1
    while start > 1 and (words[start - 1].islower() or words[start - 1] in CAPITAL_PARTICLES):
        start -= 1
    if words[start] == "y" and start > 1:
        start -= 1
    if start == 1 and words[0].islower():
        start = 0
    suffix = f"{suffix.rstrip('.')}." if suffix[:2] in {"Jr", "Sr"} else suffix
    return ", ".join(p for p in (" ".join(words[start:]), suffix, " ".join(words[:start])) if p)


def inverted(name: str) -> str:
    """Give `Family, Given III` and `Family Jr., Given` with the suffix between the two, and `FAMILY, Given` without the capitals."""
    family, given = (part.strip() for part in name.split(",", 1))
    behind = re.fullmatch(rf"(.+?),? ({SUFFIX})", given)
    within = re.fullmatch(rf"(.+?),? ({SUFFIX})", family) if behind is None else None
    suffix = behind[2] if behind else within[2] if within else ""
    family, given = within[1] if within else family, behind[1] if behind else given
    if re.fullmatch(rf"[{UPPER}’' -]{{4,}}", family) and re.search(rf"[{LOWER}]", given):
        family = re.sub(rf"[{UPPER}]+", lambda m: m[0].capitalize(), family)
    if re.fullmatch(rf"[a-z]|(?:[{UPPER}]\.[ -]?)*[{UPPER}]", given):
        given += "."
    return ", ".join(
        p
        for p in (family, f"{suffix.rstrip('.')}{'.' if suffix[:2] in {'Jr', 'Sr'} else ''}", given)
        if p
    )
