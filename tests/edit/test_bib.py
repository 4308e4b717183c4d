"""Edits of .bib files: what was meant changes, no other byte does."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.edit.bib import (
    append_entries,
    remove_field,
    set_field,
)
from kb.edit.bib_place import EditRefused
from kb.edit.changes import open_file
from kb.edit.keywords import change_keywords, keywords_of, rename_keyword
from kb.errors import Unknown
from kb.parse.bibtex import parse_bibtex
from kb.sources.decode import MIXED

FILE = """% kept
@misc{a,
  title    = {T},
  year     = 2000
}
@misc{b, title="x", keywords = "p; q"}

@misc{c}
@misc{d,}
@misc(e,
 title={x},  % hi
 keywords={a/b, c,
    d/e},
 annotation={foo}
)
"""


def changed(before: str, after: str) -> str:
    """Give the lines that went and came, without context."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return "\n".join(line for line in lines if line[0] in "+-")


@pytest.mark.parametrize(
    ("key", "field", "value", "expected"),
    [
        pytest.param(
            "a", "title", "New", "-   title    = {T},\n+   title    = {New},", id="replaced"
        ),
        pytest.param(
            "a", "TITLE", "New", "-   title    = {T},\n+   title    = {New},", id="name in capitals"
        ),
        pytest.param(
            "a", "year", "2001", "-   year     = 2000\n+   year     = {2001}", id="number"
        ),
        pytest.param(
            "a", "doi", "1", "+   doi      = {1},", id="added where no comma ends the last"
        ),
        pytest.param(
            "b",
            "title",
            "y",
            '- @misc{b, title="x", keywords = "p; q"}\n+ @misc{b, title="y", keywords = "p; q"}',
            id="quotes kept",
        ),
        pytest.param(
            "b",
            "title",
            'a "b"',
            '- @misc{b, title="x", keywords = "p; q"}\n+ @misc{b, title={a "b"}, keywords = "p; q"}',
            id="quotes inside",
        ),
        pytest.param("c", "doi", "1", "- @misc{c}\n+ @misc{c, doi = {1}}", id="first field"),
        pytest.param(
            "d", "doi", "1", "- @misc{d,}\n+ @misc{d, doi = {1}}", id="first field behind a comma"
        ),
        pytest.param("e", "doi", "1", "+  doi={1},", id="in parentheses"),
    ],
)
def test_set_field_changes_its_lines(key: str, field: str, value: str, expected: str) -> None:
    assert changed(FILE, set_field(FILE, key, field, value)) == expected


def test_keywords_go_before_the_annotation() -> None:
    text = "@misc{a,\n  title      = {T},\n  annotation = {N},\n}\n"
    assert changed(text, set_field(text, "a", "keywords", "k")) == "+   keywords   = {k},"


@pytest.mark.parametrize(
    ("key", "add", "remove", "expected"),
    [
        pytest.param("e", ["f/g"], [], "-     d/e},\n+     d/e, f/g},", id="added at the end"),
        pytest.param(
            "e", [], ["c"], "-  keywords={a/b, c,\n+  keywords={a/b,", id="taken out of the middle"
        ),
        pytest.param(
            "e",
            [],
            ["A/B"],
            "-  keywords={a/b, c,\n+  keywords={c,",
            id="the first, whatever its case",
        ),
        pytest.param(
            "b",
            ["r"],
            ["q"],
            '- @misc{b, title="x", keywords = "p; q"}\n+ @misc{b, title="x", keywords = "p, r"}',
            id="both",
        ),
        pytest.param("e", ["c"], [], "", id="there already"),
        pytest.param("e", [], ["zz"], "", id="not there"),
        pytest.param(
            "e",
            [],
            ["a/b", "c", "d/e"],
            "-  keywords={a/b, c,\n-     d/e},",
            id="the last one takes the field along",
        ),
        pytest.param("a", ["k"], [], "+   keywords = {k},", id="a new list"),
    ],
)
def test_change_keywords(key: str, add: list[str], remove: list[str], expected: str) -> None:
    assert changed(FILE, change_keywords(FILE, key, add, remove)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "@misc(a, title={x})",
            "@misc(a, title={x}, keywords={t})",
            id="in parentheses, on one line",
        ),
        pytest.param(
            "@misc{a,\n\ttitle = {x},\n\tyear = 2000 }",
            "@misc{a,\n\ttitle = {x},\n\tkeywords = {t},\n\tyear = 2000 }",
            id="tabs, brace behind the last field",
        ),
        pytest.param(
            "@misc{a,\r\n title={x},\r\n}",
            "@misc{a,\r\n title={x},\r\n keywords={t},\r\n}",
            id="CRLF, no line end at the end",
        ),
        pytest.param(
            "@misc{a\n  , title = {x}\n  }",
            "@misc{a\n  , title = {x}\n  , keywords = {t}\n  }",
            id="commas in front",
        ),
        pytest.param(
            "@misc{a, title={x},\n  % old\n  year=2000,\n}",
            "@misc{a, title={x},\n  % old\n  year=2000,\n  keywords={t},\n}",
            id="comment between fields",
        ),
        pytest.param(
            '@misc{a, keywords = "p, q"}', '@misc{a, keywords = "p, q, t"}', id="in quotes"
        ),
        pytest.param(
            "@misc{a, Keywords = {p}, keywords = {q}}",
            "@misc{a, Keywords = {p, t}, keywords = {q}}",
            id="field repeated: the first counts",
        ),
        pytest.param(
            '@string{k = "p"}\n@misc{a, keywords = k}',
            '@string{k = "p"}\n@misc{a, keywords = k # {, t}}',
            id="macro",
        ),
        pytest.param(
            "@string{k = {p; q}}\n@misc{a, keywords = k # {; r}}",
            "@string{k = {p; q}}\n@misc{a, keywords = k # {; r; t}}",
            id="concatenation",
        ),
        pytest.param(
            "@misc{a, keywords = {t} # jan}",
            "@misc{a, keywords = {t} # jan # {, t}}",
            id="concatenation that ends in a macro",
        ),
        pytest.param(
            "@string{k = {p, t}}\n@misc{a, keywords = k}",
            "@string{k = {p, t}}\n@misc{a, keywords = k}",
            id="there already, by a macro",
        ),
        pytest.param("@misc{a,\n}", "@misc{a,\n  keywords = {t},\n}", id="no fields"),
        pytest.param("@misc{a}", "@misc{a, keywords = {t}}", id="no fields, on one line"),
        pytest.param(
            "@misc{a, title={x}}}\n@misc{b}",
            "@misc{a, title={x}, keywords={t}}}\n@misc{b}",
            id="a brace too many behind it",
        ),
    ],
)
def test_a_topic_is_added_in_the_layout_that_is_there(text: str, expected: str) -> None:
    assert change_keywords(text, "a", ["t"]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={x}}", "@misc{a, title={x},}", "@misc(a, title = {x} , year = 2000)", "@misc{a\n  , title = {x}\n  , year = 2000\n}",
        "@misc{a,\n  title={x},\n  year=2000\n}", "@misc{a,\n  title={x}, year=2000,\n  note={y} }",
    ],
)  # fmt: skip
def test_a_topic_added_and_removed_gives_the_file_back(text: str) -> None:
    assert change_keywords(change_keywords(text, "a", ["t"]), "a", [], ["t"]) == text


def test_keywords_out_of_macros_cannot_be_removed() -> None:
    with pytest.raises(EditRefused, match="made of macros"):
        change_keywords("@string{k={p}}\n@misc{a, keywords=k}", "a", [], ["p"])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf@misc{a,\r\n  title = {\xc3\x84},\r\n}\r\n", id="BOM and CRLF"),
        pytest.param(b"@misc{a,\n  title = {\xc4\xd6 caf\xe9},\n}", id="Latin-1"),
        pytest.param("@misc{a,\n  title = {Ä},\n}\n".encode("utf-16"), id="UTF-16"),
        pytest.param(
            "@misc{a,\n  title = {ÄÖÜ},\n}\n@misc{b, title={".encode() + b"\xe4}}",
            id="two encodings",
        ),
    ],
)
def test_bytes_outside_the_edit_stay(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(data)
    opened = open_file(path, tmp_path)
    change = opened.change(change_keywords(opened.text, "a", ["ö"]))
    assert change is not None
    added = len(change.data) - len(data)
    assert any(
        data[:n] + change.data[n : n + added] + data[n:] == change.data
        for n in range(len(data) + 1)
    )
    encoding = "utf-8" if opened.encoding == MIXED else opened.encoding.removesuffix("-sig")
    assert "keywords = {ö},".encode(encoding) in change.data


def test_long_keyword_lists_go_on_below() -> None:
    text = "@misc{a,\n  keywords = {" + "x" * 100 + "},\n}\n"
    assert change_keywords(text, "a", ["quality-assurance/slicing"]) == text.replace(
        "},", ",\n" + " " * 14 + "quality-assurance/slicing},"
    )


def test_remove_field() -> None:
    assert changed(FILE, remove_field(FILE, "a", "title")) == "-   title    = {T},"
    assert changed(FILE, remove_field(FILE, "a", "year")) == "-   year     = 2000"
    assert remove_field(FILE, "a", "doi") == FILE
    assert '@misc{b, keywords = "p; q"}' in remove_field(FILE, "b", "title")


def test_rename_keyword_takes_subtopics_along_and_merges() -> None:
    text = "@misc{a, keywords={x, x/y, xx}}\n@misc{b, keywords = {z,  x}}\n@misc{c, title={x}}\n"
    assert (
        rename_keyword(text, "x", "w")
        == "@misc{a, keywords={w, w/y, xx}}\n@misc{b, keywords = {z,  w}}\n@misc{c, title={x}}\n"
    )
    assert (
        rename_keyword(text, "x", "z")
        == "@misc{a, keywords={z, z/y, xx}}\n@misc{b, keywords = {z}}\n@misc{c, title={x}}\n"
    )


@pytest.mark.parametrize("value", ["}", "{", "a}{b", "x\0y", "note={x, } @book{evil, title={y}}}"])
def test_what_would_not_read_back_is_refused(value: str) -> None:
    with pytest.raises(EditRefused):
        set_field(FILE, "a", "title", value)


def test_unknown_and_damaged_entries_are_refused() -> None:
    with pytest.raises(Unknown, match="no work 'hulten'; did you mean hulten2018"):
        set_field("@misc{hulten2018}", "hulten", "title", "x")
    with pytest.raises(
        EditRefused, match=r"line 1: no comma after the value of 'title'; mend that first"
    ):
        set_field("@misc{a, title={x} year=1}", "a", "title", "y")
    with pytest.raises(EditRefused, match=r"is there twice, in lines 1 and 2"):
        set_field("@misc{a}\n@misc{a}", "a", "title", "y")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(newline: str) -> None:
    text = FILE.replace("\n", newline)
    for edited in (
        set_field(text, "a", "doi", "1"),
        change_keywords(text, "e", ["f"]),
        set_field(text, "c", "doi", "1"),
        append_entries(text, "@misc{z,\n}\n"),
    ):
        assert edited.replace(newline, "\n").count("\r") == 0
        assert edited.count("\n") == (0 if newline == "\r" else edited.count(newline))


def test_append_entries_leaves_one_blank_line() -> None:
    assert append_entries("", "@misc{a}\n\n") == "@misc{a}\n"
    assert append_entries("@misc{a}", "@misc{b}") == "@misc{a}\n\n@misc{b}\n"
    assert append_entries("@misc{a}\n", "\n@misc{b}") == "@misc{a}\n\n@misc{b}\n"
    assert append_entries("@misc{a}\n\n", "@misc{b}") == "@misc{a}\n\n@misc{b}\n"
    assert [
        e.key for e in parse_bibtex(append_entries("@misc{a, title={x", "@misc{b}"), "")[0]
    ] == ["b"]


KEYS = st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=4, unique=True)
NAMES = st.sampled_from(["title", "author", "note", "keywords", "annotation", "year"])
TEXTS = st.text(alphabet="abc ÄØ,;%&~^_.:()[]-'\"\n", max_size=30)
BETWEEN = st.sampled_from(["\n", "\n\n", "", " % note\n", "\nfree text (see below)\n", "\r\n"])
LAYOUTS = st.sampled_from(
    [
        "@misc{%s,\n  %s,\n}",
        "@misc{%s, %s}",
        "@misc(%s,\n%s\n)",
        "@Article { %s ,\n\t%s\n}",
        "@misc{%s\n  , %s\n  }",
    ]
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Draw a file of entries in many layouts."""
    pieces = []
    for key in draw(KEYS):
        fields = draw(st.dictionaries(NAMES, TEXTS, min_size=1, max_size=4))
        layout = draw(LAYOUTS)
        joint = draw(st.sampled_from([",\n  ", ", ", ",\n"]))
        written = joint.join(
            f'{name} = "{value}"'
            if '"' not in value and draw(st.booleans())
            else f"{name}={{{value}}}"
            for name, value in fields.items()
        )
        pieces.append(layout % (key, written) + draw(BETWEEN))
    return draw(BETWEEN) + "".join(pieces)


def say(text: str) -> dict[str, dict[str, str]]:
    return {e.key: {f.name: f.value for f in e.fields} for e in parse_bibtex(text, "")[0]}


@settings(max_examples=200)
@given(files(), NAMES, TEXTS, st.data())
def test_an_edit_reads_back_and_moves_nothing_else(
    text: str, name: str, value: str, data: st.DataObject
) -> None:
    before = say(text)
    key = data.draw(st.sampled_from(sorted(before)))
    after = set_field(text, key, name, value)
    expected = {k: dict(v) for k, v in before.items()}
    expected[key][name] = value
    assert say(after) == expected
    entry = next(e for e in parse_bibtex(text, "")[0] if e.key == key)
    assert after.startswith(text[: entry.start])
    assert after.endswith(text[entry.end :])
    if name not in before[key]:
        assert say(remove_field(after, key, name)) == before


@settings(max_examples=200)
@given(files(), st.data())
def test_a_topic_added_and_removed_leaves_the_other_keywords(
    text: str, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(say(text))))
    before = keywords_of(text, key)
    tagged = change_keywords(text, key, ["new/topic"])
    assert keywords_of(tagged, key) == [*before, "new/topic"]
    assert keywords_of(change_keywords(tagged, key, [], ["new/topic"]), key) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a/old, x, x, y", "a/new, x, x, y"),
        ("x, a/old, X, x; a/old/b", "x, a/new, X, x; a/new/b"),
        ("a/new, a/old, q, q", "a/new, q, q"),
        ("a/old, a/old", "a/new"),
        ("a/older, a/old-er", "a/older, a/old-er"),
    ],
)
def test_renaming_a_topic_leaves_other_keywords_alone(before: str, after: str) -> None:
    text = "@misc{k,\n  keywords = {%s},\n}\n"
    assert rename_keyword(text % before, "a/old", "a/new") == text % after
