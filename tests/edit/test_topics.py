"""Renaming topics in YAML."""

from __future__ import annotations

import pytest

from kb.edit.bib_place import EditRefused
from kb.edit.topics import rename_in_tree, rename_topic_fields

TREE = """# tree
- slug: qa          # short
  title: Quality
  children:
    - slug: data
      title: Data
      aliases: [Data Quality, "x, y"]
    - {slug: flow, title: Flow}
    - slug: block
      aliases:
        - One
      title: Block
"""


@pytest.mark.parametrize(
    ("old", "new", "went", "came"),
    [
        ("qa", "quality", "- slug: qa          # short\n", "- slug: quality          # short\n  aliases: [qa]\n"),
        ("qa/data", "qa/facts", "slug: data\n      title: Data\n      aliases: [Data Quality, \"x, y\"]", "slug: facts\n      title: Data\n      aliases: [Data Quality, \"x, y\", qa/data]"),
        ("qa/flow", "qa/stream", "{slug: flow, title: Flow}", "{slug: stream, aliases: [qa/flow], title: Flow}"),
        ("qa/block", "qa/stone", "slug: block\n      aliases:\n        - One\n", "slug: stone\n      aliases:\n        - One\n        - qa/block\n"),
    ],
)  # fmt: skip
def test_a_renamed_topic_keeps_its_name_as_an_alias(
    old: str, new: str, went: str, came: str
) -> None:
    assert rename_in_tree(TREE, old, new) == TREE.replace(went, came)


def test_other_parents_and_other_trees() -> None:
    assert rename_in_tree(TREE, "none", "some") == TREE
    with pytest.raises(EditRefused, match="have different parents"):
        rename_in_tree(TREE, "qa/data", "data")
    with pytest.raises(EditRefused, match="not YAML"):
        rename_in_tree("a: [", "a", "b")


def test_only_topic_fields_change() -> None:
    text = "sessions:\n- topic: 'qa/data'   # qa/data\n  topics:\n  - {title: qa/data, topic: qa/data/sub}\n  - topic: qa/database\n"
    expected = "sessions:\n- topic: 'qa/facts'   # qa/data\n  topics:\n  - {title: qa/data, topic: qa/facts/sub}\n  - topic: qa/database\n"
    assert rename_topic_fields(text, "qa/data", "qa/facts") == expected
