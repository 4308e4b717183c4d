"""Text keeps its letters; Markdown that leaves runs nothing and loads nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.markup import safe_markdown
from kb.text import clean, fold


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # a Persian word with its non-joiner
        "👩‍👩‍👧",  # an emoji made of three
        "क्‍ष",  # a Hindi letter with its joiner
        "שלום\u200e, x",  # a direction mark in Hebrew
        "tab\tline\nend",
        "soft\u00adhyphen",
    ],
)
def test_letters_are_kept(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ufeff"])
def test_what_is_dangerous_to_show_is_removed(char: str) -> None:
    assert clean(f"a{char}b") == "ab"


def test_comparison_looks_at_no_invisible_letters() -> None:
    assert fold("a\u200cb\u00adc\u2060d") == "abcd"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("[a](javascript:alert(1))", "a"),
        ("[a](JaVa\tscript:x)", "[a](JaVa\tscript:x)"),
        ("[a](&#106;avascript:x)", "a"),
        ("[a](%6aavascript:x)", "a"),
        ("[a](data:text/html,x)", "a"),
        ("[a](vbscript:x)", "a"),
        ("[a](//evil.org/x)", "a"),
        ("[a](https://x.org/a_(b))", "[a](https://x.org/a_(b))"),
        ("[a](mailto:x@y.org)", "[a](mailto:x@y.org)"),
        ("[a](/works/x)", "[a](/works/x)"),
        ("[@key2001]", "[@key2001]"),
        ("![a](https://evil.org/pixel.png)", "a"),
        ("![a][pic]", "a"),
        ("[pic]: javascript:x", ""),
        ("[pic]: https://x.org 't'", "[pic]: https://x.org 't'"),
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y>"),
        ("<https://x.org>", "<https://x.org>"),
        ("<javascript:x>", "&lt;javascript:x>"),
        ("1 < 2 and a <- b", "1 < 2 and a <- b"),
        ("`<b>` and ``a`<i>``", "`<b>` and ``a`<i>``"),
        ("```html\n<script>\n```\n<b>", "```html\n<script>\n```\n&lt;b>"),
    ],
)
def test_markdown_is_harmless(text: str, safe: str) -> None:
    assert safe_markdown(text) == safe


@given(st.text())
def test_it_holds_for_any_text_and_twice(text: str) -> None:
    once = safe_markdown(text)
    assert safe_markdown(once) == once
    bare = re.sub(r"`[^`]*`", "", once)
    assert "](javascript:" not in bare.casefold() or "`" in once
