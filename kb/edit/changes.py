"""Changes to source files, shown before they are written."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from kb.edit.bib_place import EditRefused
from kb.sources.decode import MIXED, decode, encode
from kb.sources.replace import replace_file

__all__ = ["Change", "OpenFile", "open_file"]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A source file read for editing."""

    path: Path
    name: str
    """Relative to the source directory."""
    data: bytes | None
    """None for a file that does not exist yet."""
    text: str
    encoding: str

    def change(self, text: str) -> Change | None:
        """Give the change to a new text; None when it is the old one.

        Raises:
            EditRefused: the file's encoding lacks a character, or is not certain.
        """
        if text == self.text and self.data is not None:
            return None
        if self.encoding == MIXED and self.data is not None:
            return Change(self, text, spliced(self.data, self.text, text, self.name))
        uncertain = f"{self.name}: its encoding is not certain; save it as UTF-8 first"
        try:
            written_back = encode(self.text, self.encoding)
            changed = encode(text, self.encoding)
        except LookupError:
            raise EditRefused(uncertain) from None
        except UnicodeEncodeError as error:
            odd = error.object[error.start]
            raise EditRefused(
                f"{self.name}: {odd!r} cannot be written in {self.encoding}; save the file as "
                "UTF-8 first"
            ) from None
        if self.data is not None and written_back != self.data:
            raise EditRefused(uncertain)
        return Change(self, text, changed)


@dataclass(frozen=True, slots=True)
class Change:
    """A file and what it should hold."""

    file: OpenFile
    text: str
    data: bytes

    def diff(self) -> str:
        """Give the change as a unified diff."""
        old, new = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (self.file.text, self.text))
        lines = difflib.unified_diff(
            old, new, self.file.name if self.file.data is not None else "/dev/null", self.file.name
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )

    def write(self) -> None:
        """Write the file.

        Raises:
            NotReplaced: it changed meanwhile or cannot be written.
        """
        replace_file(self.file.path, self.data, self.file.data)


def spliced(data: bytes, before: str, after: str, name: str) -> bytes:
    """Give the bytes of a file in two encodings with what changed in UTF-8 and every other byte as
    it was.

    Raises:
        EditRefused: text and bytes do not belong together character by character.
    """
    escaped = data.decode("utf-8", "surrogateescape")
    if len(escaped) != len(before) or any(
        a != b for a, b in zip(escaped, before, strict=True) if not "\udc80" <= a <= "\udcff"
    ):
        raise EditRefused(f"{name}: its encoding is not certain; save it as UTF-8 first")
    start = shared_start(before, after)
    room = min(len(before), len(after)) - start
    end = shared_start(before[::-1][:room], after[::-1][:room])
    changed = "".join(
        (escaped[:start], after[start : len(after) - end], escaped[len(escaped) - end :])
    )
    return changed.encode("utf-8", "surrogateescape")


def shared_start(left: str, right: str) -> int:
    """Give the number of characters two texts begin with alike, by halving."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if left[:middle] == right[:middle] else (low, middle - 1)
    return low


def open_file(path: Path, root: Path) -> OpenFile:
    """Read a file for editing; one that does not exist is empty UTF-8.

    Raises:
        EditRefused: it cannot be read.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return OpenFile(path, name, None, "", "utf-8")
    except OSError as error:
        raise EditRefused(f"{name}: cannot be read: {error.strerror or error}") from error
    text, encoding, _ = decode(data, name)
    return OpenFile(path, name, data, text, encoding)
