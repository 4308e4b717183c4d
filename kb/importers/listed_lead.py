"""What lists write in front of a title: badges, ratings, dates, venues: `- ⭐ [2020/05] (NeurIPS'19) Title`."""

from __future__ import annotations

import re

from kb.importers.bibliography_markup import century, lead_emoji

__all__ = ["MONTH", "arxiv_year", "stated_month", "without_lead"]

BADGE = re.compile(
    r"(?:[★☆✩✪⭐\ufe0f]+|:[a-z][a-z0-9_+-]*:|!\[[^\]]*\]\([^)]*\)|\[[ xX]\](?=\s))\s*[:|–—-]?\s*"
)
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
DATED = rf"(?:(?P<y1>(?:19|20)\d\d)(?:[-/.年]\s?\d{{1,2}}(?:[-/.月]\s?\d{{1,2}})?[月日]?|\s+{MONTH}|年)?|(?:\d{{1,2}}\s+)?{MONTH},?\s+(?:\d{{1,2}},\s+)?(?P<y2>(?:19|20)\d\d)|(?:\d{{1,2}}[-/.])?\d{{1,2}}[-/.](?P<y3>(?:19|20)\d\d))"
DATE = re.compile(DATED, re.IGNORECASE)
MONTH_DATE = re.compile(rf"(?<![\w/-]){DATED}(?![\w/-])", re.IGNORECASE)
PLACE = r"[A-Za-z][A-Za-z&*/@+:. -]{0,40}?"
VENUE = re.compile(
    rf"(?P<v1>{PLACE})[\s,'’`-]*(?P<y1>(?:19|20)\d\d(?=(?:[./-](?:0?[1-9]|1[0-2]))?\b)|(?<=['’`])\d\d|(?<=[A-Z])\d\d|(?<=[A-Za-z][ -])\d\d)(?:[./-](?:0?[1-9]|1[0-2])\b)?(?:\s+(?:oral|spotlight|best paper(?: award)?|workshop|findings|highlight|poster))?|(?P<y2>(?:19|20)\d\d)[\s,./-]+(?P<v2>{PLACE})|(?P<v3>(?=[A-Za-z]*[A-Z]{{2}})[A-Z][A-Za-z&*/@+-]{{1,12}}(?:[ -][A-Z][A-Za-z]{{1,12}})?|arXiv|Nature|Science|Preprint)",
)
"""`NeurIPS 2019`, `ICML'19`, `2020 ICSE`, `POPL`."""

GROUP = re.compile(
    r"(?P<mark>\*\*|__|\*|_|`)?(?:\[(?P<square>[^\[\]]{2,50})\](?!\()|\((?P<round>[^()]{2,50})\)|【(?P<cjk>[^【】]{2,50})】|(?(mark)(?P<bare>[^*_`\[\]()]{2,50})|(?!)))(?(mark)(?P=mark))\s*[:：|.–—-]?\s*"
)
LOOSE_DATE = re.compile(
    rf"{DATED}(?:\s*[-–—:：.,|]\s*|\s+(?=[\"“*_\[(`])|(?=[\"“*\[]))", re.IGNORECASE
)
LOOSE_VENUE = re.compile(
    r"(?P<v3>(?=[A-Za-z]*[A-Z]{2})[A-Z][A-Za-z&/-]{1,12}(?: [A-Z][A-Za-z]{1,12})?|arXiv)\s+[-–—|:]\s+(?=[\"“*_\[])|(?P<v1>[A-Z][A-Za-z&*/@+-]{1,12}(?: [A-Z][A-Za-z&*/@+-]{1,12})?)[\s'’]\s?(?P<y1>(?:19|20)\d\d|(?<=['’])\d\d)\s*(?:[:|–—-]\s*)?\s(?=[\"“*_\[])"
)
ALIAS = re.compile(
    r"\[(?!Book|Paper|Survey|Blog|Video|Talk|Code|Tool|Dataset|Data)[A-Z][\w+.-]{2,20}\]\s+(?=[A-Z][\w’'-]*:?\s+\w)"
)
"""`[Raft] ` in front of a title."""

MAX_LEADS = 5


def without_lead(text: str) -> tuple[str, str]:
    """Give an item without what stands in front of its title, and the facts among it: `NeurIPS 2019`.

    Examples:
        >>> without_lead("⭐ [2020/05] (ICML'20) [A Title](https://x.org)")
        ('[A Title](https://x.org)', 'ICML 2020')
    """
    flat, venue, year = text.strip(), "", ""
    inside = re.match(r"(\*\*|__)(?=[\[(【])", flat)
    if inside and GROUP.match(flat, inside.end()) and not GROUP.match(flat):
        bare, facts = without_lead(flat[inside.end() :])
        return (f"{inside[1]}{bare}", facts) if facts else (flat, "")
    for _ in range(MAX_LEADS):
        emoji = lead_emoji(flat)
        badge = BADGE.match(flat)
        if emoji or badge:
            flat = flat[max(emoji, badge.end() if badge else 0) :].lstrip(" |:")
            continue
        group = GROUP.match(flat)
        inner = (
            next((g.strip() for g in group.group("square", "round", "cjk", "bare") if g), "")
            if group
            else ""
        )
        date = DATE.fullmatch(inner) if group else LOOSE_DATE.match(flat)
        place = None if date else VENUE.fullmatch(inner) if group else LOOSE_VENUE.match(flat)
        end = group.end() if group else date.end() if date else place.end() if place else 0
        alias = ALIAS.match(flat) if not (date or place) else None
        if alias:
            flat = flat[alias.end() :]
            continue
        if (
            not (date or place)
            or not flat[end:].strip()
            or re.search(r"\bet al|\band\b", flat[:end])
        ):
            break
        if group and group["bare"] and not re.search(r"\d", inner) and group["mark"] != "`":
            break
        if date:
            year = year or next(y for y in date.group("y1", "y2", "y3") if y)
        elif place:
            found = place.groupdict()
            year = next((century(y) for y in (found.get("y1"), found.get("y2")) if y), year)
            venue = next(v for v in (found.get("v1"), found.get("v2"), found.get("v3")) if v).strip(
                " ,-'’."
            )
        flat = flat[end:]
    return flat, f"{venue} {year}".strip()


def stated_month(text: str) -> int | None:
    """Give the year of a month that a text names: `2020-05`, `[2020/05]`, `Jun 2019`.

    Examples:
        >>> stated_month("CoRR, 2020-05"), stated_month("May 2020"), stated_month("10.1145/2020")
        (2020, 2020, None)
    """
    found = MONTH_DATE.search(text)
    return (
        int(next(y for y in found.group("y1", "y2", "y3") if y))
        if found and not re.search(r"https?:\S*$", text[: found.start()])
        else None
    )


def arxiv_year(arxiv: str) -> int | None:
    """Give the year in which a preprint got its number.

    Examples:
        >>> arxiv_year("1706.03762")
        2017
    """
    found = re.match(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}", arxiv)
    return 2000 + int(found[1]) if found and 7 <= int(found[1]) <= 50 else None
