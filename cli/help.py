"""How help and wrong usage look: plain text that can be read, copied and piped.

Typer's own boxes name Python types behind flags and take words in square brackets for markup.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cli.table import GROUPS
from kb.errors import UsageError
from kb.findings import nearest

__all__ = ["Command", "Group", "usage_message"]

WIDEST = 100
"""Columns beyond which lines are hard to read."""

COLUMN = 26
"""Widest left column; a longer name has a line of its own."""


def width() -> int:
    """Give the width to fill."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def paragraphs(text: str) -> Iterator[str]:
    """Give help text wrapped; lines that are indented are commands to copy and stay as they are."""
    for block in text.strip().split("\n\n"):
        for indented, lines in groupby(block.split("\n"), key=lambda line: line[:1] == " "):
            found = list(lines)
            yield "\n".join(found) if indented else textwrap.fill(" ".join(found), width())


def rows(pairs: Sequence[tuple[str, str]]) -> str:
    """Give two columns."""
    left = min(max((len(name) for name, _ in pairs), default=0), COLUMN)
    lines = []
    for name, text in pairs:
        body = textwrap.wrap(text, max(20, width() - left - 4), break_on_hyphens=False) or [""]
        if len(name) > left:
            lines.append(f"  {name}")
            name = ""
        lines.append(f"  {name:<{left}}  {body[0]}".rstrip())
        lines += [f"{'':<{left + 4}}{line}" for line in body[1:]]
    return "\n".join(lines)


def section(title: str, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Give a heading with its rows, when there are any."""
    if pairs:
        yield f"{typer.style(title + ':', bold=True)}\n{rows(pairs)}"


def argument_name(param: Any) -> str:
    """Give how an argument is named: `KEY...`, `[SEMESTER]`."""
    name = (param.metavar or param.name.upper()).strip()
    if param.nargs != 1 and not name.endswith("..."):
        name += "..."
    bare = name.startswith("[") or param.required
    return name if bare else f"[{name}]"


def option_name(param: Any) -> str:
    """Give how an option is written: `-s, --style STYLE`, `--json`."""
    names = sorted((*param.opts, *param.secondary_opts), key=lambda n: n.startswith("--"))
    if param.is_flag or getattr(param, "count", False):
        return ", ".join(names)
    long = max(param.opts, key=len).lstrip("-")
    return f"{', '.join(names)} {param.metavar or long.upper().replace('-', '_')}"


def option_text(param: Any) -> str:
    """Give what an option is for, with its default where that tells something."""
    text = param.help or ""
    default = param.default
    if param.required:
        return f"{text} [required]"
    told = isinstance(default, str | int | float) and not isinstance(default, bool) and default
    if told and not param.is_flag and "default" not in text and param.show_default:
        return f"{text} [default: {default}]"
    return text


class Command(TyperCommand):
    """A command with our help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, description, arguments and options."""
        formatter.write("\n\n".join(command_help(self, ctx)) + "\n")

    def get_usage(self, ctx: Any) -> str:
        """Give the line that says how the command is written."""
        return usage(self, ctx)


def usage(command: Any, ctx: Any) -> str:
    """Give the line that says how a command is written."""
    params = [p for p in command.params if p.param_type_name == "argument"]
    needed = [
        option_name(p).rpartition(", ")[2]
        for p in command.params
        if p.param_type_name == "option" and p.required
    ]
    return " ".join(["Usage:", ctx.command_path, *map(argument_name, params), *needed, "[OPTIONS]"])


def command_help(command: Any, ctx: Any) -> Iterator[str]:
    """Give the parts of a command's help."""
    yield command.get_usage(ctx)
    yield from paragraphs(command.help or "")
    params = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    arguments = [
        (argument_name(p), p.help or "") for p in params if p.param_type_name == "argument"
    ]
    yield from section("Arguments", arguments)
    options = [(option_name(p), option_text(p)) for p in params if p.param_type_name == "option"]
    yield from section("Options", options)


class Group(TyperGroup):
    """A program with commands, our help, and one style of errors."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write what the program is for and its commands under their headings."""
        parts = [f"Usage: {ctx.command_path} COMMAND [ARGUMENTS] [OPTIONS]"]
        parts += paragraphs(self.help or "")
        found = [
            (panel_of(command), name, command.help or GROUPS.get(name, ""))
            for name, command in self.commands.items()
        ]
        order = list(dict.fromkeys(panel for panel, _, _ in found))
        for panel in order:
            pairs = [(n, text.partition("\n")[0]) for p, n, text in found if p == panel]
            parts += section(str(panel), pairs)
        options = [(option_name(p), option_text(p)) for p in self.get_params(ctx)]
        parts += section("Options", options)
        formatter.write("\n\n".join(parts) + "\n")

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command; the nearest names are told when there is none.

        Raises:
            UsageError: there is none of this name.
        """
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = did_you_mean(nearest(args[0], self.commands))
            lists = " ".join(["kb help", *ctx.command_path.split()[1:]])
            raise UsageError(f"no command {args[0]!r}{near}; `{lists}` lists them all")
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; wrong usage becomes a line such as `kb list: no option --formt; ...`."""
        run = partial(
            super().main, args, prog_name, complete_var, False, windows_expand_args, **extra
        )
        if not standalone_mode:
            return run()
        try:
            code = run()
        except typer.Abort:
            typer.echo("kb: stopped", err=True)
            sys.exit(1)
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            message = usage_message(error)
            typer.echo(message, err=True)
            sys.exit(getattr(error, "exit_code", 2))
        sys.exit(code if isinstance(code, int) else 0)


def panel_of(command: Any) -> str:
    """Give the heading a command is listed under."""
    return str(getattr(command, "rich_help_panel", None) or "Commands")


def usage_message(error: Any) -> str:
    """Give what was wrong with a command line, and what to do.

    Args:
        error: an exception of the parser, whose messages and classes differ between its versions.
    """
    ctx: Any = getattr(error, "ctx", None)
    if ctx is None:
        text = str(error.format_message()).rstrip(".")
        return f"kb: {text[:1].lower()}{text[1:]}; see --help"
    path, kind = ctx.command_path, type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error.format_message())
    if kind == "NoSuchOption":
        params = ctx.command.get_params(ctx)
        options = [n for p in params for n in (*p.opts, *p.secondary_opts) if n[:2] == "--"]
        near = nearest(error.option_name, options)[:1]
        return (
            f"{path}: no option {error.option_name}{did_you_mean(near)}; {path} --help lists them"
        )
    if kind == "MissingParameter" and error.param is not None:
        name = (
            option_name(error.param).rpartition(", ")[2]
            if error.param.param_type_name == "option"
            else argument_name(error.param)
        )
        return f"{path}: {name} is missing; write {ctx.command.get_usage(ctx)[7:]}"
    text = str(error.format_message()).rstrip(".")
    return f"{path}: {text[:1].lower()}{text[1:]}; see {path} --help"


def did_you_mean(near: Sequence[str]) -> str:
    """Give the nearest names as a question; empty when there is none."""
    return f"; did you mean {' or '.join(near)}?" if near else ""
