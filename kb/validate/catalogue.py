"""The page of all finding codes, made of the table of codes."""

from __future__ import annotations

from kb.validate.codes import CALENDAR_SEVERITIES, CODES, LEAVES_OUT

__all__ = ["render_catalogue"]

HEAD = """\
# All findings of `kb check`

Made of the table of codes by `python -m kb.validate.catalogue`; a test keeps the two in step.
"Left out" means that the entry, row or file is not in the database.
Everything else is there, perhaps in doubt.
`kb check --explain CODE` says the same on the command line.

| code | meaning | in the database |
| --- | --- | --- |
"""


def render_catalogue() -> str:
    """Give the page as Markdown, codes in alphabetical order."""
    lines = []
    for code in sorted(CODES):
        severity = f" ({CALENDAR_SEVERITIES[code].value})" if code in CALENDAR_SEVERITIES else ""
        effect = "left out" if code in LEAVES_OUT else "there"
        meaning = CODES[code].replace("|", "\\|")
        lines.append(f"| `{code}`{severity} | {meaning} | {effect} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(render_catalogue(), end="")
