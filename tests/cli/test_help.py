"""Help, wrong usage and completion: what a person sees who does not know the command yet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cli.app import app, arguments
from cli.completion import complete, completion_text
from cli.table import COMMANDS, GROUPS, summary


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, "-m", "cli", *words],
        capture_output=True,
        text=True,
        env=environment,
        cwd=cwd,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_plain_text(name: str) -> None:
    text = CliRunner().invoke(app, [*name.split(), "--help"]).output
    assert text.startswith(f"Usage: root {name} ") or text.startswith(f"Usage: kb {name} ")
    assert not re.search(r"<(bool|str|int|float|path|list)|[│╭]", text)
    assert max(map(len, text.splitlines())) <= 100


def test_square_brackets_stay() -> None:
    assert '`pip install "coursebib[cite]"`' in " ".join(run("cite", "--help").stdout.split())


def test_options_say_what_they_take() -> None:
    lines = run("search", "--help").stdout.splitlines()
    assert "  -n, --limit LIMIT    How many. [default: 10]" in lines
    assert "  --json               Print JSON." in lines
    assert lines[0] == "Usage: kb search WORDS... [OPTIONS]"


def test_help_command_is_the_help_option() -> None:
    assert arguments(["help"]) == ["--help"]
    assert arguments(["help", "import", "bib"]) == ["import", "bib", "--help"]
    assert run("help", "show").stdout == run("show", "--help").stdout


def test_list_of_commands_loads_none_of_them() -> None:
    script = (
        "import sys; sys.argv = ['kb', '--help']; from cli.app import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([m for m in sys.modules if m.startswith('cli.commands')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert lines[-1] == "['cli.commands']"
    for name in COMMANDS:
        if " " not in name:
            assert any(line.startswith(f"  {name} ") for line in lines), name


def test_every_command_has_one_module_and_its_help_one_source() -> None:
    root = get_command(app)
    for name in COMMANDS:
        command = root
        for part in name.split():
            command = command.commands[part]  # type: ignore[attr-defined]
        assert (command.help or "").partition("\n")[0] == summary(name) != ""
    assert set(GROUPS) == {n.split()[0] for n in COMMANDS if " " in n}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["lst"],
            "kb: no command 'lst'; did you mean list or suggest or history?; `kb help` lists them all",
            id="unknown-command",
        ),
        pytest.param(
            ["import", "schedul"],
            "kb: no command 'schedul'; did you mean schedule?; `kb help import` lists them all",
            id="unknown-in-a-group",
        ),
        pytest.param(
            ["list", "--formt", "md"],
            "kb list: no option --formt; did you mean --format?; kb list --help lists them",
            id="unknown-option",
        ),
        pytest.param(
            ["show"],
            "kb show: KEY is missing; write kb show KEY [OPTIONS]",
            id="missing-argument",
        ),
        pytest.param(
            ["plan", "X2030"],
            "kb plan: --from FROM is missing; write kb plan NEW --from FROM --start DATE [OPTIONS]",
            id="missing-option",
        ),
        pytest.param(
            ["topics", "--db"],
            "kb: option '--db' requires an argument; see --help",
            id="option-without-value",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(words: list[str], message: str) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message + "\n")


@pytest.mark.parametrize(
    ("words", "begun", "expected"),
    [
        pytest.param([], "li", ["list"], id="command"),
        pytest.param([], "im", ["import"], id="group"),
        pytest.param(["import"], "", ["schedule", "bibliography", "bib"], id="in-a-group"),
        pytest.param(["help"], "ri", [], id="help-nothing"),
        pytest.param(["help"], "ren", ["rename-topic"], id="help"),
        pytest.param(["list"], "F2022", ["F2022"], id="semester"),
        pytest.param(["show"], "sculley2015", ["sculley2015hidden"], id="key"),
        pytest.param(
            ["cite", "breck2017ml"], "sculley2015", ["sculley2015hidden"], id="second-key"
        ),
        pytest.param(
            ["export", "bib", "--topic"],
            "quality-assurance/data",
            ["quality-assurance/data-quality"],
            id="topic",
        ),
        pytest.param(["move", "F2022"], "F2022-0831", ["F2022-0831"], id="session"),
        pytest.param(["search"], "--so", ["--sort", "--source"], id="options"),
        pytest.param(["plan", "X", "--from"], "F2022", ["F2022"], id="value-of-a-declared-option"),
        pytest.param(["list", "--output"], "F", [], id="files-are-the-shell's"),
    ],
)
def test_completion(words: list[str], begun: str, expected: list[str], database: Path) -> None:
    in_program = not words or words[0] in {"help", *GROUPS}
    typed = words if in_program else [words[0], "--db", str(database), *words[1:]]
    assert [name for name, _ in complete(typed, begun)] == expected


def test_completion_without_database_offers_nothing(tmp_path: Path) -> None:
    assert complete(["show", "--db", str(tmp_path / "none.db")], "a") == []
    (tmp_path / "broken.db").write_text("no database")
    assert complete(["show", "--db", str(tmp_path / "broken.db")], "a") == []


def test_shells_get_what_they_read() -> None:
    bash = {"_KB_COMPLETE": "complete_bash", "COMP_WORDS": "kb li", "COMP_CWORD": "1"}
    assert completion_text(bash) == "list"
    zsh = {"_KB_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "kb li"}
    assert completion_text(zsh) == (
        '_arguments \'*: :(("list":"Print a semester s reading list what to read when, why, '
        "and which question is due.\"))'"
    )
    fish = {"_KB_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": "kb li"}
    assert completion_text(fish) == (
        "list\tPrint a semester's reading list: what to read when, why, and which question is due."
    )
    assert completion_text({"_KB_COMPLETE": "complete_pwsh"}) is None


def test_zsh_gets_nothing_to_run() -> None:
    from cli.completion import zsh_row

    assert zsh_row("a", "$(rm -rf /) `x` ' \" \\ :") == '"a":"(rm -rf /) x"'


def test_completion_loads_no_program() -> None:
    script = (
        "import sys, os; os.environ.update(_KB_COMPLETE='complete_bash', COMP_WORDS='kb li', "
        "COMP_CWORD='1')\nfrom cli.__main__ import main\nmain()\n"
        "print([m for m in ('typer', 'click', 'rich', 'cli.app', 'sqlite_utils') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "list\n[]\n"
