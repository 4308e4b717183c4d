"""Bytes to text: the encoding is told, the way back is exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.findings import Severity
from kb.sources.decode import MIXED, decode, encode


@pytest.mark.parametrize(
    ("data", "text", "encoding", "message"),
    [
        pytest.param(b"abc", "abc", "utf-8", "", id="ASCII"),
        pytest.param(b"\xef\xbb\xbfK\xc3\xa4", "Kä", "utf-8-sig", "", id="UTF-8 with mark"),
        pytest.param(b"a\nK\xe4stner", "a\nKästner", "cp1252", "a.bib:2: byte 0xe4 is not UTF-8; read as cp1252; save the file as UTF-8", id="Latin-1"),
        pytest.param(b"\x81\xe4", "\x81ä", "latin-1", "a.bib:1: byte 0x81 is not UTF-8; read as latin-1; save the file as UTF-8", id="not even cp1252"),
        pytest.param("Kä".encode("utf-16"), "Kä", "utf-16-le-sig", "a.bib:1: the file is UTF-16-LE; save the file as UTF-8", id="UTF-16"),
        pytest.param("@misc{kä}".encode("utf-16-be"), "@misc{kä}", "utf-16-be", "a.bib:1: the file is UTF-16-BE without saying so; save the file as UTF-8", id="no mark"),
        pytest.param(
            b"% Encoding: Cp1252\r\n\xe4\x93", "% Encoding: Cp1252\r\nä“", "cp1252",
            "a.bib:2: byte 0xe4 is not UTF-8; read as cp1252, as the file says; save the file as UTF-8", id="declared",
        ),
        pytest.param(b"% coding: unicode_escape\n\xe4", "% coding: unicode_escape\nä", "cp1252",
                     "a.bib:2: byte 0xe4 is not UTF-8; read as cp1252; save the file as UTF-8", id="declared nonsense"),
        pytest.param("Kä Zü\n".encode() + b"\xe4", "Kä Zü\nä", MIXED,
                     "a.bib:2: byte 0xe4 is not UTF-8, the rest mostly is; read as Latin-1 'ä'; save the file as UTF-8", id="one odd byte"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, text: str, encoding: str, message: str) -> None:
    read, name, findings = decode(data, "a.bib")
    assert (read, name) == (text, encoding)
    assert [str(f) for f in findings] == ([message] if message else [])
    if name != MIXED:
        assert encode(read, name) == data


def test_severity_is_the_callers_but_for_declared_encodings() -> None:
    assert decode(b"\xe4", "a.bib", Severity.ERROR)[2][0].severity is Severity.ERROR
    assert (
        decode(b"% coding: latin-1\n\xe4", "a.bib", Severity.ERROR)[2][0].severity
        is Severity.WARNING
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_text_and_most_go_back(data: bytes) -> None:
    text, encoding, findings = decode(data, "a.bib")
    assert isinstance(text, str)
    if not findings:
        assert encode(text, encoding) == data


@given(st.text(max_size=100), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_text_comes_back(text: str, encoding: str) -> None:
    text = text.encode("utf-8", "ignore").decode().replace("\0", "").lstrip("\ufeff")
    assert decode(text.encode(encoding), "a.bib")[0] == text
