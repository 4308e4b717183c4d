"""The course's own thesaurus: groups of words that find each other, from `bib/thesaurus.yaml`."""

from __future__ import annotations

from kb.findings import Finding
from kb.parse.yaml import Node, parse_yaml
from kb.sources.files import SourceFile
from kb.text import clean, collapse, fold_words

__all__ = ["read_thesaurus"]

HINT = "write groups as `- [concept drift, dataset shift]`"


def read_thesaurus(
    file: SourceFile,
) -> tuple[tuple[tuple[str, ...], ...], tuple[Finding, ...]]:
    """Read the groups in the order written.

    Findings: those of `parse_yaml`, and `bad-value` for a group that is no list of two words or
    more, which is left out.
    """
    root, findings = parse_yaml(file.text, file.path)
    if root is None:
        return (), findings
    if not isinstance(root.value, tuple):
        return (), (*findings, bad(file, root, "not a list of groups of words"))
    groups: list[tuple[str, ...]] = []
    problems = list(findings)
    for node in root.value:
        words = words_of(node)
        if len(words) < 2:
            problems.append(bad(file, node, "not a group of two words or more"))
        else:
            groups.append(words)
    return tuple(groups), tuple(problems)


def words_of(node: Node) -> tuple[str, ...]:
    """Give the words and phrases of a group that have letters."""
    if not isinstance(node.value, tuple):
        return ()
    texts = (collapse(clean(n.value)) for n in node.value if isinstance(n.value, str))
    return tuple(text for text in texts if fold_words(text))


def bad(file: SourceFile, node: Node, what: str) -> Finding:
    """Give a finding at a node."""
    return Finding(code="bad-value", path=file.path, line=node.line, what=what, hint=HINT)
