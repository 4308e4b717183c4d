"""Files as git had them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from kb.errors import UsageError

__all__ = ["read_at"]


def read_at(root: Path, path: str, revision: str) -> str:
    """Give the text of a file below `root` at a revision: a tag, a branch, a commit, `HEAD~3`.

    Raises:
        UsageError: no git, no repository, no such revision, or the file was not there.
    """
    git = shutil.which("git")
    if git is None:
        raise UsageError(
            f"{path}@{revision}: git is not installed; only files as they are now can be compared"
        )
    if not revision or revision.startswith("-"):
        raise UsageError(
            f"{revision!r} is no git revision; write a tag, a branch, a commit or HEAD~1"
        )

    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([git, "-C", str(root), *words], capture_output=True, check=False)

    if run("rev-parse", "--git-dir").returncode:
        raise UsageError(f"{root} is not in a git repository, so there is no {revision!r}")
    if run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode:
        raise UsageError(
            f"git knows no revision {revision!r} in {root}; `git log --oneline -- {path}` "
            "lists those of the file"
        )
    shown = run("show", f"{revision}:./{path}")
    if shown.returncode:
        raise UsageError(
            f"{path} was not there at {revision!r}; `git log --oneline -- {path}` says since "
            "when it is"
        )
    return shown.stdout.decode("utf-8", errors="replace")
