"""Commands that edit .bib files in place: tag, annotate, add, rename-topic, fmt. Nothing else moves."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import SourceOption, fail, printable, source_root
from kb.errors import Unknown, UsageError

if TYPE_CHECKING:
    from kb.edit.changes import Change, OpenFile
    from kb.records import Topic

__all__ = ["SETTINGS", "add", "annotate", "fmt", "rename_topic", "tag"]

SETTINGS = {
    "tag": {
        "ignore_unknown_options": True,
        "allow_extra_args": False,
        "help_option_names": ["--help"],
    }
}
"""`-topic` is no option, and the h in it asks for no help."""

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print the change as a diff, write nothing.")
]


def tag(
    key: Annotated[str, typer.Argument(help="Citation key.")],
    topics: Annotated[
        list[str],
        typer.Argument(
            metavar="+TOPIC|-TOPIC...", help="Topics to add or remove; a bare name adds."
        ),
    ],
    keyword: Annotated[
        bool, typer.Option("--keyword", help="Allow words that are no topics.")
    ] = False,
    dry_run: DryRun = False,
    source: SourceOption = None,
) -> None:
    """Add topics to a work and remove others.

    Topics are named by slug, by the last part of it, by title or by alias.

    Example:

      kb tag breck2017ml +quality-assurance/data-quality -technical-debt
    """
    from kb.edit.keywords import change_keywords, keywords_of
    from kb.text import title_key
    from kb.validate.topics import topic_index

    root = source_root(source)
    index = topic_index(read_tree(root))
    add_words, remove_words = [], []
    for topic in topics:
        word = topic[1:] if topic[:1] in "+-" else topic
        slug = index.get(title_key(word), word)
        if topic.startswith("-"):
            remove_words.append(slug)
        elif slug in index.values() or keyword:
            add_words.append(slug)
        else:
            raise unknown_topic(word, index.values())
    file = file_with(root, key)

    def name_of(word: str) -> str:
        return index.get(title_key(word), word.casefold())

    present = {name_of(word) for word in keywords_of(file.text, key)}
    for word in remove_words:
        if name_of(word) not in present:
            typer.echo(f"{key}: does not have {word}", err=True)
    change = file.change(change_keywords(file.text, key, add_words, remove_words, name_of))
    carry_out([change] if change else [], dry_run, f"{key}: unchanged")


def annotate(
    key: Annotated[str, typer.Argument(help="Citation key.")],
    text: Annotated[
        str | None,
        typer.Option(
            "--text",
            metavar="TEXT|-",
            help="The note; - reads standard input (default: your $EDITOR).",
        ),
    ] = None,
    staff: Annotated[
        bool, typer.Option("--staff", help="The note for staff, which is never published.")
    ] = False,
    dry_run: DryRun = False,
    source: SourceOption = None,
) -> None:
    """Write or change the note about a work, in Markdown; an empty one removes it.

    Examples:

      kb annotate breck2017ml

      kb annotate breck2017ml --text "A checklist; read it beside \\[@sculley2015hidden]."
    """
    from kb.edit.annotation import note_of, set_note, shown_note

    root = source_root(source)
    file = file_with(root, key)
    field = "annotation-staff" if staff else "annotation"
    old = note_of(file.text, key, field)
    if text is None:
        text = edited(old, key)
        if text is None:
            typer.echo(f"{key}: unchanged", err=True)
            return
    elif text == "-":
        text = sys.stdin.read()
    changed = set_note(file.text, key, field, text)
    change = file.change(changed)
    carry_out([change] if change else [], dry_run, f"{key}: has this note already")
    shown = shown_note(changed, key, field)
    if change and shown:
        typer.echo(
            f"{key}: backslashes and braces are read as LaTeX; the note shows as: {printable(' '.join(shown.split()))}",
            err=True,
        )


def add(
    file: Annotated[
        str, typer.Argument(metavar="FILE.bib|-", help="BibTeX to add; - reads standard input.")
    ],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="FILE", help="File below bib/ to append to (default: bib/added.bib)."
        ),
    ] = None,
    rekey: Annotated[
        bool, typer.Option("--rekey", help="Replace the keys by ones made of name, year and title.")
    ] = False,
    dry_run: DryRun = False,
    source: SourceOption = None,
) -> None:
    """Append entries to the collection as they are written; keys and DOIs that are there already are refused.

    Examples:

      kb add new.bib

      pbpaste | kb add - --into bib/testing.bib --rekey
    """
    from kb.edit.add import plan_addition
    from kb.edit.changes import open_file
    from kb.sources.decode import decode
    from kb.validate.corpus import load_corpus_or_nothing

    root = source_root(source)
    data = sys.stdin.buffer.read() if file == "-" else read_bytes(Path(file))
    name = "standard input" if file == "-" else file
    text, _, findings = decode(data, name)
    target = open_file(bib_target(root, into, "added.bib"), root)
    plan = plan_addition(text, name, load_corpus_or_nothing(root).works, target.text, rekey)
    for finding in (*findings, *plan.findings):
        typer.echo(printable(str(finding)), err=True)
    if plan.refused:
        fail("nothing was added")
    change = target.change(plan.text)
    carry_out([change] if change else [], dry_run, "nothing to add")
    for key in plan.keys:
        typer.echo(f"{'would add' if dry_run else 'added'} {key} to {target.name}", err=True)


def rename_topic(
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
    from kb.edit.changes import open_file
    from kb.edit.keywords import rename_keyword
    from kb.edit.topics import rename_in_tree, rename_topic_fields
    from kb.ids import is_topic_slug
    from kb.sources.files import list_sources

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
            f"{old} is still in the topic tree; remove its block and add its name to the aliases of {new}",
            err=True,
        )


def fmt(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Files (default: all below bib/)."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Say what would change and exit with 1 when something would."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Print the changes as a diff, write nothing.")
    ] = False,
    source: SourceOption = None,
) -> None:
    """Lay out .bib files alike: one field a line, = in one column; values, comments and order stay.

    Examples:

      kb fmt --check

      kb fmt bib/testing.bib
    """
    from kb.edit.bib_format import format_bib
    from kb.edit.changes import open_file
    from kb.sources.files import list_sources

    root = source_root(source)
    changes: list[Change] = []
    for path in files or list_sources(root).bib:
        opened = open_file(path.absolute(), root)
        if opened.data is None:
            raise UsageError(f"{path}: no such file")
        text, places = format_bib(opened.text)
        change = opened.change(text)
        if change:
            changes.append(change)
        if check:
            for place in places if change else ():
                typer.echo(
                    f"{opened.name}:{place.line}: {place.key + ': ' if place.key else ''}{place.what}; kb fmt mends it"
                )
    if not check:
        carry_out(changes, diff, "all in order")
    if changes and (check or diff):
        raise typer.Exit(1 if check else 0)


def carry_out(changes: Sequence[Change], dry_run: bool, nothing: str) -> None:
    """Write changes, or show them."""
    if not changes:
        typer.echo(nothing, err=True)
    for change in changes:
        if dry_run:
            typer.echo(change.diff(), nl=False)
        else:
            change.write()
            typer.echo(f"changed {change.file.name}", err=True)


def read_tree(root: Path) -> tuple[Topic, ...]:
    """Give the topics of a source directory; findings are for `kb check`."""
    from kb.sources.files import list_sources, read_source
    from kb.validate.topics import read_topics

    topics: list[Topic] = []
    for path in list_sources(root).topics:
        file, _ = read_source(path, root)
        topics.extend(read_topics(file)[0] if file is not None else ())
    return tuple(topics)


def unknown_topic(word: str, slugs: Iterable[str]) -> Unknown:
    """Make the error for a topic that is not there."""
    from kb.findings import nearest

    return Unknown("topic", word, nearest(word, slugs), "kb topics lists them all")


def file_with(root: Path, key: str) -> OpenFile:
    """Open the .bib file that holds a key.

    Raises:
        Unknown: none does; the nearest keys are named.
    """
    from kb.edit.bib_place import entries_of
    from kb.edit.changes import open_file
    from kb.findings import nearest
    from kb.sources.files import list_sources

    keys: list[str] = []
    for path in list_sources(root).bib:
        opened = open_file(path, root)
        if key in opened.text:
            found = [entry.key for entry in entries_of(opened.text)]
            if key in found:
                return opened
    for path in list_sources(root).bib:
        keys.extend(entry.key for entry in entries_of(open_file(path, root).text) if entry.key)
    raise Unknown("work", key, nearest(key, keys))


def bib_target(root: Path, into: Path | None, default: str) -> Path:
    """Give the file entries are appended to: below bib/, with or without saying so.

    Raises:
        UsageError: it is no .bib file below bib/.
    """
    folder = (root / "bib").resolve()
    if into is None:
        return folder / default
    for candidate in (into.absolute(), root / into, folder / into):
        target = candidate.resolve()
        if target.is_relative_to(folder) and target.suffix == ".bib":
            return target
    raise UsageError(f"--into {into}: a .bib file below {folder} expected")


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error


def edited(old: str, key: str) -> str | None:
    """Let a person edit a note in $EDITOR; None when it was left as it is.

    Raises:
        UsageError: no terminal to edit on, or no editor.
    """
    import click

    if not sys.stdin.isatty():
        raise UsageError(
            "no terminal for an editor; give the note with --text, or --text - for standard input"
        )
    try:
        result = click.edit(old + "\n", extension=".md", require_save=True)
    except click.ClickException as error:
        raise UsageError(f"{key}: {error.format_message()}; give the note with --text") from error
    return None if result is None or result.strip() == old.strip() else result
