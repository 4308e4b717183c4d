"""Changes to one row of a semester file: its date, its deadlines, single fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

import yaml

from kb.edit.semester_file import Block, Patch, SemesterFile, fields, line_start, value_end
from kb.edit.yaml_scalar import quote
from kb.text import day_name

__all__ = [
    "add_field",
    "date_patches",
    "deadline_patches",
    "drop_fields",
    "moved",
    "set_field",
    "set_value",
    "written_id",
]


def set_value(file: SemesterFile, node: yaml.Node, written: str) -> Patch:
    """Replace a scalar; `written` is YAML."""
    start, end = node.start_mark.index, value_end(node)
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        written += file.newline
    if start == end and start and not file.text[start - 1].isspace():
        written = " " + written
    return Patch(start, end, written)


def set_field(
    file: SemesterFile, node: yaml.MappingNode, name: str, written: str, after: str = ""
) -> Patch:
    """Set a field of a mapping; a new one comes behind the field `after`, or else last."""
    present = fields(node).get(name)
    return (
        set_value(file, present[1], written)
        if present
        else add_field(file, node, name, written, after)
    )


def add_field(
    file: SemesterFile, node: yaml.MappingNode, name: str, written: str, after: str = ""
) -> Patch:
    """Add a field behind the field `after`; `after="^"` puts it first."""
    own = fields(node)
    first = node.value[0][0]
    if after == "^":
        behind = ", " if node.flow_style else file.newline + " " * first.start_mark.column
        at = first.start_mark.index
        return Patch(at, at, f"{name}: {written}{behind}")
    value = own[after][1] if after in own else node.value[-1][1]
    at = value_end(value)
    if node.flow_style:
        return Patch(at, at, f", {name}: {written}")
    if isinstance(value, yaml.ScalarNode) and value.style in {"|", ">"}:
        return Patch(at, at, f"{' ' * first.start_mark.column}{name}: {written}{file.newline}")
    line_end = re.compile(r"[^\r\n]*").match(file.text, at)
    at = line_end.end() if line_end else at
    return Patch(at, at, f"{file.newline}{' ' * first.start_mark.column}{name}: {written}")


def drop_fields(
    file: SemesterFile, node: yaml.MappingNode, names: Collection[str]
) -> Iterator[Patch]:
    """Remove fields with their lines; those that are not there are no matter. One field has to
    stay.
    """
    rows = node.value
    at = 0
    while at < len(rows):
        first = at
        while at < len(rows) and rows[at][0].value in names:
            at += 1
        if at > first:
            yield dropped_run(file, node, first, at)
        at += 1


def dropped_run(file: SemesterFile, node: yaml.MappingNode, first: int, after: int) -> Patch:
    """Remove the fields from number `first` up to number `after` of a mapping."""
    start, stop = node.value[first][0].start_mark.index, value_end(node.value[after - 1][1])
    following = node.value[after][0].start_mark.index if after < len(node.value) else None
    own_line = not file.text[line_start(file.text, start) : start].strip()
    if not node.flow_style and own_line:
        if file.text[stop - 1 : stop] != "\n":
            newline = file.text.find("\n", stop)
            stop = newline + 1 if newline >= 0 else len(file.text)
        return Patch(line_start(file.text, start), stop, "")
    if following is not None:
        return Patch(start, following, "")
    return Patch(value_end(node.value[first - 1][1]) if first else start, stop, "")


def date_patches(
    file: SemesterFile, block: Block, day: date | None, comment: str | None = None
) -> Iterator[Patch]:
    """Give a row another date, or `tbd`; its weekday follows.

    Args:
        comment: written behind the date, without `#`, instead of an older `# was ...`; None leaves
            that, an empty one removes it.
    """
    own = fields(block.node)
    written = day.isoformat() if day else "tbd"
    note = f"  # {comment}" if comment and not block.node.flow_style else ""
    if "date" in own:
        patch = set_value(file, own["date"][1], written)
        rest = re.compile(r"([ \t]*)(#[^\r\n]*)?(?=[\r\n]|\Z)").match(file.text, patch.end)
        ours = rest is not None and (rest[2] or "# was ").startswith("# was ")
        kept = comment is None or bool(block.node.flow_style)
        if rest and ours and not kept and (note or rest[2]):
            patch = Patch(patch.start, rest.end(), written + note)
        yield patch
    else:
        yield add_field(file, block.node, "date", written + note, "^")
    if "week" in own and day:
        yield from drop_fields(file, block.node, {"week"})
    if "weekday" in own:
        if day:
            yield set_value(file, own["weekday"][1], day_name(day))
        else:
            yield from drop_fields(file, block.node, {"weekday"})


def written_id(file: SemesterFile, block: Block, name: str) -> Patch:
    """Write the id of a row down, as its first field: addresses and calendar events hang on it."""
    return set_field(file, block.node, "id", quote(name), "^")


def deadline_patches(file: SemesterFile, block: Block, days: timedelta) -> Iterator[Patch]:
    """Move the written release and due dates of a row's deliverables, and the days its sections
    have of their own; times of day stay.
    """
    if not days:
        return
    for node in written_days(block.node):
        if node.value.strip():
            yield set_value(file, node, quoted_like(file, node, moved(node.value, days)))


def written_days(row: yaml.MappingNode) -> Iterator[yaml.ScalarNode]:
    """Give the dates in a row beside its own."""
    own = fields(row)
    sections = own.get("sections")
    for _, change in mapping_of(sections):
        yield from scalars(change, ("date",))
    deliverables = own.get("deliverables")
    items = deliverables[1].value if deliverables else ()
    for item in items if deliverables and isinstance(deliverables[1], yaml.SequenceNode) else ():
        yield from scalars(item, ("released", "due"))
        if isinstance(item, yaml.MappingNode):
            for _, value in mapping_of(fields(item).get("due-by-section")):
                if isinstance(value, yaml.ScalarNode):
                    yield value


def mapping_of(
    pair: tuple[yaml.ScalarNode, yaml.Node] | None,
) -> list[tuple[yaml.Node, yaml.Node]]:
    """Give the pairs of a field that is a mapping."""
    return list(pair[1].value) if pair and isinstance(pair[1], yaml.MappingNode) else []


def scalars(node: yaml.Node, names: Collection[str]) -> Iterator[yaml.ScalarNode]:
    """Give the named plain values of a mapping."""
    found = fields(node) if isinstance(node, yaml.MappingNode) else {}
    for name in names:
        value = found[name][1] if name in found else None
        if isinstance(value, yaml.ScalarNode):
            yield value


def quoted_like(file: SemesterFile, node: yaml.ScalarNode, written: str) -> str:
    """Keep the quotes of a value."""
    return f"{node.style}{written}{node.style}" if node.style in {"'", '"'} else written


def moved(written: str, days: timedelta) -> str:
    """Move a written date or moment, the rest of the text as it is; text that is no date stays."""
    found = re.match(r"\s*(\d{4}-\d{2}-\d{2})", written)
    if found is None:
        return written
    try:
        day = datetime.fromisoformat(found[1]).date() + days
    except (ValueError, OverflowError):
        return written
    return written[: found.start(1)] + day.isoformat() + written[found.end(1) :]
