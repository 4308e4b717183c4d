"""Names of people: BibTeX's forms, biblatex's, and what is no certain name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.parse import names
from kb.parse.names import Name, parse_names


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            r"A and \O ystein Berg", [Name("A"), Name("Berg", "Øystein")], id="bare letter macro"
        ),
        pytest.param(r"\"Ozg\"ur, A", [Name("Özgür", "A")], id="bare accents"),
        pytest.param(
            r"Jean-Fran{\c c}ois Mari{\'e}",
            [Name("Marié", "Jean-François")],
            id="accents in braces",
        ),
        pytest.param(r"Jos\'e~Mar{\'\i}a Garc\'ia", [Name("García", "José María")], id="ties"),
        pytest.param("de la Cruz, Juan", [Name("Cruz", "Juan", "de la")], id="particle with comma"),
        pytest.param("Jan van der Berg", [Name("Berg", "Jan", "van der")], id="particle without"),
        pytest.param(
            "{van der Aalst}, Wil", [Name("van der Aalst", "Wil")], id="particle kept in braces"
        ),
        pytest.param(
            "Martin Luther King, Jr.",
            [Name("King", "Martin Luther", "", "Jr.")],
            id="suffix behind",
        ),
        pytest.param(
            "King, Jr., Martin Luther",
            [Name("King", "Martin Luther", "", "Jr.")],
            id="suffix in its place",
        ),
        pytest.param(
            'given=Hans, family=M{\\"u}ller, suffix=Jr.',
            [Name("Müller", "Hans", "", "Jr.")],
            id="named parts",
        ),
        pytest.param(
            "family={Gogh}, given={Vincent}, prefix={van}, useprefix=true",
            [Name("Gogh", "Vincent", "van")],
            id="named parts in braces",
        ),
        pytest.param("Knuth, Donald E.,", [Name("Knuth", "Donald E.")], id="trailing comma"),
        pytest.param(
            "and A B and and C D and", [Name("B", "A"), Name("D", "C")], id="and too many"
        ),
        pytest.param(
            "A B\n  AND\n  C D", [Name("B", "A"), Name("D", "C")], id="capitals and lines"
        ),
        pytest.param(
            "{Jordan}, Michael {I}.", [Name("Jordan", "Michael I.")], id="braces to keep case"
        ),
        pytest.param("{Team of {X}}", [Name("Team of X")], id="organisation with braces"),
        pytest.param("Grgić-Hlača, Nina", [Name("Grgić-Hlača", "Nina")], id="Unicode"),
        pytest.param("李, 明", [Name("李", "明")], id="Chinese"),
        pytest.param("", [], id="empty"),
        pytest.param(" , ", [], id="comma alone"),
    ],
)
def test_names_are_split(value: str, expected: list[Name]) -> None:
    assert list(parse_names(value)[0]) == expected


@pytest.mark.parametrize(
    ("value", "kept", "doubt"),
    [
        pytest.param(
            "A. Smith, B. Jones, C. Doe, D. Roe",
            "A. Smith, B. Jones, C. Doe, D. Roe",
            "too many commas",
            id="commas for and",
        ),
        pytest.param(
            "A. Smith, B. Jones, C. Doe",
            "A. Smith, B. Jones, C. Doe",
            "several names",
            id="three with commas",
        ),
        pytest.param("Smith, J.; Doe, K.", "Smith, J.; Doe, K.", "semicolon", id="semicolons"),
        pytest.param("{{{", "{{{", "no name", id="braces"),
    ],
)
def test_doubtful_names_are_kept_whole_and_say_why(value: str, kept: str, doubt: str) -> None:
    (name,), _ = parse_names(value)
    assert (name.family, name.given) == (kept, "")
    assert doubt in name.doubt


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("Smith, J. and others", 1),
        ("Xu, J. et al.", 1),
        ("others", 0),
        ("{others}", None),
        ("A and B and OTHERS", 2),
    ],
)
def test_et_al_is_no_person(value: str, count: int | None) -> None:
    names, et_al = parse_names(value)
    if count is None:
        assert (len(names), et_al) == (1, False)
    else:
        assert (len(names), et_al) == (count, True)


@given(
    st.text(
        alphabet=st.sampled_from("{},~ \\'\"and;=AaBb.-\n") | st.characters(codec="utf-8"),
        max_size=120,
    )
)
def test_no_text_raises(value: str) -> None:
    names, _ = parse_names(value)
    assert all(isinstance(name.family, str) for name in names)


PART = st.from_regex(r"[A-Z][a-zäöüé]{1,8}(-[A-Z][a-z]{1,5})?", fullmatch=True)


@given(st.lists(st.tuples(PART, PART), min_size=1, max_size=6))
def test_written_names_are_read(people: list[tuple[str, str]]) -> None:
    written = " and ".join(f"{family}, {given}" for family, given in people)
    assert [(n.family, n.given, n.doubt) for n in parse_names(written)[0]] == [
        (f, g, "") for f, g in people
    ]


@pytest.mark.parametrize(
    "value", ["Smith, Ann & Jones, Bob", "Ann Smith & Bob Jones", r"Ann Smith \& Bob Jones"]
)
def test_names_joined_by_an_ampersand_are_kept_whole_and_doubted(value: str) -> None:
    ((name,), _) = parse_names(value)
    assert name.doubt and not name.given
    assert not parse_names("{Johnson & Johnson} and {AT\\&T}")[0][0].doubt


LETTERS = st.sampled_from(
    [
        "A",
        "B.",
        "J.-F.",
        "Ann",
        "Øre",
        "O'Neil",
        "de",
        "van",
        "Mc",
        "3",
        "jr",
        "Jr.",
        "É",
        "x",
        "ß",
        "Smith-Roe",
    ]
)


@given(st.lists(LETTERS, min_size=1, max_size=4), st.lists(LETTERS, max_size=3))
def test_simple_names_are_read_as_the_library_reads_them(
    first: list[str], second: list[str]
) -> None:
    part = " ".join(first) + (", " + " ".join(second) if second else "")
    pieces = [piece.strip() for piece in part.split(",")]
    simple = names.simple_name(part, pieces)
    assert simple is None or simple == names.from_library(part, pieces)
