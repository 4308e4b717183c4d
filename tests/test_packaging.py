"""The wheel, installed elsewhere, does the main job."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(project)],
        check=True,
    )
    return next(folder.glob("*.whl"))


def test_wheel_holds_what_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "kb/render/assets/kb.css",
        "kb/render/templates/reading_list.html",
        "kb/web/templates/base.html",
        "kb/web/assets/icon.svg",
        "kb/sources/starter/bib/works.bib",
    } <= names
    assert not any(name.startswith(("tests", "bib", "quizzes")) for name in names)


def test_installed_wheel_runs_in_another_directory(
    wheel: Path, project: Path, tmp_path: Path
) -> None:
    target = tmp_path / "site"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--target",
            str(target),
            str(wheel),
        ],
        check=True,
    )
    shutil.copytree(project / "bib", tmp_path / "bib")
    shutil.copytree(project / "quizzes", tmp_path / "quizzes")
    env = os.environ | {"PYTHONPATH": str(target)}
    result = subprocess.run(
        [sys.executable, "-m", "cli.app", "list", "F2022"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    assert "From Models to Systems" in result.stdout
    where = subprocess.run(
        [sys.executable, "-c", "import kb; print(kb.__file__)"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
    )
    assert str(target) in where.stdout
