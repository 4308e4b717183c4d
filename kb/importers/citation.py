"""One citation in prose: people, title, link, year, venue, kind of work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.importers.bibliography_markup import without_emoji
from kb.importers.cited_people import GROUP, LINK, PARTICLE, SHORT_LIST, SUFFIX, split_authors
from kb.importers.letters import LOWER, UPPER
from kb.importers.schedules.words import is_material
from kb.text import collapse

__all__ = ["Citation", "is_form", "looks_like_citation", "read_citation"]

GENERAL = re.compile(
    r"[\[(\s]*(?:(?:full |official |project |original |free |my )?(?:pdf|paper|ps|txt|link|doi|arxiv|html|url|code|slides?|video|website|webpage|homepage|acm(?: dl)?|dl|ieee|ieee ?xplore|online|here|web|site|page|full[ -]?text|open[ -]access|jstor|publisher|preprint|ssrn|openreview|"
    r"stars?|publish|demo|hf|hugging ?face|supp|appendix|venue|conference|badge|book|journal|article|springer(?: ?link)?|nature|sciencedirect|wiley|usenix|project|dataset|data|model|weights|colab|tweet|thread|official|pytorch|tensorflow|jax|keras|podcast|medium|abs|abstract|tutorial|archive|semantic scholar|github|implementation|(?:watch|listen|read|view)(?: (?:online|here|it|now))?|recording|transcript|episode|audio|youtube|repo|bibtex|bib|cite|thesis|survey|review|blog|blog ?post|post|press|notes?|report|tool|artifact|talk|poster|supplement(?:al|ary)?|extended version|longer version|draft|manuscript)"
    r"|(?:arxiv|doi|github|code|pdf)[: /(].{1,60}|10\.\d{4,}/\S+|https?://\S+)[\])\s]*",
    re.IGNORECASE,
)
"""Labels of links that name no work."""

YEAR = re.compile(r"(?<![\d/.-])((?:18|19|20)\d\d)(?![\d/-])(?!\.\d)")
UNDATED = r"(?:[nN]\.\s?d\.?|[Ii]n [Pp]ress|[Ff]orthcoming|[Tt]o appear|[Aa]ccepted|[Ss]ubmitted|[Uu]nder review|[Ii]n preparation|o\.\s?J\.?|[Ss]\.\s?[dfa]\.|[Ii]m (?:Druck|Erscheinen)|[ÀàAa] paraître|[Ee]n prensa|[Nn]o prelo)"
"""What stands in the place of a year that is not known or to come."""

NO_YEAR = re.compile(rf"\({UNDATED}(?:-[a-z])?\)\.?|(?<=\. ){UNDATED}(?=[.,])\.?")
SHORT_YEAR = re.compile(r"(?<![\w’'])[A-Z][\w&/+-]*[A-Za-z]\s?[’'](\d\d)(?!\w)")
"""`CSCW'94`, `IEEE Computer’09`."""

QUOTED = re.compile(r"[“\"„](.+?)[”\"](?=[\s.,;:)?!]|$)(?!: [A-Z])")
ITALIC = re.compile(r"(?<![*\w])\*([^*]+)\*(?![*\w])|(?<![_\w])_([^_]+)_(?![_\w])")
PAGES = re.compile(r"(?:\bpp?\.?\s*|:\s*|,\s*)(\d+(?::\d+)?\s*[-–—]{1,2}\s*\d+(?::\d+)?)")
VOLUME = re.compile(r"\b(\d{1,4}),?\s*(?:no\.\s*|\()([\w.-]+)\)?")
FULL_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,)\s+(?:19|20)\d\d\b"
)
"""`06 Oct 2020`, `Oct 6, 2020`."""

ARXIV = re.compile(r"arxiv[:\s./]*(?:org/(?:abs|pdf)/)?(\d{4}\.\d{4,5})", re.IGNORECASE)
DOI = re.compile(r"10\.\d{4,9}/(?:[^\s()<>\"]|\([^\s()]*\))+")
ACCESSED = re.compile(
    r"[\[(]?\b(?:Last )?(?:accessed|retrieved|visited|abgerufen|zugriff|abruf|consulté|consultado|acesso|geraadpleegd)\b(?: (?:on|am|le|el|op|em))?:?[\w\s.,/]{0,20}?(?:19|20)\d\d\b[\])]?[.,]?",
    re.IGNORECASE,
)
"""When somebody looked at a page, which is no year of publication."""

GIVEN_FAMILY = (
    rf"(?:[{UPPER}][\w’'.-]*[ ]){{1,4}}(?:{PARTICLE}[ ]){{0,3}}[{UPPER}][\w’'-]+(?:,?[ ]{SUFFIX})?"
)
PEOPLE_FIRST = re.compile(
    rf"{GIVEN_FAMILY}(?:(?:,\s+|,?\s+(?:and|&)\s+){GIVEN_FAMILY})*(?:,?\s+et al\b\.?)?(?:(?<=al\.)\s|\s*[.,:(])\s*"
)
"""`Edsger W. Dijkstra. `, `Ada Lovelace and Alan Turing, `."""

FAMILY = rf"(?:{PARTICLE}\s+){{0,3}}[{UPPER}][\w’'-]+(?:\s+[{UPPER}][\w’'-]+)?"
LABELLED = re.compile(
    rf"(?P<who>{FAMILY}(?:(?:,\s*|\s+(?:and|&)\s+|,\s*(?:and|&)\s+){FAMILY}){{0,7}})(?:,?\s+(?:et al\b\.?|and others))?,?\s*\((?:18|19|20)\d\d[a-z]?\)(?:\.\s+(?=\w)|[.,:]?\s*[-–—:]?\s*(?=[\"“*_\[{UPPER}]))"
)
"""`Imbens & Rubin (2015), ` in front of a title."""

COLON_NAMES = re.compile(
    rf"((?:[^\W\d_][\w’' -]*,\s+(?:[{UPPER}]\.[\s-]?)+(?:,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+)?)+(?:et\.? al\.?)?):\s+(?=\S)"
)
"""`Kamiran, F., Calders, T.: ` in front of a title, as Springer prints it."""

FULL_COLON_NAMES = re.compile(
    rf"((?:(?:{PARTICLE} ){{0,3}}[{UPPER}][\w’'-]+,\s+(?:[{UPPER}][\w’'.-]*\s?){{1,3}}(?:;\s+|/\s*|\s+(?=u\.|et))?){{1,12}}(?:(?:u\.\s?a\.|et\.? al\.?))?):\s+(?=\S)"
)
"""`Gray, Jim; Reuter, Andreas: ` in front of a title."""

GERMAN_SUBTITLE = re.compile(
    rf"[.?!]\s+(?P<more>(?!In\b)[{UPPER}][^.:?!\d]{{5,150}})\.\s+(?:\d+\.,? |[{UPPER}][^.:]{{2,40}}:\s[{UPPER}])"
)
"""`. Grundlagen und Techniken. 12. Aufl.`, `. Ein Handbuch. Reinbek: Rowohlt`: a subtitle and what stands behind it."""

OF_EDITION = re.compile(
    r"(?<=[\w?!])\s+\(((?:\d+(?:st|nd|rd|th)|[Rr]ev(?:ised|\.)?|[Ee]xpanded|[Uu]pdated) ed[^()]*|\d+\. ?(?:Aufl|ed)[^()]*|(?:[Uu]npublished )?(?:[Dd]octoral|[Mm]aster[’']?s|Ph\.?D\.?)(?: [Dd]issertation| [Tt]hesis)[^()]*|(?:[Tt]ech\w*\.? |[Rr]esearch )?[Rr]eport No[^()]*|RFC \d+|Vols?\. [^()]*)\)$"
)
"""`(2nd ed.)`, `(Doctoral dissertation, Stanford University)` at the end of a title that no marks end."""

VOLUME_YEAR = re.compile(
    rf"[{LOWER}]{{3,}}[.?!]\s+[{UPPER}][^.?!]*\s\d+\s*\((?:18|19|20)\d\d\)[.,:]?\s+$"
)
"""`. Empirical Software Engineering 14 (2009), `: the year behind a volume, which no title follows."""

FAMILIES_FIRST = re.compile(
    rf"{FAMILY}(?:(?:,\s+|\s+(?:and|&)\s+|,\s*(?:and|&)\s+){FAMILY}){{0,7}}(?:,?\s+et al\b\.?)?\s*[.,:]?\s+(?=[\[\"“*_])"
)
"""`Herbsleb & Grinter, ` in front of a title with marks."""

FAMILIES_STOP = re.compile(
    rf"(?P<who>{FAMILY}(?:(?:,\s+|\s+(?:and|&)\s+|,\s*(?:and|&)\s+){FAMILY}){{0,7}}(?:,?\s+et al\b)?)\.\s+(?=[{UPPER}][^.?!]{{12,250}}[.?!]\s+[^.]{{2,90}}?[\s(](?:19|20)\d\d[).\s]*(?:$|[{UPPER}<]|https?:|doi))(?=[^.?!]*\s[a-z])"
)
"""`Wohlin et al. ` in front of a bare title, a place and a year."""

INITIALS_BOOK = re.compile(
    rf"(?:(?:[{UPPER}]\.[ -]?){{1,3}}\s?(?:{PARTICLE} ){{0,3}}[{UPPER}][\w’'-]+(?:,? and |, )(?:et al\.?, )?)+(?:[Ee]ds?\., )?(?P<title>[{UPPER}][^.“\"]{{8,200}}?)(?:,\s+(?:\d+(?:st|nd|rd|th)|[Rr]ev\.) ed\b|\.\s+[{UPPER}][^.:]{{2,40}}:\s[{UPPER}])"
)
"""`J. Katz and Y. Lindell, Introduction to Modern Cryptography, 3rd ed. `, `D. Knuth, The Art. Reading: Addison`."""

LOWER_NAME = re.compile(r"[a-z]{3,},\s+(?:[a-z]{3,}[,.]|[a-z]\.)\s")
"""`boyd, danah, `."""

MAX_FACTS = 3000
"""Characters behind a title that are searched for facts."""

PUBLISHERS = r"(?:Press|Publishing|Publications?|Springer|Apress|Manning|Wiley|Elsevier|O[’']Reilly|Packt|Books|Verlag|Incorporated|CRC|Addison|Pearson|Morgan Kaufmann)"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says."""

    authors: tuple[str, ...]
    """`Family, Given`, in order."""
    et_al: bool
    title: str
    year: int | None
    url: str = ""
    venue: str = ""
    type: str = "misc"
    """BibTeX entry type."""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    arxiv: str = ""
    doi: str = ""


def looks_like_citation(text: str) -> bool:
    """Tell whether a paragraph reads like a citation rather than like prose.

    It has a year, begins with a name (`Family, Given` or `Given Family` before a full stop) or a title, and
    has a title that is quoted, linked, in italics or ends with a full stop.
    """
    flat = collapse(text)
    bare = LINK.sub(lambda m: m[1], flat)
    if (
        not (YEAR.search(bare) or SHORT_YEAR.search(bare) or NO_YEAR.search(bare[:300]))
        or len(flat) > 3000
        or re.match(
            r"(?:see|for|also|similarly|a |an |the |this|these|in |our|we |i )\b",
            flat,
            re.IGNORECASE,
        )
    ):
        return False
    if flat.startswith("*") and flat.endswith("*") and flat.count("*") == 2 and len(flat) > 80:
        return False
    names = re.match(
        rf"(?:[{LOWER}]+\s+){{0,3}}[{UPPER}][\w’'.À-ɏ-]*(?:\s+[{UPPER}][\w’'.À-ɏ-]*)*,\s+(?:[{UPPER}]\.|[{UPPER}][\w’'À-ɏ-]+)",
        flat,
    )
    initials = re.match(
        rf"(?:[{UPPER}]\.[ -]?){{1,4}}\s*(?:[a-z]+\s+){{0,2}}[{UPPER}][\w’'-]+(?:,|\s+and\b|\s+et al)",
        flat,
    )
    given_first = re.match(
        rf"[{UPPER}][\w’'.-]+(?:\s+[{UPPER}][\w’'.-]*){{1,3}}\.\s+(?:19|20)\d\d\.\s+[{UPPER}]", flat
    )
    organisation = re.match(
        rf"[{UPPER}][^.\"“\[]{{2,80}}\.\s+(?:(?:18|19|20)\d\d[a-z]?\.\s+)?[\"“\[*_(]|(?=[^,\"“]*(?:{GROUP.pattern}|^[A-Z]{{2,8}},))[{UPPER}][\w&’' -]{{2,80}},\s+[\"“]",
        flat,
    )
    linked_first = re.match(r"[\"“*]*\[[^\]]{8,}\]\(", flat)
    year_second = re.match(r"[^.\"“\[]{3,200}[.,(]\s*\(?(?:19|20)\d\d\)?", flat)
    people = PEOPLE_FIRST.match(flat) or LOWER_NAME.match(flat)
    families = FAMILIES_FIRST.match(flat)
    if (
        families
        and (span := title_span(flat)) is not None
        and span[0] <= families.end() + 1
        and len(span[2].split()) <= 40
    ):
        return True
    if people and people[0].rstrip().endswith("(") and dated_title(flat) is not None:
        return True
    return (
        bool(given_first)
        or INITIALS_BOOK.match(flat) is not None
        or (
            bare_title(flat, None) is not None
            and bool(
                PEOPLE_FIRST.match(flat)
                or SHORT_LIST.match(flat)
                or FAMILIES_STOP.match(flat)
                or COLON_NAMES.match(flat)
                or FULL_COLON_NAMES.match(flat)
            )
        )
        or bool(LABELLED.match(flat))
        or bool((names or initials or organisation or linked_first or people) and title_span(flat))
        or bool(names and (year_second or YEAR.search(bare)))
    )


def is_form(label: str) -> bool:
    """Tell whether a link's label names a form of the work beside it and not the work: `pdf`, `[arXiv:1706.03762]`."""
    return (
        not re.search(r"\w", label)
        or GENERAL.fullmatch(label.strip("[]()*_` ")) is not None
        or is_material(label.strip("[]()*_` "))
    )


def title_span(text: str) -> tuple[int, int, str, str] | None:
    """Find the title: start, end, title, address. Quoted first, then linked, then in italics.

    A quoted text inside the label of a link is part of the title.
    """
    link = next((m for m in LINK.finditer(text) if not is_form(m[1])), None)
    quote = QUOTED.search(mask_links(text))
    slanted = ITALIC.search(text)
    if (
        quote
        and slanted
        and slanted.end() < quote.start()
        and YEAR.search(text, slanted.end(), quote.start())
        and len((slanted[1] or slanted[2]).split()) >= 3
    ):
        quote = None  # of what is said about the work
    if quote and (
        link is None or quote.start() <= link.start() <= quote.end() or quote.end() < link.start()
    ):
        if link is not None and quote.start() <= link.start() and link.end() <= quote.end() + 1:
            return quote.start(), max(quote.end(), link.end()), link[1], link[2]
        if link is None or link.start() > quote.end():
            near = link if link is not None and link.start() - quote.end() < 40 else None
            return (
                quote.start(),
                quote.end(),
                text[quote.start(1) : quote.end(1)],
                near[2] if near else "",
            )
    if link:
        return link.start(), link.end(), link[1], link[2]
    italic = ITALIC.search(text)
    if italic:
        return italic.start(), italic.end(), italic[1] or italic[2], ""
    return None


def mask_links(text: str) -> str:
    """Replace what is inside links by letters, so that quotes inside labels end nothing; the length stays."""
    return LINK.sub(lambda m: "x" * len(m[0]), text)


def read_citation(text: str) -> Citation:
    """Read a citation; what it does not say stays empty."""
    flat = collapse(text.replace("\u00a0", " "))
    dated = dated_title(flat)
    flat = flat if dated else NO_YEAR.sub("", flat, count=1)
    span = dated or title_span(flat)
    lead_year = None
    if dated:
        pass
    elif span is None or (flat[: span[0]].count(".") and bare_title(flat, span)):
        span = bare_title(flat, span) or span
    if span is None:
        head, _, tail = flat.partition(". ")
        start, end, title, url = len(head) + 2, len(flat), tail, ""
    else:
        start, end, title, url = span
    behind = (
        re.match(rf":\s+(?=[{LOWER}])[^.\d]{{4,200}}(?=\.\s)", flat[end:])
        if flat[end - 1 : end] in {"*", "_"}
        else None
    )
    if behind:
        title, end = f"{title}{behind[0]}", end + behind.end()
    head = flat[:start].rstrip(' "“*_[(')
    tail = flat[end:].lstrip(' .,”")' if dated else ' .,”"*_)')
    if not url:
        link = LINK.search(flat)
        address = re.search(r"https?://[^\s<>\]]+", flat)
        doi = re.search(r"\bdoi:?\s*(10\.\d{4,9}/[^\s)>\]]+)", flat, re.IGNORECASE)
        url = (
            link[2]
            if link
            else address[0]
            if address
            else f"https://doi.org/{doi[1]}"
            if doi
            else ""
        )
    years = YEAR.findall(head)
    head = (
        re.sub(rf"[\s,.]*{NO_YEAR.pattern}$", "", head.rstrip(" .,:"))
        if not years and NO_YEAR.search(head)
        else head
    )
    if years:
        lead_year = int(years[-1])
        head = re.sub(rf"[\s,(]*{years[-1]}[a-z]?(?:,[^()]*)?\)?[.,:]?\s*$", "", head)
    authors, et_al = split_authors(head)
    title, in_title = clean_title(title)
    rest = LINK.sub(lambda m: m[1], f"{in_title} {tail}".strip())
    return details(authors, et_al, title, clean_url(url), rest, lead_year)


def dated_title(text: str) -> tuple[int, int, str, str] | None:
    """Find the title behind `Brooks, F. P. (1987).` when it is not quoted: up to its full stop, or the link or italics it stands in."""
    lead = re.match(
        r"(?:[^()“\"\[*_]|\((?:[Ee]ds?|editors?|Hrsg|Hg|[Oo]rgs?|[Dd]irs?|[Cc]oords?)\.?\)){4,300}?(?:\((?:(?:18|19|20)\d\d[a-z]?(?:,[^()]{2,20})?|"
        + UNDATED
        + r"(?:-[a-z])?)\)\s*[.:,]?|(?<=[.,])\s(?:(?:18|19|20)\d\d[a-z]?[.:]|"
        + UNDATED
        + r"(?<=\.)|"
        + UNDATED
        + r"\.))\s+(?=\S)",
        text,
    )
    if (
        lead is None
        or FAMILIES_STOP.match(text)
        or re.match(r"[“\"][^“”\"]+[”\"](?!:)", text[lead.end() :])
        or VOLUME_YEAR.search(lead[0])
    ):
        return None
    rest = text[lead.end() :]
    marked = re.match(r"[*_]{1,2}([^*_]{4,400}?)[*_]{1,2}(?=[\s.,(:]|$)", rest)
    link = LINK.match(rest)
    if link:
        return lead.end(), lead.end() + link.end(), link[1], link[2]
    if marked:
        inner = LINK.search(marked[1])
        return lead.end(), lead.end() + marked.end(), marked[1], inner[2] if inner else ""
    if not re.match(r"[^.]*[^\W\d_]{3}", rest):
        return None
    end = re.search(
        rf"(?<!\b[A-Z])(?<!\bvs)[.?!](?=\s+(?:[{UPPER}*_\[(“\"<]|https?:|arXiv|doi)|$)|(?=\s[*_][A-Z])",
        rest,
    )
    if end is None or end.start() < 4:
        return None
    further = re.match(
        rf"[?!]\s+(?![Ii]n\b|IEEE|ACM|Proc)([{UPPER}][^.?!\d*_\[\"“]{{8,200}})\.\s+(?:[*_]|In\b)",
        rest[end.start() :],
    )
    subtitle = GERMAN_SUBTITLE.match(rest, end.start()) if lead[0].rstrip().endswith("):") else None
    if further or subtitle:
        stop = end.start() + further.end(1) if further else subtitle.end("more") if subtitle else 0
        return lead.end(), lead.end() + stop, rest[:stop], ""
    stop = end.end() if rest[end.start() : end.start() + 1] in {"?", "!"} else end.start()
    return lead.end(), lead.end() + stop, rest[:stop], ""


def bare_title(
    text: str, span: tuple[int, int, str, str] | None
) -> tuple[int, int, str, str] | None:
    """Find a title that is neither quoted nor linked: `Smith, Jeff. Machine Learning Systems: ... Manning, 2018.`"""
    limit = span[0] if span else len(text)
    names = re.match(
        rf"((?:[^.,]+,\s*(?:[A-Z]\.\s?|[{UPPER}][\w’'-]++\s?)+)(?:(?:,|,?\s+and|;)\s+(?:[A-Z]\.\s?|[{UPPER}][\w’'-]++\s?)+)*)\.\s+(?:(?:19|20)\d\d\.\s+)?(?=[A-Z])",
        text,
    )
    unmarked = span is None or text[span[0] : span[0] + 1] in {"*", "_"}
    names = (
        unmarked
        and re.match(
            rf"((?:[{UPPER}][\w’'-]+,\s*(?:[{UPPER}]\.[\s-]?)+(?:(?:,\s*)?(?:and\s+|&\s+)?)?)+(?:et\.? al\.?,?\s)?)(?:(?<=\.)|(?<=\.\s))(?=[A-Z][a-z]|[A-Z]\s)(?![A-Z]\.|[{UPPER}][\w’'-]+,? (?:eds?|editors?|and [{UPPER}])\b)",
            text,
        )
    ) or names
    book = INITIALS_BOOK.match(text) if span is None else None
    if book:
        return book.start("title"), book.end("title"), book["title"], ""
    people = PEOPLE_FIRST.match(text) if span is None or unmarked else None
    if (
        people
        and span
        and not re.fullmatch(r"[^.?!]{8,250}[.?!]\s+(?:In:?\s+)?", text[people.end() : span[0]])
    ):
        people = None
    names = (
        (SHORT_LIST.match(text) if unmarked else None)
        or COLON_NAMES.match(text)
        or FULL_COLON_NAMES.match(text)
        or names
        or (FAMILIES_STOP.match(text) if span is None else None)
        or (
            people
            if people and people[0].rstrip().endswith(".") and YEAR.search(text, people.end())
            else None
        )
    )
    if names is None or names.end() >= limit:
        return None
    found = re.match(r"[^.]{8,300}?(?=\.\s|\s\((?=[^()]*\d)|$)", text[names.end() : limit])
    asked = re.match(
        rf"([^.]{{8,250}}?[?!])\s+(?=(?:In\b|[{UPPER}][^.?!]{{3,80}}(?:,\s*|\s)\d+\s*[(:,]))",
        text[names.end() : limit],
    )
    found = asked or found
    if people is not None and names is people and (found is None or len(found[0].split()) < 3):
        return None
    if (
        found is None
        or not re.search(r"[a-z]", found[0])
        or re.match(r"(?:In|IEEE|Proc)\b", found[0])
    ):
        return None
    return names.end(), names.end() + found.end(), found[0].rstrip(), ""


def clean_title(title: str) -> tuple[str, str]:
    """Give a title without markup and final full stop, and a venue that stood inside its quotes."""
    text = collapse(LINK.sub(lambda m: m[1], title)).strip(" ,;")
    text = re.sub(r"[*_]{1,3}([.,;:]+)$", r"\1", text)
    text = unquoted(without_emoji(text).strip(" *_")).replace("\\", "").strip()
    inside = re.search(r"(?<=[a-z?)])[.?]\s+(In [A-Z].*|(?:IEEE|ACM|Proceedings|arXiv)\b.*)$", text)
    if text.count("”") > text.count("“"):
        text = "“" + text
    if text.count('"') % 2:
        text = text + '"' if re.search(r'(?:^|\s)"\w', text) else text.rstrip('"')
    venue = ""
    text = re.sub(r",\s+(?:\d+(?:st|nd|rd|th)|[Rr]ev(?:ised|\.)) ed(?:ition|n)?\.?$", "", text)
    edition = OF_EDITION.search(text) if inside is None else None
    if edition:
        text, venue = text[: edition.start()], f"({edition[1]})."
    if inside:
        venue = inside[1]
        text = text[: inside.start() + (1 if text[inside.start()] == "?" else 0)]
    return text.rstrip(" .,;:") if not text.endswith("...") else text, venue


def unquoted(text: str) -> str:
    """Give text without quotes around all of it; those around a part stay."""
    if (
        len(text) > 1
        and text[0] in '"“„'
        and text[-1] in '"”'
        and not re.search(r"[\"”“„]", text[1:-1])
    ):
        return text[1:-1]
    if text[:1] in {'"', "“", "„"} and not re.search(r"[\"”]", text[1:]):
        return text[1:]
    return text


def clean_url(url: str) -> str:
    """Give an address without slips of the Markdown around it: a trailing full stop, an unmatched bracket."""
    text = url.strip().strip("<>")
    while text.endswith((".", ",", ")")):
        if text.endswith(")") and text.count("(") >= text.count(")"):
            break
        text = text[:-1]
    return text


def details(
    authors: tuple[str, ...], et_al: bool, title: str, url: str, rest: str, lead_year: int | None
) -> Citation:
    """Read year, venue, volume, pages, publisher and kind from what follows the title."""
    rest = rest[:MAX_FACTS]
    arxiv = ARXIV.search(url) or ARXIV.search(rest)
    doi = DOI.search(url) if re.search(r"doi", url) else DOI.search(rest)
    pages = PAGES.search(rest)
    rest = ACCESSED.sub(" ", rest)
    without = PAGES.sub(" ", ARXIV.sub(" ", rest))
    undated = FULL_DATE.sub(" ", without)
    without = undated if YEAR.search(undated) else without
    years = [int(y) for y in YEAR.findall(without)]
    year = lead_year if lead_year is not None else final_year(without, years)
    venue, volume, number = venue_of(rest)
    kind = kind_of(rest, venue, url)
    publisher = re.search(
        rf"([{UPPER}][\w’'&. -]*\b{PUBLISHERS}\b[\w’' ]*|{PUBLISHERS}[\w’' ,]*)", rest
    )
    return Citation(
        authors=authors,
        et_al=et_al,
        title=title,
        year=year,
        url=url,
        venue=venue,
        type=kind,
        volume=volume,
        number=number,
        pages=re.sub(r"\s*[-–—]{1,2}\s*", "--", pages[1]) if pages else "",
        publisher=collapse(publisher[1]).strip(" ,.")
        if publisher and kind in {"book", "incollection"}
        else "",
        arxiv=arxiv[1] if arxiv else "",
        doi=doi[0].rstrip(".,") if doi else "",
    )


def final_year(rest: str, years: list[int]) -> int | None:
    """Give the year of publication: the last one in brackets, else the last one, not a conference's number."""
    bracketed = re.findall(r"\(((?:18|19|20)\d\d)\)", rest)
    if bracketed:
        return int(bracketed[-1])
    short = SHORT_YEAR.search(rest)
    if not years and short:
        return int(short[1]) + (2000 if int(short[1]) < 70 else 1900)
    return years[-1] if years else None


def venue_of(rest: str) -> tuple[str, str, str]:
    """Give venue, volume and number."""
    italic = ITALIC.search(rest)
    text = re.sub(r"^(?:\s*[,.])*\s*(?:In:?\s+)?", "", rest)
    name = (
        italic[1] or italic[2]
        if italic and italic.start() < 60
        else re.split(
            r",\s*(?:pp?\.|vol|no)|(?<!\bProc)(?<!\bCommun)(?<!\bTrans)(?<!\bSoftw)(?<!\bComput)(?<!\bSymp)(?<!\bConf)(?<!\bInt)(?<!\bRev)(?<!\b[A-Z])\.\s|,\s*\d|\s\(\d{4}\)|\s\(pp|\s\d+,? no\.|\s\d+\s\(|,\s+(?:19|20)\d\d|\s\d+:",
            text,
            maxsplit=1,
        )[0]
    )
    name = collapse(re.sub(r"[*_]", "", name)).strip(" ,.;:()–—")
    name = re.sub(r"\s*\((?:pp?|vol|no|pages)?\.?$", "", name)
    name += ")" * (name.count("(") - name.count(")"))  # an acronym in brackets ends the name
    name = re.sub(r"^In\s+|,\s*\d+$|(?<=[A-Za-z])\s+(?:19|20)\d\d$", "", name)
    volume = volume_in(rest)
    return (
        ("" if YEAR.fullmatch(name) else name),
        (volume[1] if volume else ""),
        (volume[2].strip(".") if volume else ""),
    )


def volume_in(rest: str) -> re.Match[str] | None:
    """Find volume and number: not in an address, nor where the volume would be a year."""
    found = VOLUME.search(
        re.sub(r"https?://\S+|\b10\.\d{4,9}/\S+|(?<=\d)[*_]|[*_](?=\d)", "", rest)
    )
    return None if found and YEAR.fullmatch(found[1]) else found


def kind_of(rest: str, venue: str, url: str) -> str:
    """Give the BibTeX entry type."""
    low = f"{rest} {venue}".casefold()
    if re.search(r"arxiv", low) and not re.search(r"\bproceedings|conference\b", low):
        return "article"
    if re.search(r"blog|medium\.com|towardsdatascience", low + url.casefold()):
        return "online"
    if re.search(r"technical report|tech\. report|\bwhite ?paper", low):
        return "techreport"
    if re.search(
        r"\bproceedings|\bproc\b|conference|workshop|symposium|\bicse\b|\bneurips\b|\bnips\b", low
    ) and not re.search(r"proceedings of the (?:acm on|vldb|ieee\b)|proc\. acm|pvldb", low):
        return "inproceedings"
    if re.search(r"\b(?:thesis|dissertation)\b", low):
        return "phdthesis"
    if re.match(r"\s*\*?in\b", rest, re.IGNORECASE) and re.search(PUBLISHERS, rest):
        return "incollection"
    if volume_in(rest) or re.search(
        r"journal|transactions|magazine|\bieee\b|\bacm\b|communications|letters|review|proceedings of the",
        low,
    ):
        return "article"
    if re.search(PUBLISHERS, rest):
        return "book"
    return "misc"
