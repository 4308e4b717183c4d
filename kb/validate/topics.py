"""Topics: the tree of `bib/topics.yaml` as a tuple, parents before children."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.findings import Finding
from kb.ids import is_topic_slug
from kb.parse.yaml import Node, parse_yaml
from kb.records import Place, Topic
from kb.sources.files import SourceFile
from kb.text import clean, collapse, title_key
from kb.validate.salvage import salvage_model
from kb.validate.schema import TopicModel

__all__ = ["read_topics"]


def read_topics(file: SourceFile) -> tuple[tuple[Topic, ...], tuple[Finding, ...]]:
    """Read the topic tree, in the order written, parents first.

    Findings: those of `parse_yaml` and `check_model`, `topic-slug`, `topic-twice`,
    `topic-alias-twice`.
    """
    root, findings = parse_yaml(file.text, file.path, salvage=True)
    if root is None:
        return (), findings
    if not isinstance(root.value, tuple):
        what = "not a list of topics"
        return (), (
            *findings,
            Finding(
                code="bad-value",
                path=file.path,
                line=root.line,
                what=what,
                hint="begin lines with `- slug:`",
            ),
        )
    topics: list[Topic] = []
    problems = list(findings)
    for node in root.value:
        model, sound, errors = salvage_model(TopicModel, node, file.path, slug_of(node))
        problems.extend(errors)
        if model is not None:
            topics.extend(flatten(model, sound, file.path, ""))
    problems.extend(tree_findings(topics))
    return tuple(topics), tuple(problems)


def slug_of(node: Node) -> str:
    """Give the slug of a topic's node for messages."""
    slug = node.value.get("slug") if isinstance(node.value, dict) else None
    return slug.value if slug is not None and isinstance(slug.value, str) else ""


def flatten(model: TopicModel, node: Node, path: str, parent: str) -> Iterator[Topic]:
    """Give a topic and its descendants; child slugs are relative to their parent."""
    own = model.slug.strip()
    slug = own if not parent or own.startswith(f"{parent}/") else f"{parent}/{own}"
    yield Topic(
        slug=slug,
        parent=parent,
        title=clean(collapse(model.title)),
        intro=clean(model.intro).strip(),
        aliases=tuple(clean(collapse(alias)) for alias in model.aliases),
        goals=tuple(clean(collapse(goal)) for goal in model.goals),
        place=Place(path=path, line=node.line, column=node.column),
    )
    children = node.value.get("children") if isinstance(node.value, dict) else None
    child_nodes = (
        children.value if children is not None and isinstance(children.value, tuple) else ()
    )
    for child, child_node in zip(model.children, child_nodes, strict=False):
        yield from flatten(child, child_node, path, slug)


def tree_findings(topics: list[Topic]) -> Iterator[Finding]:
    """Report slugs that are no slugs, repeated slugs and names claimed by two topics."""
    by_slug: dict[str, Topic] = {}
    by_name: dict[str, Topic] = {}
    for topic in topics:
        where: dict[str, Any] = {
            "path": topic.place.path,
            "line": topic.place.line,
            "key": topic.slug,
        }
        if not is_topic_slug(topic.slug):
            yield Finding(
                code="topic-slug",
                what="not a slug",
                hint="lower-case words joined by hyphens",
                **where,
            )
        if topic.slug in by_slug:
            other = by_slug[topic.slug].place
            yield Finding(
                code="topic-twice",
                what=f"also in {other.path}:{other.line}",
                hint="keep one of them",
                **where,
            )
        by_slug.setdefault(topic.slug, topic)
        for alias in topic.aliases:
            owner = by_name.setdefault(title_key(alias), topic)
            if owner.slug != topic.slug:
                what = f"alias {alias!r} also names {owner.slug}"
                yield Finding(
                    code="topic-alias-twice", what=what, hint="keep it in one place", **where
                )
