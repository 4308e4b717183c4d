"""Prose without markup needs no parser: what is written for it is what the parser writes."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kb import markup

TITLES = {"a2000x": "Alpha & <Beta> \"C\" 'D' [e] *f*", "b:2001.y-z": "Plain"}
PIECES = st.sampled_from(
    ["word", "Word.", "a", " ", " ", " ", "\n", "\n\n", "[@a2000x]", "[@b:2001.y-z]", "[@nobody]", "&", "&amp;", "&x",
     '"', "'", "-", "- ", "1. ", "2)", "#", "+", "=", "===", "!", ":", "https://x.org/a", "(", ")", "é", "–", "“", "\u00a0",
     "\u2028", "%", "$", "@", "/", ";", "{", "}", "^", ",", "?", "\t", "*x*", "<b>", "|", "~", "`c`", "  "]
)  # fmt: skip


def link(key: str) -> tuple[str, str] | None:
    return (f"/works/{key}", TITLES[key]) if key in TITLES else None


@given(st.lists(PIECES, max_size=14).map("".join))
@example("Two.\n\nParagraphs & more; see [@a2000x]")
@example("A line\nand [@b:2001.y-z]\nand its third")
@example("K &#38; !")
def test_plain_prose_is_written_as_the_parser_writes_it(text: str) -> None:
    plain = markup.plain_html(text, link) if text.strip() else ""
    if plain:
        assert plain == markup.parsed_html(text, link)


def test_most_notes_are_plain_prose() -> None:
    text = 'Read this beside [@a2000x]: it says (in 2020) why R&D "fails".\n\nAlso [@nobody].'
    assert markup.plain_html(text, link) == (
        '<p>Read this beside <a href="/works/a2000x">Alpha &amp; &lt;Beta&gt; "C" \'D\' [e] *f*</a>: it says (in 2020)'
        ' why R&amp;D "fails".</p>\n<p>Also nobody.</p>'
    )
