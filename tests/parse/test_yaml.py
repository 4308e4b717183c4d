"""YAML with positions."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.parse.yaml import compose, locate, parse_yaml, plain

WORDS = st.text(alphabet="abc 019.:-", min_size=1, max_size=8).map(lambda s: "k" + s)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(TREES)
def test_every_value_stands_where_its_position_says(tree: object) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=False, sort_keys=False)
    node, findings = parse_yaml(text, "a.yaml")
    assert findings == () and node is not None
    assert plain(node) == tree
    lines = text.splitlines()

    def check(found) -> None:
        assert 1 <= found.line <= len(lines) + 1
        if isinstance(found.value, tuple):
            for child in found.value:
                check(child)
        elif isinstance(found.value, dict):
            for child in found.value.values():
                check(child)

    check(node)


def test_scalars_stay_strings() -> None:
    node, _ = parse_yaml("a: no\nb: 1.10\nc: 2022-08-31\nd: 017\n", "a.yaml")
    assert plain(node) == {"a": "no", "b": "1.10", "c": "2022-08-31", "d": "017"}


def test_locate_gives_the_deepest_node_there_is() -> None:
    node, _ = parse_yaml("a:\n  - b: 1\n    c: 2\n", "a.yaml")
    assert node is not None
    assert (locate(node, ("a", 0, "c")).line, locate(node, ("a", 0, "c")).column) == (3, 8)
    assert locate(node, ("a", 5)).line == 2


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param("a: 1\n\tb: 2\n", "yaml-tab", 2, id="tab"),
        pytest.param("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", 3, id="duplicate"),
        pytest.param("a: [1\nb: 2\n", "yaml-syntax", 2, id="syntax"),
        pytest.param("a: 1\n---\nb: 2\n", "yaml-documents", 2, id="documents"),
        pytest.param("a: &x [1]\nb: *y\n", "yaml-syntax", 2, id="alias"),
        pytest.param(
            "x0: &x0 [a,a,a,a,a,a,a,a,a]\n"
            + "".join(f"x{i}: &x{i} [{','.join([f'*x{i - 1}'] * 9)}]\n" for i in range(1, 9)),
            "yaml-alias",
            1,
            id="bomb",
        ),
        pytest.param("a: \x01\n", "yaml-syntax", 1, id="control character"),
    ],
)
def test_flaws_have_a_place(text: str, code: str, line: int) -> None:
    _, findings = parse_yaml(text, "a.yaml")
    assert [(f.code, f.line) for f in findings][:1] == [(code, line)]


@given(st.text(max_size=200))
def test_any_text_gives_a_node_or_findings(text: str) -> None:
    parse_yaml(text, "a.yaml")


def positions(node: yaml.Node | None) -> object:
    """Give values with all marks."""
    if node is None:
        return None
    marks = [(m.line, m.column) for m in (node.start_mark, node.end_mark)]
    if isinstance(node, yaml.ScalarNode):
        return node.value, marks
    children = node.value if isinstance(node, yaml.SequenceNode) else sum(node.value, ())
    return type(node).__name__, [positions(child) for child in children], marks


def test_libyaml_and_pyyaml_see_the_same_at_the_same_places(project: Path) -> None:
    files = [
        p
        for folder in ("bib", "quizzes", "tests", ".github")
        for p in (project / folder).rglob("*.y*ml")
    ]
    texts = [path.read_text(encoding="utf-8") for path in files]
    texts += [
        "",
        "a: 'x\n\n  y'\n# end\n",
        '- é: [ü, {b: "1\\n2"}]\n-\n',
        "a: |\n  x\n\nb: >-\n  y\n  z\n\n",
    ]
    assert len(texts) > 20
    for text in texts:
        assert positions(compose(text)) == positions(yaml.compose(text, Loader=yaml.BaseLoader))
