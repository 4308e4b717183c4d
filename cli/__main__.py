"""The start of `kb`: a shell that asks for completions is answered before anything is loaded."""

from __future__ import annotations

from cli.completion import answer_shell

__all__ = ["main"]


def main() -> None:
    """Answer a shell, or run the program."""
    if not answer_shell():
        from cli.app import main as run  # noqa: PLC0415  loading the program takes longer than a shell waits

        run()


if __name__ == "__main__":
    main()
