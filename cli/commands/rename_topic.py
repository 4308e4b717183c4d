"""Command: rename-topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import SourceOption, source_root
from cli.editing import DryRun, carry_out, read_tree, unknown_topic
from kb.edit.changes import open_file
from kb.edit.keywords import rename_keyword
from kb.edit.topics import rename_in_tree, rename_topic_fields
from kb.errors import UsageError
from kb.ids import is_topic_slug
from kb.sources.files import list_sources

if TYPE_CHECKING:
    from kb.edit.changes import Change

__all__ = ["run"]


def run(
    old: Annotated[
        str, typer.Argument(help="Full name of the topic, such as quality-assurance/data-quality.")
    ],
    new: Annotated[str, typer.Argument(help="Its new full name.")],
    dry_run: DryRun = False,
    source: SourceOption = None,
) -> None:
    """Rename a topic everywhere: in the tree, in keywords, sessions, prompts and notes.

    The old name stays as an alias. When NEW is a topic already, everything of OLD moves there.

    Example:

      kb rename-topic quality-assurance/data-quality quality-assurance/data-checks --dry-run
    """
    root = source_root(source)
    slugs = {topic.slug for topic in read_tree(root)}
    if old not in slugs:
        raise unknown_topic(old, slugs)
    if not is_topic_slug(new) or new == old or new.startswith(f"{old}/"):
        raise UsageError(
            f"{new!r}: lower-case words joined by hyphens, levels by /, and not below the old name"
        )
    sources = list_sources(root)
    merge = new in slugs
    changes: list[Change | None] = []
    for path in sources.topics:
        opened = open_file(path, root)
        changes.append(
            opened.change(opened.text if merge else rename_in_tree(opened.text, old, new))
        )
    for path in sources.bib:
        opened = open_file(path, root)
        changes.append(opened.change(rename_keyword(opened.text, old, new)))
    for path in (*sources.semesters, *sources.prompts, *sources.notes):
        opened = open_file(path, root)
        changes.append(opened.change(rename_topic_fields(opened.text, old, new)))
    carry_out([change for change in changes if change], dry_run, f"nothing names {old}")
    if merge:
        typer.echo(
            f"{old} is still in the topic tree; remove its block and add its name to the aliases "
            f"of {new}",
            err=True,
        )
