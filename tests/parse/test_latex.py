"""LaTeX to text: nothing is lost, nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.parse.latex import decode_latex, latex_to_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(r"{\"\i}", "ï", id="dotless i"),
        pytest.param(r"Erd{\H o}s G{\"o}del", "Erdős Gödel", id="accents"),
        pytest.param(r"\c{c}\v{s}\u{g}\d{a}\k{a}\r{a}", "çšğạąå", id="accents with letters"),
        pytest.param(r"{\O}ystein \L{}ukasz {\ss} \DJ", "Øystein Łukasz ß Đ", id="letters"),
        pytest.param(r"\'Alvarez", "Álvarez", id="bare accent"),
        pytest.param("100% sure {x}", "100% sure x", id="percent"),
        pytest.param("R&D {x} a_b^c", "R&D x a_b^c", id="other signs"),
        pytest.param(r"AT\&T, 50\%, C\#, \$5, a\_b", "AT&T, 50%, C#, $5, a_b", id="escaped signs"),
        pytest.param("http://x.org/a%20b~c--d {x}", "http://x.org/a%20b~c--d x", id="address"),
        pytest.param(r"see \url{http://x.org/%20~a_b}", "see http://x.org/%20~a_b", id="url"),
        pytest.param(r"\href{http://x.org}{the {\em text}} here", "the text here", id="href"),
        pytest.param(
            r"{\LaTeX} and \LaTeX{} and \LaTeX class, \BibTeX",
            "LaTeX and LaTeX and LaTeX class, BibTeX",
            id="logos",
        ),
        pytest.param(r"\S 3, \pounds 5, \textless", "§3, £5, <", id="signs that were empty"),
        pytest.param(r"{\noopsort{1973b}}1973", "1973", id="noopsort"),
        pytest.param("``double'' and `single' isn't", "“double” and ‘single’ isn't", id="quotes"),
        pytest.param(r"a\-b, a\/b", "ab, ab", id="hyphenation"),
        pytest.param("a~b -- c --- d", "a b – c — d", id="ties and dashes"),
        pytest.param("$x^2$ and $O(n \\log n)$", "x^2 and O(n log n)", id="mathematics"),
        pytest.param("from $5 to $10", "from $5 to $10", id="dollars"),
        pytest.param(
            r"\texttt{kb} \mbox{Animal}s \textsuperscript{2}",
            "kb Animals 2",
            id="macros pylatexenc drops with their argument",
        ),
        pytest.param(r"\foreignlanguage{german}{Über}", "Über", id="language"),
        pytest.param(r"\enquote{a {b}} \verb|x%y|", "“a b” x%y", id="enquote and verb"),
        pytest.param(r"see \citep[12]{foo}", "see [foo]", id="citation"),
        pytest.param(r"{\bf bold} {\sc{Small}} \emph{x}", "bold Small x", id="fonts"),
        pytest.param(r"one\\two", "one two", id="line break"),
        pytest.param("{{NLP} Models}", "NLP Models", id="braces"),
        pytest.param("plain text, no markup", "plain text, no markup", id="plain"),
    ],
)
def test_values_read_as_people_read_them(value: str, expected: str) -> None:
    assert decode_latex(value).text == expected
    assert decode_latex(value).doubt == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("C:\\dir\\new", "C:\\dir\\new", id="path"),
        pytest.param("{" * 300 + "x" + "}" * 300, "{" * 300 + "x" + "}" * 300, id="deep braces"),
        pytest.param("\\" + '"&x{}', "\\" + '"&x{}', id="accent over a sign"),
        pytest.param("{x}" + "y" * 200_001, "{x}" + "y" * 200_001, id="too long"),
    ],
)
def test_doubtful_values_stay_as_written_and_say_so(value: str, expected: str) -> None:
    decoded = decode_latex(value)
    assert decoded.text == expected
    assert decoded.doubt


@pytest.mark.parametrize(
    "piece",
    [
        r"\textbf{",
        r"\(",
        r"\frac[",
        r"{\"a}",
        r"\verb!",
        "`",
        "$x",
        r"\begin{x}",
        "\\",
        r"\cite[a]",
    ],
)
def test_damaged_markup_takes_time_in_proportion_and_raises_nothing(
    piece: str, in_proportion
) -> None:
    whole = 50_000 // len(piece)
    in_proportion(latex_to_text, piece * (whole // 2), piece * whole)


@given(
    st.text(
        alphabet=st.sampled_from("\\{}$~`'\"%&^_-aA \n\ufdd0\ufdd1") | st.characters(codec="utf-8"),
        max_size=200,
    )
)
def test_no_text_raises(value: str) -> None:
    assert isinstance(latex_to_text(value), str)


@given(st.text(alphabet="abcÄØ %&#^_.,:;!?()[]/+*<>|@1234567890'\n", max_size=200))
def test_text_without_markup_is_kept(value: str) -> None:
    kept = value.replace("''", "”") if "''" in value else value
    assert latex_to_text(value) == kept
    if "''" not in value and "://" not in value:
        assert latex_to_text(value + "{x}") == value + "x"
