"""Exceptions for misuse and for a broken environment.

A flaw in `bib/` or `quizzes/` is never an exception but a `kb.findings.Finding`.
"""

__all__ = [
    "BuildRefused",
    "DatabaseUnusable",
    "KbError",
    "SourceNotFound",
    "Unknown",
    "UsageError",
]


class KbError(Exception):
    """Base of all errors that the command line turns into one line and exit code 1."""

    exit_code = 1


class UsageError(KbError, ValueError):
    """Wrong usage of a command or function; exit code 2."""

    exit_code = 2


class SourceNotFound(KbError, FileNotFoundError):
    """No `bib/` or `quizzes/` where they were looked for."""

    def __str__(self) -> str:
        return " ".join(str(arg) for arg in self.args)


class Unknown(KbError, LookupError):
    """A key, semester or topic that does not exist; keeps the value and its nearest neighbours."""

    def __init__(
        self, kind: str, value: str, nearest: tuple[str, ...] = (), hint: str = ""
    ) -> None:
        self.kind = kind
        self.value = value
        self.nearest = nearest
        message = f"no {kind} {value!r}"
        if nearest:
            message += "; did you mean " + " or ".join(nearest) + "?"
        if hint:
            message += f"; {hint}"
        super().__init__(message)


class BuildRefused(KbError, RuntimeError):
    """The database was not written; the old one is as it was."""


class DatabaseUnusable(KbError, OSError):
    """The database file cannot be opened, read or replaced."""

    def __str__(self) -> str:
        return " ".join(str(arg) for arg in self.args)
