"""Words that readers of schedules share: units of portions, roles, names of forms in which a work is to be had."""

from __future__ import annotations

import re

from kb.importers.letters import UPPER
from kb.parse.locators import parse_locator
from kb.text import collapse

__all__ = [
    "A",
    "LECTURE_MATERIAL",
    "LINKED",
    "ROLE",
    "ROLE_OF",
    "SURNAME",
    "UNIT",
    "VENUE",
    "is_material",
    "portion_only",
    "title_only",
    "unit_match",
]


def either(words: str) -> str:
    """Give a pattern for any of the words, which spaces part; `_` stands for a space inside one."""
    return "(?:" + "|".join(word.replace("_", r"\s") for word in words.split()) + ")"


A = "[\ue000-\uf8ff]"
"""A link's character."""

UNIT = re.compile(
    r"(?<!&)\b(?:ch(?:ap(?:ter|itre)?)?s?|kap(?:itel)?|caps?(?=\.\s*\d)|cap[íi]tulos?|(?-i:S)(?=\.\s*\d)|seiten?"
    r"|sec(?:tion|t)?s?|pat(?:tern)?s?|pp?|pages?|parts?|vol(?:ume)?s?(?=\.?\s*\d))\b\.?\s*(?=[\d“\"'‘A-Z§])|§",
    re.IGNORECASE,
)
"""The word in front of a portion."""

ROLES = "optional recommended supplementa\\w+ suggested required mandatory skim further"
ROLE = re.compile(
    rf"[(\[]?\s*\b(?:(?:just|please|only)\s+)?({either(ROLES)[3:-1]})\b"
    r"(?:\s+(?:readings?|paper|only|this|but recommended))?\s*:?\s*[)\]]?",
    re.IGNORECASE,
)
ROLE_OF = {
    "optional": "supplementary",
    "further": "supplementary",
    "skim": "",
    "required": "required",
    "mandatory": "required",
}

FORMS = """the full local alternat\\w+ free online open conference journal authors?\\S* official short long talk paper
(?:pre-?)?recorded extended accompanying project my video zoom youtube google additional optional original first second
final arxiv pdf html acm usenix ieee github source slide presentation technical tech companion medium lecture class
annotated library backup reading discussion \\d+"""
"""Words in front of `version`, `slides` or `notes` that say in what form a work is to be had."""

HAD = """pdf pptx? slides? video recording talk html link code github arxiv doi acm ieee usenix local(?:_copy)? copy
blog(?:_post)? notes? summary review demo website site web page poster appendix supplement(?:ary)?(?:_material)? errata
preprint bib(?:tex)? mirror alt(?:ernate)?(?:_link)? online free ebook epub audio transcript discussion questions? quiz
response(?:_form)? form canvas perusall library proxy (?:library_|e-?|course_)?reserves?"""
MATERIAL = re.compile(
    rf"[\[(]*(?:(?:{either(FORMS)} )?{either(HAD)}(?: version)?|here|mp4|youtube)[\])]*"
    r"|this|this (?:paper|article|post|blog post|chapter|link|page|video)"
    r"|https?://\S+|arxiv:\s?\S+|doi:\s?\S+|10\.\d{4, 9}/\S+",
    re.IGNORECASE,
)
"""Labels of links that stand beside a work and name none."""

LECTURE_MATERIAL = re.compile(
    rf"(?:lecture )?{either('slides? video recording notes? code notebook colab handout demo worksheet annotated lecture zoom quiz panopto')}(?: \d+)?",
    re.IGNORECASE,
)
"""Links of the lecture itself."""

VENUE = re.compile(
    r"\s*[(\[]\s*(?P<venue>(?:in )?[A-Z][\w&./ -]{1,30}?\s*['’]?\s*(?:\d\d|(?:19|20)\d\d))\s*[)\]]$"
)
"""`(OSDI '21)` behind a title."""

LINKED = re.compile(
    r"(?P<title>.*\w)\W*(?: |\s*[([]\s*[)\]]\s*),\s+(?P<venue>[A-Z][\w&]*(?: [A-Z]\w*)?\s?['’]?\d{2,4})\W*"
)
"""`The Google File System (), SOSP'03`, its links taken off."""

SURNAME = rf"(?:(?:van|von|de|der|den|di|la|le|el|al|del|da|dos) )*[{UPPER}][\w’'-]+(?: [A-Z]\.)*"


def unit_match(text: str, last: bool = False) -> re.Match[str] | None:
    """Find the word in front of a portion: at the beginning of a text, or the last one in it."""
    if not last:
        return UNIT.match(text)
    found = None
    for match in UNIT.finditer(text):
        found = match
    return found


def title_only(text: str) -> str:
    """Give a title without the portion behind it."""
    found = UNIT.search(text)
    return text[: found.start()].rstrip(" ,;:(") if found and found.start() > 3 else text


def is_material(label: str) -> bool:
    """Tell whether a link's label names a form of the work beside it: `pdf`, `video`."""
    return MATERIAL.fullmatch(collapse(label)) is not None


def portion_only(label: str) -> bool:
    """Tell whether a label is a portion and nothing else."""
    return parse_locator(label) is not None
