"""Replacing source files: complete or not at all, and only when nobody else changed them."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from kb.errors import KbError

__all__ = ["NotReplaced", "replace_file"]


class NotReplaced(KbError, OSError):
    """A file that could not be written; it is as it was."""

    def __str__(self) -> str:
        return " ".join(str(arg) for arg in self.args)


def replace_file(path: Path, data: bytes, expected: bytes | None) -> None:
    """Write a file beside the old one and rename it over; links are followed, the mode is kept.

    Args:
        expected: what the file held when it was read; None for a file that is new.

    Raises:
        NotReplaced: it holds something else by now, or cannot be written.
    """
    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        current = target.read_bytes() if target.exists() else None
        require_unchanged(path, current, expected)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=".new", dir=target.parent
        )
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(
            temporary,
            stat.S_IMODE(target.stat().st_mode)
            if current is not None
            else 0o666 & ~current_umask(),
        )
        os.replace(temporary, target)
    except NotReplaced:
        raise
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise NotReplaced(
            f"{path}: cannot be written: {error.strerror or error}; it is as it was"
        ) from error


def require_unchanged(path: Path, current: bytes | None, expected: bytes | None) -> None:
    """Refuse to write over what somebody else wrote meanwhile."""
    if current != expected:
        raise NotReplaced(f"{path}: changed while we worked on it; run the command again")


def current_umask() -> int:
    """Give the mask that new files get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
