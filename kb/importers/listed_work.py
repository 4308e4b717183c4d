"""One work as lists write it: title first, then people, venue and year in some order, then what is said about it."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.importers.bibliography_markup import without_emoji
from kb.importers.citation import (
    FAMILIES_FIRST,
    YEAR,
    Citation,
    clean_title,
    clean_url,
    details,
    is_form,
)
from kb.importers.cited_people import LINK, SUFFIX, as_family_first, split_authors
from kb.importers.letters import LOWER, UPPER
from kb.importers.listed_lead import MONTH, stated_month, without_lead
from kb.text import collapse

__all__ = [
    "dated_line",
    "in_english",
    "is_listed",
    "lone_families",
    "more_facts",
    "people_in",
    "read_listed",
]

BOLD = re.compile(r"(?:\*\*|__)(?P<title>.+?)(?:\*\*|__)", re.DOTALL)
QUOTED = re.compile(r"[“\"](?P<title>[^”\"]{4,300})[”\"](?!:)")
ITALIC = re.compile(r"(?<![*\w])[*_](?P<title>[^*_\n]{6,300})[*_](?![*\w])")
BARE_ADDRESS = re.compile(r"<?(?P<url>(?:https?://|doi:\s*|www\.)[^\s<>]+)>?")
SEPARATOR = re.compile(r"\s+[-–—|·•]+\s+|[.;]\s+|\n+|\s*:\s+")
NAME = rf"(?:(?:van|von|de|der|den|del|della|di|da|la|le|ten|ter|el|al|bin|y)\s+){{0,3}}[{UPPER}][\w’'.-]*"
PERSON = re.compile(
    rf"(?:[A-Z]\.[ -]?){{0,3}}{NAME}(?:\s+(?:[A-Z]\.[ -]?)*(?:{NAME}|Jr\.?|III?)){{0,4}}"
)
NO_PERSON = re.compile(
    r"(?:^|, )O['’]Reilly\b|(?<![\w-])(?:Apress|Packt|Addison|Addison-Wesley|Prentice|McGraw|Penguin|Press|University|Springer|NeurIPS|Interspeech|INTERSPEECH|EuroSys|EuroS&P|MobiCom|MobiSys|SenSys|CoRL|HotOS|HotNets|HotCloud|MLSys|SysML|CoNLL|RecSys|SoCC|CoNEXT|ArXiv|Arxiv|CoRR|Preprint|Findings|Usenix|OpenReview|Oakland|Middleware|Neurocomputing|Bioinformatics|Conference|Journal|Proceedings|Proc|Letters|Review|Magazine|Blog|Google|Microsoft|IEEE|ACM|arXiv|Workshop|Symposium|Transactions|Communications|Research|Report|Thesis|Book|Chapter|Computing|Software|Engineering|Systems|Science|Learning|Nature|Wiley|Elsevier|(?<![\w.] )Manning(?=$| Pub)|Media|Institute|Annual|International|Foundations|Advances|Introduction|^A|The|This|An|In|On|Of|It|We|Our|How|What|Why|Great|Good|Classic|Short|Note|Notes|Survey|Paper|Video|Slides)\b(?![.-])"
)
"""Words that no list of people has."""

MAX_META_WORDS = 16
PAPER_LINK = re.compile(
    r"pdf|paper|survey|thesis|preprint|review|doi|arxiv|link|acm|ieee|html|url|article|book|web|site|page|here|论文|原文|链接|論文",
    re.IGNORECASE,
)
"""Labels of links to the work itself."""

TOOL = re.compile(r"\w+[*_]{0,2}\s*[-–—:]\s+(?!\[).{12,}", re.DOTALL)
"""`PyTorch - Tensors and dynamic networks.`"""

CJK = "\u3040-\u30ff\u3400-\u9fff"
NARROW = {"，": ", ", "。": ". ", "；": "; ", "：": ": ", "（": " (", "）": ") ", "、": ", "}
WIDENED = {",": "，", ".": "。", ";": "；", ":": "：", "(": "（", ")": "）"}
WIDE = re.compile(r"[，。；：（）、]")

NO_TITLE = re.compile(
    r"(?:see|for|also|similarly|if|you|we|this|these|there|please|check|here|more|other|thanks?|our|i)\b(?!\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""How sentences begin that name no work."""


def is_listed(text: str) -> bool:
    """Tell whether a list item or paragraph begins with the title of a work: a link to elsewhere, bold, quoted, or a bare address."""
    flat, front = without_lead(links_last(segments_in_order(text.strip())))
    link = re.match(r"[\"“*_]{0,3}" + LINK.pattern, flat)
    if link:
        return (
            not link[2].startswith("#")
            and len(collapse(link[1])) > 1
            and (
                not is_form(link[1]) or TOOL.fullmatch(f"{link[1]}{flat[link.end() :]}") is not None
            )
        )
    bold = BOLD.match(flat)
    if bold:
        words = bold["title"].split()
        labels = bold["title"].rstrip().endswith(":") or flat[bold.end() :].lstrip().startswith(":")
        return len(words) >= (4 if labels and not re.match(r"\s*\n", flat[bold.end() :]) else 2)
    italic = ITALIC.match(flat)
    if italic and YEAR.search(italic["title"]) and people_in(italic["title"])[0]:
        return False
    if italic:
        return len(italic["title"].split()) >= 2 and (
            (
                italic["title"].rstrip().endswith((".", "?", "!"))
                and not people_in(italic["title"])[0]
                and len(italic["title"]) < len(flat) - 6
            )
            or re.match(r"\s*(?:[.,(–—-]|by\b)", flat[italic.end() :]) is not None
        )
    return bool(QUOTED.match(flat) or BARE_ADDRESS.match(flat) or plain_first(flat, bool(front)))


PLACED = re.compile(
    r"[,.:]?\s+[*_]{1,3}[^*_]+[*_]{1,3}(?:,?\s*\(?(?:19|20)\d\d\)?)?$|[,.]\s+(?:in )?(?:[A-Z][\w&'’/-]*(?: [\w&’'/-]+){0,5},?\s+)?\(?(?:19|20)\d\d\)?$|\s+\([^()]*(?:19|20)\d\d\)$|[,.]\s+(?=[A-Za-z]*[A-Z]{2})[A-Z][A-Za-z&/-]{2,12}$"
)
"""`, ***NeurIPS***, 2020` at the end of what stands before a link."""


def plain_first(flat: str, led: bool) -> tuple[str, str] | None:
    """Give a title without marks that stands first, and the rest: `Title (2017) - People`, `Title. People. Venue 2019.`

    Args:
        led: a venue stands in front, so that what follows is no list of people.
    """
    people = re.match(r"(?P<who>[^*_“”\"\[\n]{3,200}?)[,.:]\s+(?=[*_]{1,2}[A-Z])", flat)
    if (
        people
        and (FAMILIES_FIRST.match(flat) or people_in(people["who"])[1:] == ("",))
        and not NOUN.search(people["who"])
    ):
        return None
    dated = re.match(
        rf"(?P<title>[{UPPER}0-9][^()\[\]\n]{{8,200}}?)\s*(?=\((?:18|19|20)\d\d\)\s*(?:[-–—:,.\[]|by\b|$))",
        flat,
    )
    if (
        dated
        and len(dated["title"].split()) >= 3
        and not people_in(dated["title"])[0]
        and not re.search(r",\s*[A-Z]\.|\bet\.? al", dated["title"])
    ):
        return dated["title"].strip(" ,.:"), flat[dated.end() :]
    followed = title_before_people(flat)
    if followed is not None:
        return followed
    formed = re.match(
        rf"(?P<title>[\"“]?[{UPPER}0-9a-z][^\[\]\n|]{{10,250}}?)[\s.,:;(–—|-]*(?=\[)", flat
    )
    link = LINK.match(flat, formed.end()) or LINK.match(flat, formed.end() + 1) if formed else None
    if (
        formed
        and link
        and is_form(link[1])
        and len(formed["title"].split()) >= 3
        and not re.search(
            rf"[.?!][\"”*_]{{0,2}} \W?[{UPPER}]|,\s*[A-Z]\.|\bet\.? al|\((?:19|20)\d\d\)",
            formed["title"],
        )
        and not NO_TITLE.match(flat)
        and (
            led or " " not in people_in(formed["title"])[0].replace(", ", ",").replace(" and ", ",")
        )
    ):
        title = formed["title"].strip(" ,.:(–—-")
        placed = PLACED.search(title)
        at = placed.start() if placed and len(title[: placed.start()].split()) >= 2 else len(title)
        return title[:at], f"{title[at:].lstrip(' ,.:')} {flat[formed.end() :]}" if at < len(
            title
        ) else flat[formed.end() :]
    ended = re.match(
        rf"(?P<title>[{UPPER}0-9][^.\[\]\n]{{12,250}}?)(?P<end>[?!]|\.)\s+(?=[*_]{{0,2}}[{UPPER}])",
        flat,
    )
    if (
        ended is None
        or len(ended["title"].split()) < 3
        or people_in(ended["title"])[0]
        or re.search(r",\s*[A-Z]\.|\bet\.? al", ended["title"])
    ):
        return dated_line(flat)
    rest = flat[ended.end() :]
    at, _ = next_end(rest, 0)
    names, _ = people_in(rest[:at])
    if not names or not (YEAR.search(rest) or LINK.search(rest)):
        return dated_line(flat)
    return ended["title"] + ended["end"].strip("."), rest


DATED_END = re.compile(
    r"[,.]\s+(?:[^,()]{1,40}\s)?\(?(?:19|20)\d\d\)?(?:\s*\([a-z][a-z ,]{2,30}\))?[\s.,:;(\[|–—-]*$"
)
"""`, CACM 1978 (book) — ` in front of a link or at the end of a line."""


def dated_line(flat: str, short: bool = False) -> tuple[str, str] | None:
    """Give a bare title and the rest of `Title, Family, Family, Venue 2019 — https://...` or `Title. ICML 2015. [[pdf]](...)`.

    Args:
        short: titles of two words, and those that could be names, are titles as well.
    """
    address = re.search(r"\[|https?://", flat)
    head = flat[: address.start()] if address else flat
    ended = DATED_END.search(head)
    if (
        ended is None
        or "\n" in head
        or NO_TITLE.match(flat)
        or re.search(r"[\"“”*_]|,\s*[A-Z]\.", head[: ended.start()])
    ):
        return None
    pieces = re.split(r"(,\s+(?:(?:and|&)\s+)?)", head[: ended.start()])
    venue = head[ended.start() :].strip(" ,.").split()
    if (
        address
        and len(pieces[0].split()) >= 3
        and re.fullmatch(r"[^.]+", head[: ended.start()])
        and head[ended.start()] == "."
        and is_facts(" ".join(venue))
        and len(venue) <= 4
        and not people_in(pieces[0])[0]
    ):
        return head[: ended.start()], flat[ended.start() :]
    at = len(pieces)
    if (
        at > 2
        and (
            NO_PERSON.search(pieces[at - 1])
            or re.search(r"\b(?:blog|post|thesis|report)$", pieces[at - 1])
        )
        and len(pieces[at - 1].split()) <= 5
    ):
        at -= 2
    full: bool | None = None
    while at > 2:
        names = [
            re.sub(r"\s+et\.? al\.?$", "", n)
            for n in re.split(r"\s+(?:and|&)\s+", pieces[at - 1].strip(" ."))
        ]
        if not all(
            PERSON.fullmatch(n)
            and not NO_PERSON.search(n)
            and not NOUN.search(n)
            and not n.isupper()
            for n in names
        ) or full not in {None, len(names[0].split()) > 1}:
            break
        full, at = len(names[0].split()) > 1, at - 2
    title = "".join(pieces[:at])
    if (
        full is None
        or len(title.split()) < (2 if short else 3)
        or (not short and people_in(pieces[0])[0])
        or (
            at > 1
            and PERSON.fullmatch(pieces[0])
            and PERSON.fullmatch(re.split(r"\s+(?:and|&)\s+", pieces[2])[0])
            and (len(pieces[0].split()) > 1 or not re.search(r"and|&", pieces[at - 2]))
        )
    ):
        return None
    return title, flat[len(title) :]


NOUN = re.compile(
    r"\b(?:(?:Learn|Train|Pretrain|Find|Explain|Understand|Model|Modell|Process|Test|Min|Reason|Programm|Comput|Schedul|Plann|Sampl|Cluster|Embedd|Track|Match|Build|Scal|Improv|Rethink|Prompt|Tun|Prun|Harness|Detect|Evaluat|Generat|Predict|Edit|Render|Engineer|Network|Cach|Debugg|Monitor|Rank|Forecast|Us|Mak|Writ|Design)ing|\w{3,}(?:tions?|ness|works|ility|(?<!\bCle)ments|models|methods)|Nets?|Systems?|Transformers?|Images?|Data|Graphs?|Vision|Examples?|Methods?|Algorithms?|Models?|Towards)\b"
)
"""Words of titles that look like names only by their capitals."""


def title_before_people(flat: str) -> tuple[str, str] | None:
    """Give a bare title and the rest of `Title, Given Family and Given Family, 2019 [pdf](...)`; None for another text."""
    link = LINK.search(flat)
    year = YEAR.search(flat)
    if (
        not re.match(rf"[{UPPER}0-9a-z\"“]", flat)
        or NO_TITLE.match(flat)
        or not (year or (link and is_form(link[1])))
        or len(flat) > 600
    ):
        return None
    stop = min(link.start() if link else len(flat), year.start() if year else len(flat))
    head = flat[:stop]
    for found in list(re.finditer(rf"\s*(?:,|\.| [-–—|]+| by)\s+(?=[*_]{{0,2}}[{UPPER}])", head))[
        :12
    ]:
        title, behind = head[: found.start()], head[found.end() :].rstrip(" ,.;:([|–—-").strip("*_")
        words = title.split()
        slanted = head[found.end()] in "*_"
        if title.count("*") % 2 or title.count("_") % 2:
            continue
        names, more = people_in(behind)
        given = [
            n for n in re.split(r",? and |,? & |, |; ", re.sub(r",? et\.? al\.?$", "", names)) if n
        ]
        placed = more and len(more.split()) <= 8
        listing, beyond = people_in(title)
        if (
            len(words) >= (2 if slanted else 3)
            and names
            and (not more or placed)
            and all(len(n.split()) >= 2 for n in given)
            and not NOUN.search(names)
            and (not listing or slanted or len(beyond.split()) > 3)
            and not re.search(r",\s*[A-Z]\.|\bet\.? al", title)
            and (len(given) > 1 or not more or "et al" in names)
        ):
            return title, flat[found.end() :]
    return None


def read_listed(text: str) -> tuple[Citation, str, bool]:
    """Read a work; give it, what is said about it, and whether its title is a guess."""
    text = links_last(segments_in_order(text.strip()))
    flat, front = without_lead(text)
    lead = re.match(r"^\W{0,3}[\[(]?((?:19|20)\d\d)[\])]?\s*[-–:.,|]?\s", text.strip())
    title, url, rest, guessed = title_of(flat, bool(front))
    addresses = [(m[1].strip("[]* "), clean_url(m[2])) for m in LINK.finditer(rest)]
    if not url:
        url = next(
            (u for label, u in addresses if PAPER_LINK.search(label)),
            addresses[0][1] if addresses and is_form(addresses[0][0]) else "",
        )
    bare = re.search(
        r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)10\.\S+|https?://[^\s<>)\]]+",
        LINK.sub(lambda m: "x" * len(m[0]), rest),
    )
    if not url and bare:
        url = clean_url(bare[0].rstrip(".,;)>"))
        url = re.sub(r"^doi:\s*", "https://doi.org/", url)
        rest = rest.replace(bare[0], " ", 1)
    rest = re.sub(
        r"[\[(]?\s*" + LINK.pattern + r"(?:\s*[,|/·]?\s*)[\])]?",
        lambda m: (
            ("\n" if "\n" in m[0] else " ") if is_form(m[1]) or m[2].startswith("#") else m[0]
        ),
        rest,
    )
    aside = ASIDE.search(rest) if "\n" not in rest else None
    rest = f"{rest[: aside.start()]}{rest[aside.end() :]}" if aside else rest
    behind = BEHIND.search(rest)
    if (
        behind
        and people_in(re.split(r"\.\s", behind["who"])[0])[0]
        and parts_of(behind["who"])[2] == ""
    ):
        rest = f" {behind['who'].rstrip('.')} - {rest[: behind.start() + 1].lstrip(' :–—-')}"
    people, facts, note = parts_of(
        in_english(half_width(without_emoji(rest))), lone=dated_line(flat, short=True) is not None
    )
    note = full_width(f"({aside[1]}) {note}" if aside and note else aside[1] if aside else note)
    facts = ". ".join(f for f in (facts, front) if f)
    authors, et_al = authors_of(people)
    shown = LINK.sub(lambda m: m[1], facts)
    citation = details(authors, et_al, title, clean_url(url), shown, int(lead[1]) if lead else None)
    years = YEAR.findall(facts)
    short = re.search(
        r"\b(?=[A-Za-z-]*[A-Z]{2})[A-Za-z][\w-]*?(?:\s?['’]|(?<=[a-z]))(\d\d)\b", facts
    )
    if citation.year is None and (years or short):
        citation = replace(
            citation,
            year=int(years[-1])
            if years
            else 2000 + int(short[1])
            if short and int(short[1]) < 70
            else 1900 + int(short[1])
            if short
            else None,
        )
    if citation.year is None:
        citation = replace(citation, year=stated_month(facts))
    return replace(citation, venue=venue_in(facts) or citation.venue), note, guessed


BEHIND = re.compile(r"[.!?]\s+([*_])(?P<who>[^*_]{3,200}\b(?:19|20)\d\d\W{0,2})\1\s*$")
"""`*Northcutt, Jiang, Chuang. JAIR 2021*` behind what is said about a work."""

ASIDE = re.compile(
    r"(?<=[\w.)])\s+\((?!eds?\b|editors?\b|to appear|in press|forthcoming|and\b|aka\b|with\b)([a-z][A-Za-z][A-Za-z ,'’-]{1,40})\)(?=\s*[.,]?\s*$|\s+[—–-]+\s)"
)
"""`(optional)`, `(led by Priya)` behind the facts."""


PEOPLE_LEAD = re.compile(
    rf"(?P<lead>[\s,.:;(|*_–—-]*)(?:(?:von|par|por|de|di|by)\s+)?(?P<who>{PERSON.pattern}(?:(?:,\s+und\s+|,\s+|\s+(?:und|et|y|e|en)\s+|\s?[和与及、]\s?){PERSON.pattern})*)(?P<more>,?\s+(?:und (?:andere[nr]?|weitere)|u\. ?a\.|et autres|y otros|e altri|et coll\.)|\s?(?:等人?|ほか|ら|他))?(?=[\s,.:;()\[*_|–—-]|$)"
)


def in_english(rest: str) -> str:
    """Give what follows a title with the joining words of its list of people in English: `von Ann Roe und Jo Doe`."""
    found = PEOPLE_LEAD.match(rest)
    if found is not None and re.search(r",.* y \w+(?:[,\n]|$)", found["who"]):
        return rest  # Blaise Agüera y Arcas
    if found is None or (
        found["more"] is None
        and re.search(r"\s(?:und|et|y|e|en)\s|[和与及、]", found["who"]) is None
        and not re.match(r"\W*(?:von|par|por)\s", rest)
    ):
        return rest
    who = re.sub(r",?\s+(?:und|et|y|e|en)\s+|\s?[和与及、]\s?", ", ", found["who"])
    return f"{found['lead']}{who}{' et al.' if found['more'] else ''}{rest[found.end() :]}"


def segments_in_order(flat: str) -> str:
    """Give an item whose parts stand between bars with its title first: `2017 | NeurIPS | Title | People | [pdf](...)`."""
    parts = [p.strip() for p in re.split(r"\s+[|·•¦]\s+", flat)]
    if (
        len(parts) < 3
        or len(parts) > 12
        or "\n" in flat
        or re.match(r"(?:\*\*)?[“\"][^“”\"]{4,300}[”\"](?:\*\*)?\s+[–—-]", parts[0])
    ):
        return flat
    titles: list[str] = []
    people: list[str] = []
    facts: list[str] = []
    links: list[str] = []
    rest: list[str] = []
    for part in parts:
        bare = LINK.sub(lambda m: "" if is_form(m[1]) else m[1], part).strip(" *_[](),|/`.")
        if not re.search(r"\w", bare):
            links.append(part)
        elif (
            stated_month(bare) is not None
            or is_facts(bare)
            or (
                len(bare.split()) <= 2
                and re.match(r"(?:ACM |IEEE )?[A-Z][a-z]*[A-Z][\w&/-]*(?: \w+)?$|arXiv", bare)
                and (titles or people or len(parts) > 3)
            )
        ):
            facts.append(part)
        elif (
            not people
            and not NOUN.search(bare)
            and people_in(bare, lone=True)[1:] == ("",)
            and people_in(bare, lone=True)[0]
            and ("," in bare or " and " in bare or "et al" in bare or titles)
        ):
            people.append(part)
        else:
            (rest if titles else titles).append(part)
    named = (
        next(
            (
                f
                for f in facts
                if len(f.split()) >= 2 and not YEAR.search(f) and stated_month(f) is None
            ),
            "",
        )
        if not titles
        else ""
    )
    if named:
        facts.remove(named)
        titles = [named]
    if not titles or len(facts) + len(people) + len(links) == 0:
        return flat
    title = titles[0] if re.match(r"[\[*_\"“]", titles[0]) else f"**{titles[0]}**"
    return " ".join(
        [
            title,
            *people[:1],
            *(f"({f.strip('()*_` ')})" for f in facts),
            *links,
            *([f"– {' | '.join(rest)}"] if rest else []),
        ]
    )


LINKS_FIRST = re.compile(rf"(?:[\[(]?{LINK.pattern}[\])]?[\s,|/·:–—-]*)+")


def links_last(flat: str) -> str:
    """Give an item whose links to forms of the work stand first with them behind it: `[[pdf]](...) Title, People`."""
    found = LINKS_FIRST.match(flat)
    first = LINK.match(flat)
    if first and TOOL.fullmatch(f"{first[1]}{flat[first.end() :]}"):
        return flat
    if (
        found is None
        or not all(is_form(m[1]) for m in LINK.finditer(found[0]))
        or len(LINK.sub("", flat[found.end() :]).split()) < 2
        or re.match(r"[a-z]", flat[found.end() :])
    ):
        tool = LINK.match(flat)
        lead = (
            next((m for m in LINK.finditer(flat[: found.end()]) if not is_form(m[1])), None)
            if found
            else None
        )
        if lead is None or tool is None or lead.start() < tool.end():
            return flat
        return (
            f"{flat[lead.start() :]} {flat[: lead.start()].strip()}"
            if flat[lead.start() - 1] != "["
            else flat
        )
    return f"{flat[found.end() :].rstrip()} {found[0].rstrip(' ,|/·:–—-')}"


def half_width(text: str) -> str:
    """Give text with the punctuation of Chinese and Japanese as that of English."""
    return WIDE.sub(lambda m: NARROW[m[0]], text) if WIDE.search(text) else text


def full_width(text: str) -> str:
    """Give text with the punctuation between its Chinese and Japanese words as it was."""
    return re.sub(rf"(?<=[{CJK}])([,.;:()]) ?", lambda m: WIDENED[m[1]], text)


def more_facts(citation: Citation, text: str) -> Citation | None:
    """Give a work with the people, venue, year and link that a line below it states; None when the line says anything else."""
    labelled = re.match(
        r"\W*(?:authors?|by|venue|year|date|published(?: (?:in|at))?|conference|journal|paper|links?|url|pdf|arxiv|doi|code|作者|会议|链接|论文|代码)[*_]*\s*[:：][*_]*\s*",
        text,
        re.IGNORECASE,
    )
    shown = without_emoji(text[labelled.end() :] if labelled else text)
    addresses = [(m[1].strip("[]* "), clean_url(m[2])) for m in LINK.finditer(shown)]
    if any(not is_form(label) for label, _ in addresses) and not labelled:
        return None
    bare = BARE_ADDRESS.search(LINK.sub("", shown))
    rest = re.sub(
        r"[\[(]?\s*" + LINK.pattern + r"\s*[,|/·]?\s*[\])]?",
        " ",
        BARE_ADDRESS.sub(" ", shown) if bare else shown,
    )
    people, facts, note = parts_of(rest)
    if note or (people and citation.authors) or not (people or facts or addresses or bare):
        return None
    if (
        facts
        and not (labelled or people)
        and (
            citation.year is not None
            or not (YEAR.search(facts) or stated_month(facts))
            or len(facts.split()) > 8
        )
    ):
        return None
    url = citation.url or next(
        (u for label, u in addresses if PAPER_LINK.search(label)),
        addresses[0][1]
        if addresses and not re.search(r"code|github|slides|video", text, re.IGNORECASE)
        else clean_url(bare["url"])
        if bare
        else "",
    )
    authors, et_al = (citation.authors, citation.et_al) if citation.authors else authors_of(people)
    read = details(authors, et_al, citation.title, url, facts, None)
    venue = citation.venue or venue_in(facts)
    return replace(
        citation,
        authors=authors,
        et_al=et_al,
        url=url,
        year=citation.year or read.year or stated_month(facts),
        venue=venue,
        type=read.type if citation.type == "misc" else citation.type,
        arxiv=citation.arxiv or read.arxiv,
        doi=citation.doi or read.doi,
    )


def authors_of(people: str) -> tuple[tuple[str, ...], bool]:
    """Split a list of people written `Given Family, Given Family`, families alone, or `Family, G.`."""
    people = re.sub(r"(?<=\w|\.)\s*\([A-Z][^()]*\)$", "", people.strip())
    bare = re.sub(r"[,\s]*\b(?:et\.? al\.?|and others|and colleagues|others)$", "", people)
    pieces = [
        p for p in re.split(r"\s*,\s*(?:and|&)\s+|\s+(?:and|&)\s+|\s*,\s*|\s*;\s*", bare) if p
    ]
    if any(re.fullmatch(r"(?:[A-Z]\.[ -]?)+", p) for p in pieces):
        return split_authors(people)
    return tuple(
        ", ".join(reversed(p.split())) if re.fullmatch(r"[a-z]+ [a-z]+", p) else as_family_first(p)
        for p in pieces
    ), bare != people


def title_of(flat: str, led: bool = False) -> tuple[str, str, str, bool]:
    """Give title, address, the rest, and whether the title is a guess."""
    link = re.match(r"[\"“*_]{0,3}" + LINK.pattern + r"[\"”*_]{0,3}", flat)
    if link:
        return clean_title(link[1])[0], link[2], flat[link.end() :], False
    for pattern in (BOLD, QUOTED, ITALIC):
        found = pattern.match(flat)
        if found:
            inner = LINK.search(found["title"])
            title = clean_title(found["title"])[0]
            return title, inner[2] if inner else "", flat[found.end() :], False
    first = plain_first(flat, led)
    if first is not None:
        return clean_title(first[0])[0], "", first[1], False
    address = BARE_ADDRESS.match(flat)
    if address:
        rest = flat[address.end() :].strip(" -–—:.,")
        url = re.sub(r"^doi:\s*", "https://doi.org/", clean_url(address["url"]))
        named = rest and len(rest.split()) <= 20
        return (rest.rstrip(".") if named else url), url, "" if named else rest, True
    head, _, rest = flat.partition(". ")
    return clean_title(head)[0], "", rest, True


def parts_of(rest: str, lone: bool = False) -> tuple[str, str, str]:
    """Split what follows a title into people, facts about the publication, and a note.

    Args:
        lone: a single family name in front of a year is a person.
    """
    people, facts = "", []
    at = 0
    text = rest.strip()
    text = re.sub(r"^[\s,.:;|·–—-]+", "", text)
    slanted = re.match(r"([*_]{1,3})(?P<who>[^*_]+)\1", text)
    if slanted and people_in(slanted["who"])[0]:
        text = slanted["who"] + text[slanted.end() :]
    edition = re.match(
        r"((?:\d+(?:st|nd|rd|th)|[Rr]evised|[Ss]econd|[Tt]hird) ed(?:ition|n)?\.?)[,.]\s+(?=by\b|[A-Z])",
        text,
    )
    if edition:
        facts.append(edition[1])
        text = text[edition.end() :]
    while at < len(text):
        bracket = re.match(r"\s*[(\[]([^()\[\]]{2,120})[)\]]\s*[-–—:.,]*\s*", text[at:])
        if bracket and (YEAR.search(bracket[1]) or len(bracket[1].split()) <= 6):
            names, more = people_in(bracket[1], lone=True)
            if names and not people:
                people = names
                facts.append(more)
            else:
                facts.append(bracket[1])
            at += bracket.end()
            continue
        end = next_end(text, at)
        segment = text[at : end[0]].strip(" ,")
        names, more = people_in(segment, lone) if not people else ("", segment)
        if (
            people
            and re.search(r"[-–—]\s*$", text[:at])
            and YEAR.search(" ".join(facts))
            and not YEAR.search(text, at)
            and re.search(r"\w[.!?][*_]?$", text)
            and end[0] >= len(text.rstrip(" .!?*_"))
        ):
            break  # a last sentence behind a dash
        if (
            people
            and "\n" in text[max(0, at - 2) : at]
            and YEAR.search(" ".join(facts))
            and re.search(r"[.!?][*_]?$", text)
        ):
            break  # a line of its own behind people and year says something about the work
        if names:
            people = names
            if more:
                facts.append(more)
        elif is_facts(segment) and not (
            facts
            and end[0] >= len(text)
            and re.fullmatch(r"([*_])[^*_]+[.!?]\1", text[at:].strip())
        ):
            facts.append(segment)
        elif segment.strip("*_ .,;:-"):
            break
        at = end[1]
    note = without_emoji(text[at:]).strip() if at < len(text) else ""
    return (
        people,
        ". ".join(f for f in facts if f.strip(" .,")),
        note if re.search(r"\w", note) else "",
    )


def next_end(text: str, at: int) -> tuple[int, int]:
    """Give where a segment ends and where the next one begins; initials and `et al.` end none."""
    start = at
    while (found := SEPARATOR.search(text, start)) is not None:
        start = found.start() + 1
        before = text[at : found.start() + 1]
        abbreviated = found[0].startswith(".") and re.search(
            rf"(?:\b[{UPPER}]|\b[JS]r|\bSt|\bed|\bet\.? al|\bProc|\bConf|\bTrans|\bInt|\bComput|\bSoftw|\bCommun|\bSymp|\bAnnu|\bRev|\bSci|\bJ|\bvol|\bno|\bpp|\bvs)\.$",
            before,
        )
        marked = text[found.end() : found.end() + 1] in {"*", "_"} and before.endswith(
            ("al.", "Jr.", "Sr.")
        )
        if (
            abbreviated
            and not marked
            and not (
                before.endswith("al.")
                and (text[found.end() : found.end() + 1].isupper() or "\n" in found[0])
            )
        ):
            continue
        return found.start(), found.end()
    opening = re.search(r"\s\((?=[^()]*(?:19|20)\d\d[^()]*\))", text[at:])
    if opening and opening.start() > 0:
        return at + opening.start(), at + opening.start() + 1
    return len(text), len(text)


def lone_families(works: list[tuple[tuple[str, ...], str]]) -> set[str]:
    """Give the notes of one capitalised word that are people, for the people and notes of all works: where most people go by families alone."""
    families = sum(all("," not in name for name in people) for people, _ in works if people)
    notes = {
        note
        for people, note in works
        if not people
        and re.fullmatch(rf"[{UPPER}][\w’'-]*[{LOWER}]", note)
        and not NO_PERSON.search(note)
    }
    return (
        notes
        if families >= 2 and families * 2 > sum(bool(people) for people, _ in works)
        else set()
    )


MONTH_ONLY = re.compile(rf"{MONTH}", re.IGNORECASE)


def people_in(segment: str, lone: bool = False) -> tuple[str, str]:
    """Give the people a segment begins with, and what follows them; nothing when it begins with none.

    Args:
        lone: a single family name with a year behind it is a person, as in `(Sweeney, 2002)`.
    """
    text = re.sub(r"^(?:by|authors?:?)\s+", "", segment.strip(" *_.,"), flags=re.IGNORECASE)
    dated = re.fullmatch(
        rf"((?:{NAME})(?:(?:,| and| &) {NAME}){{0,3}}(?:,? et\.? al\.?)?),?\s+((?:18|19|20)\d\d)\b(.*)",
        text,
    )
    if dated and MONTH_ONLY.fullmatch(dated[1]):
        return "", segment
    if (
        dated
        and not NO_PERSON.search(dated[1])
        and not re.search(r"\b[A-Z]{3,}\b|[a-z][A-Z]{2,}", dated[1])
    ):
        return dated[1], f"{dated[3].strip(' ,;')} {dated[2]}".strip()
    bracket = re.search(
        r"\s*\(([^()]*(?:19|20)\d\d[^()]*|(?=[A-Za-z]*[A-Z]{2})[A-Za-z]{3,}\d\d)\)\s*$", text
    )
    behind = bracket[1] if bracket else ""
    text = text[: bracket.start()] if bracket else text
    pieces = re.split(r"(\s*,\s*(?:and|&)\s+|\s+(?:and|&)\s+|\s*,\s*|\s*;\s*)", text)
    taken = 0
    et_al = False
    for index in range(0, len(pieces), 2):
        piece = pieces[index].strip()
        bare = re.sub(r"\s*(?:,\s*)?\b(?:et\.? al\.?|and others|and colleagues)$", "", piece)
        initials = re.fullmatch(r"(?:[A-Z]\.[ -]?){1,4}", piece) is not None
        lower = 0 < index < len(pieces) - 1 and re.fullmatch(
            r"(?!.*\b(?:blog|post|book|talk|video|article|essay|paper|report|thesis|draft|preprint|chapter|podcast)\b)[a-z]{3,} [a-z]{3,}",
            bare,
        )  # danah boyd
        if (
            bare
            and not initials
            and not lower
            and (
                not PERSON.fullmatch(bare)
                or NO_PERSON.search(bare)
                or (bare.isupper() and len(bare) > 2)
                or re.search(r"\d", bare)
            )
        ):
            break
        taken = index + 1
        if bare != piece or re.fullmatch(r"et\.? al\.?|others", piece):
            et_al = True
            break
    names = "".join(pieces[:taken]).strip(" ,")
    count = (taken + 1) // 2
    words = len([w for w in names.split() if not re.fullmatch(rf"(?:[A-Z]\.)+|{SUFFIX}|[a-z]+", w)])
    beyond = [p for p in "".join(pieces[taken:]).split() if re.search(r"\w", p)]
    placed = is_dated_venue(beyond)
    dated_only = re.fullmatch(r"[\s,(]*(?:18|19|20)\d\d\W*", "".join(pieces[taken:])) is not None
    whole = len(names.split())
    person = whole >= 2 and 1 <= words <= 3
    if (
        lone
        and whole == 1
        and (placed or YEAR.search(behind))
        and not re.search(r"[A-Z]{2}", names)
    ):
        person = True
    if not names or (
        not et_al
        and count == 1
        and (not person or (len(pieces) > 1 and not dated_only and not placed))
    ):
        return "", segment
    rest = "".join(pieces[taken:]).strip(" ,;.")
    if rest and len(rest.split()) > MAX_META_WORDS:
        return "", segment
    return names, ", ".join(p for p in (rest, behind) if p)


def is_dated_venue(words: list[str]) -> bool:
    """Tell whether what stands behind a person is a short venue with a year."""
    return (
        1 <= len(words) <= 6
        and YEAR.search(" ".join(words)) is not None
        and not any(re.fullmatch(r"(?:is|are|was|that|which)", w) for w in words)
    )


OF_FACTS = frozenset(
    "of the on in and for at to by with from edition ed published reprinted revised preprint post blog talk paper report thesis version vol pp pages chapter online part first second third presented".split()
)
"""Small words of facts about a publication."""

OF_JOURNAL = re.compile(
    rf"^(?:In )?[{UPPER}](?:[^.!?]|(?<=[a-z])\.(?= [A-Z])|(?<=\bJ)\.){{2,80}},? \d{{1,4}}\s?\(\d{{1,3}}(?:[-–/]\d+)?\)(?:[,:] (?:pp?\. )?\w?\d[\d–-]*)?$|^(?i:blog(?: ?post)?|talk|invited talk|video|lecture|book(?: chapter)?|white ?paper|(?:technical |research )?report|(?:PhD |master[’']?s )?thesis|(?:journal |magazine |newspaper )?article|conference paper|podcast|web ?(?:page|site)|manuscript|preprint)$"
)
"""`IEEE Software 29(6), 18-21`, `Blog post`."""


def is_facts(segment: str) -> bool:
    """Tell whether a segment says where and when something appeared."""
    text = LINK.sub(lambda m: m[1], segment).strip(" *_.,")
    words = text.split()
    if not words:
        return True
    if (
        len([w for w in words if re.fullmatch(r"[a-z]{2,}", w) and w not in OF_FACTS]) >= 3
        and re.match(r"[A-Z][a-z]*\s[a-z]", text)
        and not re.search(r"\b[A-Z]{3,}", text)
    ):
        return False
    if YEAR.search(text) and len(words) <= MAX_META_WORDS:
        return True
    if len(words) <= 14 and OF_JOURNAL.search(text):
        return True
    whole_italic = re.fullmatch(r"[*_][^*_]+[*_]", segment.strip(" .,")) is not None and not (
        re.search(r"[.!?][*_]$", segment.strip(" .,")) and len(words) >= 4
    )
    if whole_italic and len(words) <= 12:
        return True
    if len(words) <= 4 and re.fullmatch(r"(?=.*[A-Z]{3})(?:[A-Z][\w&@/+-]*\s?){1,4}", text):
        return True
    if re.fullmatch(
        r"(?:[A-Z]{2,8}(?:[-/ ][A-Z]{2,8})?(?:\s*['’]?\d{2,4})?|pp?\.?\s*\d[\d–-]*|vol\.? .{1,20}|no\.? .{1,10}|arXiv\S*(?: \S+)?|DOI\S* ?\S*)",
        text,
    ):
        return True
    return (
        bool(
            re.search(
                r"\b(?:Proceedings|Journal|Transactions|Conference|Symposium|Workshop|Press|arXiv preprint|O[’']Reilly|Springer|Technical Report|Thesis)\b",
                text,
            )
        )
        and len(words) <= 12
        and not re.search(r"\b(?:is|are|was|shows?|describes?|argues?|presents?|gives?)\b", text)
    )


def venue_in(facts: str) -> str:
    """Give the venue in the facts: what is left without year, pages and marks, when it is short."""
    first = next((f for f in re.split(r"\.\s|;\s", facts) if re.search(r"[A-Za-z]{2}", f)), "")
    text = re.sub(r"[,(]?\s*\b(?:18|19|20)\d\d\b\)?|\bpp?\.?\s*[\d–-]+|[*_]", " ", first)
    text = collapse(text).strip(" ,.;:()-–—[]")
    return text if 1 <= len(text.split()) <= 14 else ""
