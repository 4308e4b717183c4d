"""Bytes to text and back: UTF-8, or what the file declares or clearly is, never mojibake in
silence.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kb.findings import Finding, Severity

__all__ = ["MIXED", "decode", "encode"]

DECLARED = re.compile(rb"(?:coding|encoding)[ \t]*[:=][ \t]*\"?([A-Za-z][\w.-]+)", re.IGNORECASE)
"""`% !TeX encoding = latin1`, `-*- coding: latin-1 -*-`, JabRef's `% Encoding: Cp1252`."""

KNOWN = re.compile(r"(?:iso8859|cp125|koi8|mac|gb|big5|shift_jis|cp932|euc_|utf-16|utf-32)")
"""Names, as Python spells them, of encodings that a text file may declare; `unicode_escape` is
none.
"""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32's before UTF-16's, which begins alike."""

MIXED = "mixed"
"""What a file in two encodings is called; it can be read but not written back."""

UNDEFINED_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


def decode(
    data: bytes, path: str, severity: Severity = Severity.WARNING
) -> tuple[str, str, tuple[Finding, ...]]:
    """Give text without byte order mark, the encoding for `encode`, and findings (`encoding`).

    Args:
        severity: of the finding about a file that is not UTF-8 and does not say what it is; such a
            file is read as Windows-1252 (a superset of Latin-1's printable characters), or byte by
            byte when most of it is UTF-8. A declared encoding is always a warning.
    """
    reading = marked(data)
    if reading is None and looks_like_utf16(data):
        name = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        what = f"the file is {name.upper()} without saying so"
        reading = Reading(data.decode(name, "replace"), name, what, severity=severity)
    if reading is None:
        try:
            return data.decode("utf-8"), "utf-8", ()
        except UnicodeDecodeError as error:
            reading = guessed(data, error.start, severity)
    if not reading.what:
        return reading.text, reading.encoding, ()
    finding = Finding(
        code="encoding",
        severity=reading.severity,
        path=path,
        line=line_of(data, reading.at),
        what=reading.what,
        hint="save the file as UTF-8",
    )
    return reading.text, reading.encoding, (finding,)


@dataclass(frozen=True, slots=True)
class Reading:
    """Bytes as text, and what is to be said about them."""

    text: str
    encoding: str
    what: str = ""
    at: int = 0
    """Offset of the first odd byte."""
    severity: Severity = Severity.WARNING


def marked(data: bytes) -> Reading | None:
    """Read data that begins with a byte order mark; None when it does not."""
    for bom, name in BOMS:
        if data.startswith(bom):
            body = data[len(bom) :]
            try:
                text = body.decode(name)
            except UnicodeDecodeError as error:
                at = error.start + len(bom)
                what = f"byte {data[at]:#04x} is not {name.upper()}, which the file's mark says"
                return Reading(body.decode(name, "replace"), MIXED, what, at, Severity.ERROR)
            said = "" if name == "utf-8" else f"the file is {name.upper()}"
            return Reading(text, f"{name}-sig", said)
    return None


def guessed(data: bytes, bad: int, severity: Severity) -> Reading:
    """Read data that is not UTF-8: as it declares, byte by byte where most is, else Windows-1252.

    Args:
        bad: offset of the first odd byte.
    """
    odd = f"byte {data[bad]:#04x} is not UTF-8"
    declared = declared_encoding(data)
    if declared:
        try:
            what = f"{odd}; read as {declared}, as the file says"
            return Reading(data.decode(declared), declared, what, bad)
        except UnicodeDecodeError as error:
            bad = error.start
            odd = f"byte {data[bad]:#04x} is neither UTF-8 nor {declared}, which the file says"
    escaped = data.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= c <= "\udcff" for c in escaped)
    right = sum(c > "\x7f" for c in escaped) - wrong
    if right and right >= wrong:
        text = re.sub(
            "[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("latin-1"), escaped
        )
        first = text[len(data[:bad].decode("utf-8", "replace"))]
        what = f"{odd}, the rest mostly is; read as Latin-1 {first!r}"
        return Reading(text, MIXED, what, bad, severity)
    encoding = "latin-1" if UNDEFINED_IN_CP1252 & set(data) else "cp1252"
    return Reading(data.decode(encoding), encoding, f"{odd}; read as {encoding}", bad, severity)


def declared_encoding(data: bytes) -> str:
    """Give the encoding that the first or last lines of a file declare, as Python spells it; empty
    when none is known.
    """
    for part in (data[:2000], data[-2000:]):
        match = DECLARED.search(part)
        if match:
            try:
                name = codecs.lookup(match[1].decode("ascii")).name
            except LookupError:
                continue
            if KNOWN.match(name):
                return name
    return ""


def looks_like_utf16(data: bytes) -> bool:
    """Tell whether every other byte of the beginning is zero, as in UTF-16 of mostly ASCII."""
    head = data[:400]
    return (
        len(head) >= 4
        and min(head[0::2].count(0), head[1::2].count(0)) == 0
        and head.count(0) > len(head) // 4
    )


def line_of(data: bytes, at: int) -> int:
    """Give the line of a byte, from 1."""
    return len(re.findall(rb"\r\n|\n|\r", data[:at])) + 1


def encode(text: str, encoding: str) -> bytes:
    """Give text back as the bytes it was read from.

    Raises:
        UnicodeEncodeError: the encoding does not have a character.
        LookupError: the file was in two encodings.
    """
    for bom, name in BOMS:
        if encoding == f"{name}-sig":
            return bom + text.encode(name)
    return text.encode(encoding)
