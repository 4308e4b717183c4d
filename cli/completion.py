"""What the shell offers after Tab: commands, options, semesters, sessions, keys, topics.

Nothing of the program is loaded for it: a shell waits a tenth of a second, the parser of
command lines alone takes longer. A command's parameters are read from its file, names from the
database as it is.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shlex
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from cli.table import COMMANDS, GROUPS, described, shared_declarations, summary

__all__ = ["complete", "completion_text"]

NAMES = {
    "semester": "select id, title from semesters order by first_day desc",
    "session": "select id, title from sessions order by id",
    "key": "select key, title from works order by key",
    "topic": "select slug, title from topics order by slug",
}
"""Where the names of a kind are."""

KINDS = {
    "semester": "semester",
    "old": "semester",
    "new": "semester",
    "session": "session",
    "one": "session",
    "other": "session",
    "after": "session",
    "key": "key",
    "keys": "key",
    "topic": "topic",
    "topics": "topic",
}
"""What a command's parameter of this name takes."""

PLAIN_NAME = re.compile(r"[\w./+@:-]+", re.ASCII)
"""Names that mean the same in every shell."""

NOT_PLAIN = re.compile(r"[^\w .,()/+-]+")
"""What an explanation goes without."""

MOST = 200
"""Names beyond which a list helps nobody."""


def complete(words: Sequence[str], begun: str) -> list[tuple[str, str]]:
    """Give what may stand next on a command line, with what it is.

    Args:
        words: the words before, without `kb`.
        begun: the word that is being typed.

    Returns:
        Pairs of a word and its explanation; none where files are to be offered.
    """
    asked = words[1:] if words[:1] == ["help"] else words
    command = next(
        (n for n in (" ".join(asked[:2]), asked[0] if asked else "") if n in COMMANDS), ""
    )
    if not command:
        return list(matching(command_names(asked), begun))
    if words[:1] == ["help"]:
        return []
    typed = list(asked[len(command.split()) :])
    arguments, options = parameters(command)
    last = typed[-1] if typed else ""
    if last in options and options[last] != "flag":
        return list(matching(names(options[last], typed), begun))
    if begun.startswith("-"):
        return list(matching(((o, "") for o in options if o not in typed), begun))
    with_value = {o for o, takes in options.items() if takes != "flag"} | {"--db", "--source"}
    positional = [
        w
        for n, w in enumerate(typed)
        if not w.startswith("-") and (n == 0 or typed[n - 1] not in with_value)
    ]
    kind = arguments[min(len(positional), len(arguments) - 1)] if arguments else ""
    return list(matching(names(kind, typed), begun))


def matching(pairs: Iterator[tuple[str, str]], begun: str) -> Iterator[tuple[str, str]]:
    """Give those that begin as typed."""
    found = 0
    for name, text in pairs:
        if name.casefold().startswith(begun.casefold()) and found < MOST:
            found += 1
            yield name, text


def command_names(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the commands, or those of a group."""
    if words:
        for name in COMMANDS:
            group, _, last = name.partition(" ")
            if last and [group] == list(words):
                yield last, summary(name)
        return
    for name in COMMANDS:
        if " " not in name:
            yield name, summary(name)
    yield from GROUPS.items()
    yield "help", "Tell more about a command."


def parameters(command: str) -> tuple[list[str], dict[str, str]]:
    """Give what a command's arguments take in order, and its options with what each takes."""
    arguments: list[str] = []
    options = {"--help": "flag"}
    run, declared = described(command)
    declared = {**shared_declarations(), **declared}
    for parameter in (*run.args.args, *run.args.kwonlyargs):
        note = ast.unparse(parameter.annotation) if parameter.annotation else ""
        meaning = declared.get(note, parameter.annotation)
        written = ast.unparse(meaning) if meaning is not None else ""
        kind = KINDS.get(parameter.arg, "file")
        if "Option(" in written:
            named = flags_in(meaning) or [f"--{parameter.arg.replace('_', '-')}"]
            flag = written.startswith("Annotated[bool")
            options.update(dict.fromkeys(named, "flag" if flag else kind))
        else:
            arguments.append(kind)
    return arguments, options


def flags_in(declaration: ast.expr | None) -> list[str]:
    """Give the options a declaration names: `--style`, `-s`."""
    texts = (
        str(n.value)
        for n in ast.walk(declaration or ast.Constant(value=""))
        if isinstance(n, ast.Constant)
    )
    return [text for text in texts if text.startswith("-") and " " not in text]


def names(kind: str, typed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the names of a kind from the database; none when there is none, or it cannot be read."""
    query = NAMES.get(kind)
    database = database_of(typed)
    if query is None or database is None:
        return
    with contextlib.suppress(sqlite3.Error):
        address = f"{database.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=0.05)) as connection:
            yield from connection.execute(query)


def database_of(typed: Sequence[str]) -> Path | None:
    """Give the database a command line names, else the one beside the sources here or above."""
    named = {a: b for a, b in pairwise(typed) if a in {"--db", "--source"}}
    if "--db" in named:
        return Path(named["--db"])
    here = Path(named.get("--source", "."))
    with contextlib.suppress(OSError):
        for folder in (here.absolute(), *here.absolute().parents):
            if (folder / "kb.db").is_file():
                return folder / "kb.db"
    return None


def completion_text(environment: Mapping[str, str]) -> str | None:
    """Give the answer to a shell that asks for completions; None for one that we do not know.

    Args:
        environment: variables as the scripts of `kb --install-completion` set them.
    """
    shell = environment.get("_KB_COMPLETE", "").removeprefix("complete_")
    try:
        words, begun = words_of(shell, environment)
    except ValueError:
        return ""
    if shell == "bash":
        return "\n".join(name for name, _ in complete(words, begun))
    if shell == "zsh":
        rows = " ".join(zsh_row(n, t) for n, t in complete(words, begun) if PLAIN_NAME.fullmatch(n))
        return f"_arguments '*: :(({rows}))'" if rows else "_files"
    if shell == "fish":
        return "\n".join(f"{n}\t{line(t)}" for n, t in complete(words, begun))
    return None


def words_of(shell: str, environment: Mapping[str, str]) -> tuple[list[str], str]:
    """Give the words before the cursor without `kb`, and the one that is being typed.

    Raises:
        ValueError: a quotation is open.
    """
    if shell == "bash":
        words = shlex.split(environment.get("COMP_WORDS", ""))
        at = int(environment.get("COMP_CWORD", "0") or 0)
        return words[1:at], words[at] if at < len(words) else ""
    text = environment.get("_TYPER_COMPLETE_ARGS", "")
    words = shlex.split(text)[1:]
    return (words, "") if text.endswith(" ") or not words else (words[:-1], words[-1])


def line(text: str) -> str:
    """Give a text on one line."""
    return " ".join(text.split())


def zsh_row(name: str, text: str) -> str:
    """Give a name and its explanation for zsh, which evaluates them: no sign of its own is left."""
    return f'"{name.replace(":", chr(92) * 2 + ":")}":"{line(NOT_PLAIN.sub(" ", text))}"'


def answer_shell() -> bool:
    """Print completions when a shell asks; False when none does, or one we do not know."""
    if not os.environ.get("_KB_COMPLETE", "").startswith("complete_"):
        return False
    text = completion_text(os.environ)
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        sys.exit(0 if text else 1)
    if text:
        print(text)
    return text is not None
