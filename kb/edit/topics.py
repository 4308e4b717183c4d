"""Renaming a topic in YAML files: the tree, the sessions, the prompts; only its own characters
change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from kb.edit.bib_place import EditRefused, newline_of

__all__ = ["rename_in_tree", "rename_topic_fields"]


def compose(text: str) -> yaml.Node | None:
    """Read YAML with positions.

    Raises:
        EditRefused: it is not YAML.
    """
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise EditRefused(f"not YAML: {str(error).splitlines()[0]}; mend that first") from error


def topic_scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Give the values of all fields named `topic`, in order; aliases of one node once."""
    stack = [node]
    seen: set[int] = set()
    while stack:
        current = stack.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, yaml.SequenceNode):
            stack.extend(reversed(current.value))
        elif isinstance(current, yaml.MappingNode):
            for name, value in current.value:
                if name.value == "topic" and isinstance(value, yaml.ScalarNode):
                    yield value
                stack.append(value)


def replaced(text: str, node: yaml.Node, old: str, new: str) -> str:
    """Replace `old` inside a scalar, its quotes kept."""
    start, end = node.start_mark.index, node.end_mark.index
    return text[:start] + text[start:end].replace(old, new, 1) + text[end:]


def rename_topic_fields(text: str, old: str, new: str) -> str:
    """Give YAML with `topic: old` and the topics below it renamed.

    Raises:
        EditRefused: the file is not YAML.
    """
    found = {
        n.start_mark.index: n
        for n in topic_scalars(compose(text))
        if n.value == old or n.value.startswith(old + "/")
    }
    for index in sorted(found, reverse=True):
        text = replaced(text, found[index], old, new)
    return text


def rename_in_tree(text: str, old: str, new: str) -> str:
    """Give `bib/topics.yaml` with the last part of a slug renamed and the old name as an alias.

    Text without the topic comes back as it is.

    Raises:
        EditRefused: not YAML, or the new name lies elsewhere in the tree.
    """
    found = find_topic(compose(text), old.split("/"))
    if found is None:
        return text
    if old.rpartition("/")[0] != new.rpartition("/")[0]:
        raise EditRefused(
            f"{old} and {new} have different parents; move its block in bib/topics.yaml by "
            "hand, then run the command again"
        )
    mapping, slug = found
    aliases = next((value for name, value in mapping.value if name.value == "aliases"), None)
    if aliases is not None and any(item.value == old for item in getattr(aliases, "value", ())):
        pass
    elif isinstance(aliases, yaml.SequenceNode) and aliases.value and aliases.flow_style:
        at = aliases.value[-1].end_mark.index
        text = f"{text[:at]}, {old}{text[at:]}"
    elif isinstance(aliases, yaml.SequenceNode) and aliases.value:
        last = aliases.value[-1]
        text = (
            text[: last.end_mark.index]
            + newline_of(text)
            + " " * (last.start_mark.column - 2)
            + f"- {old}"
            + text[last.end_mark.index :]
        )
    elif aliases is not None:
        text = text[: aliases.start_mark.index] + f"[{old}]" + text[aliases.end_mark.index :]
    elif mapping.flow_style:
        text = f"{text[: slug.end_mark.index]}, aliases: [{old}]{text[slug.end_mark.index :]}"
    else:
        indent = " " * mapping.value[0][0].start_mark.column
        line_end = re.compile(r"[^\r\n]*").match(text, slug.end_mark.index)
        at = line_end.end() if line_end else slug.end_mark.index
        text = text[:at] + newline_of(text) + f"{indent}aliases: [{old}]" + text[at:]
    return replaced(text, slug, slug.value, new.rpartition("/")[2])


def find_topic(
    node: yaml.Node | None, parts: list[str]
) -> tuple[yaml.MappingNode, yaml.ScalarNode] | None:
    """Find the mapping of a topic and its slug by the full name, part by part."""
    if not isinstance(node, yaml.SequenceNode) or not parts:
        return None
    for child in node.value:
        if not isinstance(child, yaml.MappingNode):
            continue
        fields = {name.value: value for name, value in child.value}
        slug = fields.get("slug")
        if not isinstance(slug, yaml.ScalarNode):
            continue
        own = slug.value.split("/")
        if own == parts:
            return child, slug
        if parts[: len(own)] == own:
            found = find_topic(fields.get("children"), parts[len(own) :])
            if found is not None:
                return found
    return None
