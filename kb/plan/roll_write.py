"""The file of a planned semester: the old rows word for word with new dates, and comments that tell
their origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import yaml

from kb.edit.bib_place import EditRefused
from kb.edit.semester_file import (
    Block,
    Patch,
    SemesterFile,
    block_text,
    canonical,
    fields,
    open_semester,
    reassembled,
    value_end,
)
from kb.edit.semester_rows import (
    add_field,
    date_patches,
    deadline_patches,
    drop_fields,
    set_field,
    set_value,
    written_id,
)
from kb.edit.yaml_scalar import quote
from kb.ids import is_dated_id
from kb.plan.roll_head import head_patches
from kb.plan.roll_models import Fate, Placed, Roll
from kb.plan.stale_links import StaleNames
from kb.records import Semester, Session
from kb.sources.files import SourceFile
from kb.text import dated_day, day_name, title_key
from kb.validate.semesters import read_semester

__all__ = ["Wishes", "is_plain", "row_text", "waiver_patches", "write_semester"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What else is to change."""

    renames: Mapping[str, str] = field(default_factory=dict)
    """New titles of topics by `title_key` of the old."""
    relink: StaleNames | None = None
    """Write the new semester into links that carry an older one."""
    submissions: bool = False
    """Keep the public submissions of deliverables."""
    days: bool = False
    """The meeting days differ from the old ones."""


def is_plain(text: str) -> bool:
    """Tell whether rows can be taken over word for word."""
    try:
        open_semester(text)
    except EditRefused:
        return False
    return True


def write_semester(text: str, roll: Roll, new_id: str, term: str, wishes: Wishes) -> str:
    """Give the text of a planned semester.

    Args:
        text: the old semester's file.

    Raises:
        EditRefused: it is not YAML or has no rows.
    """
    file = open_semester(text if is_plain(text) else canonical(text, f"{roll.old.id}.yaml"))
    blocks = {
        session.id: block for session, block in zip(roll.old.sessions, file.blocks, strict=True)
    }
    dated = any("weekday" in fields(b.node) for b in file.blocks)
    rows: list[str] = []
    ids: list[str] = []
    own: list[tuple[Block, list[Patch], str] | None] = []
    above: date | None = None
    for placed in roll.placed:
        if placed.bundle is None:
            rows.append(break_text(file, placed, dated))
            ids.append("")
            own.append(None)
        elif placed.fate is Fate.CONTINUED:
            rows.append(continued_text(file, placed, placed.bundle.head, dated))
            ids.append("")
            own.append(None)
        else:
            for number, session in enumerate(placed.bundle.rows):
                patches = [
                    *row_patches(file, blocks[session.id], session, placed, number, roll, above),
                    *wish_patches(file, blocks[session.id], session, wishes),
                ]
                patches += id_patches(file, blocks[session.id], roll.old.id, new_id)
                above_comment = comment_above(file, session, placed)
                rows.append(above_comment + block_text(file, blocks[session.id], patches))
                ids.append(session.id)
                own.append((blocks[session.id], patches, above_comment))
        above = placed.day or above
    head = list(head_patches(file, roll, new_id, term, wishes.days, wishes.relink))
    draft = reassembled(file, rows, [p for p in head if p.end <= file.head_end])
    semester, _, _ = read_semester(SourceFile(path=f"quizzes/{new_id}.yaml", text=draft))
    if semester:
        rows = [
            pinned(file, row, session, parts)
            for row, session, parts in zip(rows, semester.sessions, own, strict=True)
        ]
    new_ids = dict(zip(ids, (s.id for s in semester.sessions), strict=True)) if semester else {}
    days = {old: s.date for old, s in zip(ids, semester.sessions, strict=True)} if semester else {}
    return reassembled(file, rows, [*head, *waiver_patches(file, roll.old, new_id, new_ids, days)])


def row_patches(
    file: SemesterFile,
    block: Block,
    session: Session,
    placed: Placed,
    number: int,
    roll: Roll,
    above: date | None,
) -> Iterator[Patch]:
    """Give the changes to the dates of a row."""
    if placed.fate is Fate.DEADLINE:
        yield from deadline_row(file, block, session)
        return
    if placed.fate is Fate.JOINED and number == 0 and placed.day == above:
        yield from drop_fields(file, block.node, {"date", "weekday"})
    elif is_redated(session, placed, number):
        comment = f"was {dated_day(session.date)}" if session.date and not roll.exact else ""
        yield from date_patches(file, block, placed.day, comment)
    yield from deadline_patches(
        file, block, placed.day - session.date if placed.day and session.date else roll.weeks
    )


def is_redated(session: Session, placed: Placed, number: int) -> bool:
    """Tell whether a row's date is to be written: it has one, gets one, or shared one that is
    gone.
    """
    assert placed.bundle is not None
    if session.dated:
        return True
    if placed.day is None:
        return session.date is not None and placed.bundle.head.dated
    return number == 0 and placed.fate is not Fate.SHIFTED


def deadline_row(file: SemesterFile, block: Block, session: Session) -> Iterator[Patch]:
    """Turn a day off on which something was due into a row without date that says what is due."""
    due = " and ".join(d.code or d.title for d in session.deliverables)
    gone = {"date", "weekday", "cancelled", "reason"}
    yield from drop_fields(file, block.node, gone)
    written = fields(block.node)
    kept = next(n for n in written if n not in gone)
    if "kind" in written:
        yield set_field(file, block.node, "kind", "event")
    else:
        yield add_field(file, block.node, "kind", "event", kept)
    title = quote(f"{due} due")
    if "title" in written:
        yield set_field(file, block.node, "title", title)
    else:
        yield add_field(file, block.node, "title", title, "kind" if "kind" in written else kept)


def wish_patches(
    file: SemesterFile, block: Block, session: Session, wishes: Wishes
) -> Iterator[Patch]:
    """Give the changes of titles, links and submissions."""
    own = fields(block.node)
    for item in items(own.get("topics")):
        title = fields(item).get("title")
        if (
            title
            and isinstance(title[1], yaml.ScalarNode)
            and title_key(title[1].value) in wishes.renames
        ):
            yield set_value(file, title[1], quote(wishes.renames[title_key(title[1].value)]))
        yield from relinked(file, items(fields(item).get("materials")), wishes)
    if "topics" not in own and "title" in own and title_key(session.title) in wishes.renames:
        yield set_value(file, own["title"][1], quote(wishes.renames[title_key(session.title)]))
    yield from relinked(
        file, [block.node, *items(own.get("materials")), *items(own.get("deliverables"))], wishes
    )
    if not wishes.submissions:
        for item in items(own.get("deliverables")):
            if len(item.value) > 1:
                yield from drop_fields(file, item, {"submissions"})


def items(pair: tuple[yaml.Node, yaml.Node] | None) -> list[yaml.MappingNode]:
    """Give the mappings of a list field."""
    return (
        [n for n in pair[1].value if isinstance(n, yaml.MappingNode)]
        if pair and isinstance(pair[1], yaml.SequenceNode)
        else []
    )


def relinked(
    file: SemesterFile, nodes: Sequence[yaml.MappingNode], wishes: Wishes
) -> Iterator[Patch]:
    """Write the new semester into links."""
    for node in nodes:
        url = fields(node).get("url")
        if wishes.relink and url and isinstance(url[1], yaml.ScalarNode):
            renewed = wishes.relink.renew(url[1].value)
            if renewed != url[1].value:
                start, end = url[1].start_mark.index, value_end(url[1])
                yield Patch(
                    start,
                    end,
                    file.text[start:end].replace(url[1].value, renewed)
                    if url[1].value in file.text[start:end]
                    else quote(renewed),
                )


NO_ID = '""'
"""A written id that gives way to the one made of the new date."""


def id_patches(file: SemesterFile, block: Block, old_id: str, new_id: str) -> Iterator[Patch]:
    """Give a written id the new semester; one that was made of a date goes, it is made anew."""
    own = fields(block.node).get("id")
    if own is None or not isinstance(own[1], yaml.ScalarNode) or not own[1].value:
        return
    name = own[1].value
    if is_dated_id(name, old_id):
        yield set_value(file, own[1], NO_ID)
    else:
        renewed = name.replace(old_id, new_id) if old_id in name else f"{new_id}-{name}"
        yield set_value(file, own[1], quote(renewed))


def pinned(
    file: SemesterFile,
    row: str,
    session: Session,
    parts: tuple[Block, list[Patch], str] | None,
) -> str:
    """Give a row with its id written down, so that it stays when the session moves.

    Args:
        parts: block, patches and comment of a row that was taken over; None for a new one.
    """
    if parts is None:
        return row
    block, patches, comment = parts
    name = fields(block.node).get("id")
    if name is not None:
        kept = [p for p in patches if (p.start, p.text) != (name[1].start_mark.index, NO_ID)]
        if len(kept) == len(patches):
            return row
        patches = kept
    return comment + block_text(file, block, [*patches, written_id(file, block, session.id)])


def comment_above(file: SemesterFile, session: Session, placed: Placed) -> str:
    """Give the line above a row that needs a decision; empty for others."""
    was = f"was {dated_day(session.date)}" if session.date else "had no date"
    text = {
        Fate.NO_SLOT: f"no slot left ({was}): merge it with another, drop it or give it a date",
        Fate.ON_BREAK: f"the same day of the same week is a break now ({was}): give it a date",
        Fate.PARKED: f"put aside ({was}): drop it or give it a date",
        Fate.DEADLINE: (
            f"was due on a day without class ({session.title}, {session.date}): "
            "give it a date of its own"
        ),
    }.get(placed.fate, "")
    if placed.fate is Fate.UNDATED and session.cancelled:
        text = f"was cancelled ({was}): drop it or give it a date"
    return f"{file.indent}# {text}{file.newline}" if text else ""


def break_text(file: SemesterFile, placed: Placed, weekday: bool) -> str:
    """Give the row of a new break."""
    assert placed.day is not None
    day = [f"weekday: {day_name(placed.day)}"] if weekday else []
    return row_text(
        file, [f"date: {placed.day}", *day, "kind: break", f"title: {quote(placed.title)}"]
    )


def continued_text(file: SemesterFile, placed: Placed, session: Session, weekday: bool) -> str:
    """Give the row of a second session on the same topics."""
    day = [f"weekday: {day_name(placed.day)}"] if weekday and placed.day else []
    lines = [f"date: {placed.day or 'tbd'}", *day, f"kind: {session.kind}"]
    if not session.topics:
        return row_text(file, [*lines, f"title: {quote(f'{session.title} (continued)')}"])
    lines.append("topics:")
    for topic in session.topics:
        lines.append(f"  - title: {quote(topic.title)}")
        lines += [f"    topic: {topic.topic}"] if topic.topic else []
        lines.append("    continued: true")
    return row_text(file, lines)


def row_text(file: SemesterFile, lines: Sequence[str]) -> str:
    """Give the lines of a row in the style of its file."""
    first, *rest = lines
    return (
        file.newline.join([f"{file.indent}- {first}", *(f"{file.indent}  {line}" for line in rest)])
        + file.newline
    )


def waiver_patches(
    file: SemesterFile,
    old: Semester,
    new_id: str,
    ids: Mapping[str, str],
    days: Mapping[str, date | None],
) -> Iterator[Patch]:
    """Let waivers name the rows by their new ids and dates, both by old id."""
    by_day = {s.date.isoformat(): s.id for s in reversed(old.sessions) if s.date and s.dated}
    for item in items(fields(file.root).get("waivers")):
        for name in ("session", "key"):
            value = fields(item).get(name)
            if value is None or not isinstance(value[1], yaml.ScalarNode):
                continue
            written = value[1].value
            renewed = written
            if written in by_day and by_day[written] in ids:
                day, name_now = days.get(by_day[written]), ids[by_day[written]]
                renewed = (
                    day.isoformat() if day and name_now[-1:].isdigit() else name_now
                )  # 0205b is not the first of its day
            elif written == old.id:
                renewed = new_id
            elif written in ids:
                renewed = ids[written]
            if renewed != written:
                yield set_value(file, value[1], renewed)
