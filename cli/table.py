"""Which commands there are: the one list behind help, loading and completion.

A new command is a module `cli/commands/NAME.py` with a function `run`, and a line here.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

__all__ = ["COMMANDS", "GROUPS", "described", "module_name", "shared_declarations", "summary"]

STUDENTS = "Reading"
RESEARCHERS = "Searching"
INSTRUCTORS = "Keeping the collection"

COMMANDS: dict[str, str] = {
    "list": STUDENTS,
    "next": STUDENTS,
    "due": STUDENTS,
    "people": RESEARCHERS,
    "history": STUDENTS,
    "search": RESEARCHERS,
    "related": RESEARCHERS,
    "show": RESEARCHERS,
    "cite": RESEARCHERS,
    "export": RESEARCHERS,
    "topics": RESEARCHERS,
    "suggest": INSTRUCTORS,
    "build": INSTRUCTORS,
    "check": INSTRUCTORS,
    "serve": INSTRUCTORS,
    "publish": INSTRUCTORS,
    "new": INSTRUCTORS,
    "gaps": INSTRUCTORS,
    "diff": INSTRUCTORS,
    "ready": INSTRUCTORS,
    "load": INSTRUCTORS,
    "plan": INSTRUCTORS,
    "quiz": INSTRUCTORS,
    "prompts": INSTRUCTORS,
    "move": INSTRUCTORS,
    "insert": INSTRUCTORS,
    "swap": INSTRUCTORS,
    "cancel": INSTRUCTORS,
    "add": INSTRUCTORS,
    "annotate": INSTRUCTORS,
    "tag": INSTRUCTORS,
    "rename-topic": INSTRUCTORS,
    "fmt": INSTRUCTORS,
    "bake": INSTRUCTORS,
    "server migrate": INSTRUCTORS,
    "server add": INSTRUCTORS,
    "server list": INSTRUCTORS,
    "server search": RESEARCHERS,
    "import schedule": INSTRUCTORS,
    "import bibliography": INSTRUCTORS,
    "import bib": INSTRUCTORS,
}
"""Name, and the heading the help lists it under; a name of two words is a command of a group."""

GROUPS: dict[str, str] = {
    "server": "Keep one knowledge base for many institutions on PostgreSQL.",
    "import": "Read what you already have; a ledger tells what became of every block.",
}
"""Groups of commands and what they are for."""


def module_name(command: str) -> str:
    """Give the module of a command.

    Examples:
        >>> module_name("import schedule")
        'cli.commands.import_schedule'
    """
    return f"cli.commands.{command.replace(' ', '_').replace('-', '_')}"


SHARED = ("context", "output", "changing", "editing", "importing")
"""Modules of `cli` that declare arguments and options of several commands."""


def described(command: str) -> tuple[ast.FunctionDef, dict[str, ast.expr]]:
    """Give a command's function as it is written, and the options and arguments declared by name.

    Nothing is imported: loading all commands costs a second, reading their files a few hundredths.
    """
    tree = read_module(module_name(command))
    run = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "run")
    declared = {
        n.targets[0].id: n.value
        for n in tree.body
        if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
    }
    return run, declared


@cache
def shared_declarations() -> dict[str, ast.expr]:
    """Give the options and arguments that several commands have."""
    return {
        n.targets[0].id: n.value
        for name in SHARED
        for n in read_module(f"cli.{name}").body
        if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
    }


def read_module(name: str) -> ast.Module:
    """Read a module's text.

    Raises:
        LookupError: there is none.
    """
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LookupError(f"no module {name}")
    return ast.parse(Path(spec.origin).read_text(encoding="utf-8"))


def summary(command: str) -> str:
    """Give the first sentence of a command's help."""
    return (ast.get_docstring(described(command)[0]) or "").partition("\n")[0]
