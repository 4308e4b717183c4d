"""Command: tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import SourceOption, source_root
from cli.editing import DryRun, carry_out, file_with, read_tree, unknown_topic
from kb.edit.keywords import change_keywords, keywords_of
from kb.text import title_key
from kb.validate.topic_names import topic_index

if TYPE_CHECKING:
    pass

__all__ = ["run"]

SETTINGS = {
    "ignore_unknown_options": True,
    "allow_extra_args": False,
    "help_option_names": ["--help"],
}
"""`-topic` is no option, and the h in it asks for no help."""


def run(
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
