"""Bytes to text: UTF-8, or what the file declares or clearly is, never mojibake in silence."""

from __future__ import annotations

import codecs
import re

from kb.findings import Finding, Severity

__all__ = ["decode", "encode"]

DECLARED = re.compile(rb"(?:coding|encoding)[ \t]*[:=][ \t]*\"?([A-Za-z][\w.-]+)")
"""`% !TeX encoding = latin1`, `-*- coding: latin-1 -*-`, JabRef's `% Encoding: Cp1252`."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32's before UTF-16's, which begins alike."""


def decode(data: bytes, path: str, severity: Severity = Severity.WARNING) -> tuple[str, str, tuple[Finding, ...]]:
    """Give text, encoding and findings (`encoding`).

    Args:
        severity: of the finding about a file that is not UTF-8 and does not say what it is; such a file
            is read as Windows-1252 (a superset of Latin-1's printable characters). A declared encoding
            is always a warning.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name), name, () if name == "utf-8-sig" else (note(path, 1, f"the file is {name.upper()}", "save it as UTF-8", Severity.WARNING),)
            except UnicodeDecodeError as error:
                where = data.count(b"\n", 0, error.start) + 1
                text = data.decode(name, "replace")
                return text, name, (note(path, where, f"byte {data[error.start]:#04x} is not {name.upper()}", "save the file as UTF-8", Severity.ERROR),)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        bad = error.start
    line = data.count(b"\n", 0, bad) + 1
    odd = f"byte {data[bad]:#04x} is not UTF-8"
    declared = DECLARED.search(data[:2000])
    if declared:
        name = declared[1].decode("ascii").casefold()
        try:
            if codecs.lookup(name).name != "utf-8":
                return data.decode(name), name, (note(path, line, f"{odd}; read as {name}, as the file says", "save it as UTF-8", Severity.WARNING),)
        except (LookupError, UnicodeDecodeError):
            pass
    if data[:200].count(b"\0") > len(data[:200]) // 4:
        name = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        text = data.decode(name, "replace")
        return text, name, (note(path, 1, "the file looks like UTF-16 without a mark", "save it as UTF-8", severity),)
    text = data.decode("cp1252", "replace") if all(byte not in data for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")) else data.decode("latin-1")
    encoding = "cp1252" if "\ufffd" not in text else "latin-1"
    return text, encoding, (note(path, line, f"{odd}; read as {encoding}", "save the file as UTF-8", severity),)


def note(path: str, line: int, what: str, hint: str, severity: Severity) -> Finding:
    """Make the finding."""
    return Finding(code="encoding", severity=severity, path=path, line=line, what=what, hint=hint)


def encode(text: str, encoding: str) -> bytes:
    """Give text back as the bytes it was read from."""
    return text.encode(encoding)
