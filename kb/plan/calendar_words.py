"""How calendars of universities name days without class, and what looks like one."""

from __future__ import annotations

import re

OFF = re.compile(
    r"\bno (?:\w+ )?(?:class|school|lecture|instruction|teaching)|\bclass(?:es)? (?:are )?"
    r"(?:not held|do not meet|cancell?ed|suspended|excused)|\bbreak\b|\bholidays?\b"
    r"|\brecess\b"
    r"|\bday off\b|\bwellness day\b|\bstudy (?:day|break|week|period)s?\b"
    r"|\b(?:university|campus|school|college) closed\b|\b(?:closed|vacation"
    r"|carnival)\b|\breading (?:day|week|period)s?\b|\bvorlesungsfrei"
    r"|\bferien\b|\bfeiertag",
    re.IGNORECASE,
)
"""Events of a calendar that mean days without class."""


NOT_OFF = re.compile(
    r"\bresume|\bdeadline|\bdue\b|\bregistration|\brecesso|\bbefore\b"
    r"|\bafter\b|\bparty\b|\bclasses (?:begin|start|end)|\b(?:first"
    r"|last) (?:day|class)|\breturn\b|\bwithout break\b"
    r"|\bclasses (?:are )?(?:in session|held|meet|as usual)|\b(?:residence"
    r"|housing|dorm\w*|dining|halls?|check-?in|move-?(?:in|out)|shuttles?"
    r"|parking|library|hours|trips?|travel|applications?|concert|reception"
    r"|meeting|committee|open house)\b",
    re.IGNORECASE,
)
"""Events that name a break and are none."""


EDGE = re.compile(
    r"\s*\b(?P<verb>begins?|starts?|ends?|concludes?)\b(?! of\b)\s*"
    r"|\b(?P<noun>start|beginning|first day|end|last day) of (?:the )?(?!\w+ ?class)",
    re.IGNORECASE,
)
"""`Fall break begins`, `Fall break ends`, `First day of spring break`."""


LATE = re.compile(
    r",?\s*\b(?:after (?:the |your )?last (?:scheduled )?class(?:es)?"
    r"|(?:at )?(?:the )?(?:end|close) of (?:the )?(?:class(?:es)?|(?:business |class )?day)"
    r"|after class(?:es)?)\b.*",
    re.IGNORECASE,
)
"""A break that begins so begins the day after."""


RESUME = re.compile(
    r"\b(?:class(?:es)?|instruction|lectures?|teaching)\b.*\bresumes?\b"
    r"|\bresumption of\b|\breturn to class|\bclasses (?:begin|start) again\b",
    re.IGNORECASE,
)
"""The first day of class behind a break."""


OTHER_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri)day(?:'s)? (?:class(?:es)? )?(?:schedule"
    r"|plan|timetable)\b|\bfollow(?:s|ing)? (?:a |the )?(?:mon|tues"
    r"|wednes|thurs|fri)day\b",
    re.IGNORECASE,
)
"""A day on which the classes of another weekday meet."""


LAST_CLASS = re.compile(
    r"\b(?:last|final) day of (?:\w+ ){0,3}(?:class|lecture|instruction"
    r"|teaching)|\b(?:last|final) (?:class(?:es)?|instruction(?:al)?"
    r"|lecture|teaching) days?\b|\b(?:classes|lectures|instruction|teaching) ends?\b"
    r"|\bend of (?:classes|lectures|instruction|teaching)\b|\blast (?:classes|lectures)\b",
    re.IGNORECASE,
)
"""The event that ends the term's classes."""


PART = re.compile(
    r"\bmini\b|\bmini-?\d|\bhalf\b|\bmodule|\bsession\b|\bquarter\b"
    r"|\b(?:first|second|[78])[- ]?week|\bfor\b|\bbefore\b|\bprior to\b"
    r"|\bbreak\b|\brecess\b",
    re.IGNORECASE,
)
"""Last days of class that may be of a part of the term, or those before a break."""


WHOLE = re.compile(r"\bsemester\b|\bfull[- ]term\b|\bregular\b", re.IGNORECASE)
"""Those of the whole term all the same."""
