"""The YAML files as pydantic models: names, types and allowed values of every field.

Every scalar arrives as a string; pydantic converts it. Unknown fields are errors.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from kb.records import Kind, Term
from kb.validate.fields import (
    UNDATED,
    Clock,
    Day,
    DayOrTbd,
    Flag,
    Moment,
    Span,
    Text,
    Weekday,
    Words,
    blank_is_none,
    inserted_year,
    season,
    semester_name,
    words,
    zone_name,
)
from kb.validate.release import release_doubt

__all__ = [
    "NoteModel",
    "PersonModel",
    "PromptModel",
    "SemesterModel",
    "SessionModel",
    "TopicModel",
    "UNDATED",
    "WaiverModel",
]


def dashed(name: str) -> str:
    """Give the name of a field as people write it: `one-of` for `one_of`."""
    return name.rstrip("_").replace("_", "-")


def release_rule(value: str) -> str:
    """Check from when questions are public."""
    doubt = release_doubt(value.strip())
    if doubt:
        raise ValueError(doubt)
    return value.strip()


Release = Annotated[str, AfterValidator(release_rule)]


class Strict(BaseModel):
    """No unknown fields; names with hyphens."""

    model_config = ConfigDict(extra="forbid", alias_generator=dashed, arbitrary_types_allowed=True)


class MaterialModel(Strict):
    label: Text
    url: str = ""


class SessionTopicModel(Strict):
    title: Text
    topic: str = ""
    continued: Flag = False
    part: Annotated[int | None, BeforeValidator(blank_is_none)] = None
    guest: str = ""
    materials: list[MaterialModel] = []


class ReadingModel(Strict):
    work: Text
    locator: str = ""
    title: str = ""
    url: str = ""
    role: Literal["required", "supplementary", "recommended", "cited"] = "required"
    topic: str = ""
    why: str = ""
    library: str = ""
    access: str = ""


class OneOfModel(Strict):
    one_of: Annotated[list[ReadingModel], Field(min_length=1)]
    why: str = ""


class ChooseModel(Strict):
    choose: Annotated[int, Field(ge=1)]
    from_: Annotated[list[ReadingModel], Field(min_length=1)]
    why: str = ""


class SubmissionModel(Strict):
    title: Text
    url: str = ""


class DeliverableModel(Strict):
    code: str = ""
    title: Text
    url: str = ""
    released: Annotated[Day | None, BeforeValidator(blank_is_none)] = None
    due: Annotated[Moment | None, BeforeValidator(blank_is_none)] = None
    due_by_section: dict[str, Moment] = {}
    submissions: list[SubmissionModel] = []


class SectionChangeModel(Strict):
    date: Annotated[Day | None, BeforeValidator(blank_is_none)] = None
    time: Span = None
    place: str = ""
    cancelled: Flag = False


class SessionModel(Strict):
    id: str = ""
    date: Annotated[DayOrTbd | None, BeforeValidator(blank_is_none)] = None
    weekday: Annotated[Weekday | None, BeforeValidator(blank_is_none)] = None
    week: Annotated[int | None, BeforeValidator(blank_is_none), Field(ge=1)] = None
    follows: Annotated[Weekday | None, BeforeValidator(blank_is_none)] = None
    time: Span = None
    place: str = ""
    sections: dict[str, SectionChangeModel] = {}
    kind: Kind = Kind.LECTURE
    title: str = ""
    url: str = ""
    topics: list[SessionTopicModel] = []
    materials: list[MaterialModel] = []
    readings: list[dict[str, Any]] = []
    prompts: Words = []
    deliverables: list[DeliverableModel] = []
    cancelled: Flag = False
    reason: str = ""
    note: str = ""


class MeetingModel(Strict):
    kind: Kind = Kind.LECTURE
    days: Annotated[list[Weekday], BeforeValidator(words)]
    start: Annotated[Clock | None, BeforeValidator(blank_is_none)] = None
    minutes: Annotated[int | None, BeforeValidator(blank_is_none)] = None
    time: Span = None
    place: str = ""
    from_: Annotated[Day | None, BeforeValidator(blank_is_none)] = None
    to: Annotated[Day | None, BeforeValidator(blank_is_none)] = None


class SectionModel(Strict):
    id: Annotated[str, AfterValidator(semester_name)]
    title: str = ""
    staff: str = ""
    meetings: list[MeetingModel] = []


class FollowDayModel(Strict):
    date: Day
    follows: Weekday


class BreakModel(Strict):
    from_: Day
    to: Annotated[Day | None, BeforeValidator(blank_is_none)] = None
    title: str = "no classes"
    counted: Flag = True


class StaffModel(Strict):
    name: Text
    role: str = "instructor"
    url: str = ""


class TrackModel(Strict):
    number: str = ""
    text: Text
    replaces: Words = []
    due: Annotated[Day | None, BeforeValidator(blank_is_none)] = None


class RecommendedModel(Strict):
    work: Text
    locator: str = ""
    url: str = ""
    why: str = ""


class WaiverModel(Strict):
    code: Text
    session: str = ""
    key: str = ""
    reason: Text


class SemesterModel(Strict):
    id: Annotated[str, AfterValidator(semester_name)]
    course: str = ""
    term: Annotated[Term, BeforeValidator(season)]
    term_title: str = ""
    year: Annotated[int, BeforeValidator(inserted_year)]
    title: Text
    also_known_as: Words = []
    former_titles: Words = []
    numbers: Words = []
    units: str = ""
    status: str = ""
    licence: str = ""
    home: str = ""
    notes: str = ""
    staff: list[StaffModel] = []
    zone: Annotated[str, AfterValidator(zone_name)] = "UTC"
    meetings: list[MeetingModel] = []
    sections: list[SectionModel] = []
    follow_days: list[FollowDayModel] = []
    first_week: Annotated[Day | None, BeforeValidator(blank_is_none)] = None
    tracks: list[TrackModel] = []
    breaks: list[BreakModel] = []
    policy: dict[str, Any] = {}
    release: Release = ""
    outcomes: Words = []
    recommended: list[RecommendedModel] = []
    sessions: list[SessionModel] = []
    waivers: list[WaiverModel] = []


class PromptModel(Strict):
    release: Release = ""
    id: Text
    works: Annotated[list[str], BeforeValidator(words), Field(min_length=1)]
    locator: str = ""
    topic: str = ""
    minutes: int = 15
    text: Text
    rubric: str = ""


class PersonModel(Strict):
    name: Text
    aliases: Words = []


class NoteModel(Strict):
    id: Text
    works: Annotated[list[str], BeforeValidator(words), Field(min_length=1)]
    topic: str = ""
    text: Text
    staff: Flag = False


class TopicModel(Strict):
    slug: Text
    title: Text
    intro: str = ""
    aliases: Words = []
    goals: Words = []
    children: list[TopicModel] = []
