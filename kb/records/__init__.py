"""Checked records: what the sources say, once we vouch for it.

Frozen, without parents, rendering or I/O. Cross references are keys; `Corpus` holds the targets.
"""

from __future__ import annotations

from kb.records.common import Kind, Locator, Person, Place, Role, Term
from kb.records.corpus import Corpus, Prompt
from kb.records.semesters import (
    Break,
    FollowDay,
    Meeting,
    Policy,
    PolicyRule,
    Recommended,
    Section,
    Semester,
    Staff,
    Track,
    Waiver,
)
from kb.records.sessions import (
    Deliverable,
    Material,
    Reading,
    SectionChange,
    Session,
    SessionTopic,
    Submission,
)
from kb.records.works import Annotation, KnownPerson, Topic, Work

__all__ = [
    "Annotation",
    "Break",
    "Corpus",
    "Deliverable",
    "FollowDay",
    "Kind",
    "KnownPerson",
    "Locator",
    "Material",
    "Meeting",
    "Person",
    "Place",
    "Policy",
    "PolicyRule",
    "Prompt",
    "Reading",
    "Recommended",
    "Role",
    "Section",
    "SectionChange",
    "Semester",
    "Session",
    "SessionTopic",
    "Staff",
    "Submission",
    "Term",
    "Topic",
    "Track",
    "Waiver",
    "Work",
]
