"""Whatever the terminal, the streams and the folder are like: one line, an exit code, no trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app, ending
from kb.errors import UsageError


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("streams") / "course"
    CliRunner().invoke(app, ["new", str(root)])
    with (root / "bib/works.bib").open("a", encoding="utf-8") as stream:
        stream.write("@article{z1, author={Łuk, Ż.}, title={Sums with $\\alpha$}, year={2019}}\n")
    CliRunner().invoke(app, ["build", "--source", str(root)])
    return root


def kb(
    root: Path, *words: str, shell: str = "", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a person does."""
    command = " ".join((f"'{sys.executable}'", "-m", "cli", *words, shell))
    return subprocess.run(
        ["sh", "-c", command],
        cwd=root,
        capture_output=True,
        env={**os.environ, **environ},
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
@pytest.mark.parametrize(
    "words", ["show z1", "list E2025", "export csv", "load E2025", "search łuk"]
)
def test_no_encoding_ends_in_a_trace(course: Path, encoding: str, words: str) -> None:
    done = kb(course, *words.split(), PYTHONIOENCODING=encoding)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("shell", "code"),
    [(">&-", 0), ("2>&-", 0), ("<&-", 0), (">/dev/full", 1), (">&- 2>&- <&-", 0)],
)
def test_closed_and_full_streams(course: Path, shell: str, code: int) -> None:
    if "full" in shell and not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    done = kb(course, "list", "E2025", shell=shell)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)
    assert len(done.stderr.splitlines()) == code


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    command = f"mkdir '{gone}' && cd '{gone}' && rmdir '{gone}' && '{sys.executable}' -m cli list"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"kb: the working directory is gone")


def test_an_argument_that_is_no_text(course: Path) -> None:
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"cli", b"search", b"caf\xe9"],
        cwd=course,
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, 1, 2}
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (UsageError("no"), 2, "no"),
        (FileNotFoundError(2, "No such file", "x.txt"), 1, "x.txt: No such file; nothing else was done"),
        (UnicodeEncodeError("utf-8", "a\udce9", 1, 2, "surrogates"), 2, "'a?' is not UTF-8; write it in the encoding of the terminal"),
    ],
)  # fmt: skip
def test_each_error_is_one_line(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, text: str
) -> None:
    monkeypatch.setattr("cli.app.drop_output", lambda: None)
    assert ending(error) == (code, text)


def test_an_error_of_the_program_says_where() -> None:
    try:
        {}["x"]  # type: ignore[index]
    except KeyError as error:
        code, text = ending(error)
    assert code == 70
    assert text.startswith("an error of the program (KeyError in test_streams.py:")
