"""The file of people: two names joined as one person's."""

from __future__ import annotations

import yaml

from kb.edit.bib_place import EditRefused
from kb.edit.yaml_scalar import quote

__all__ = ["merge_people"]


def merge_people(text: str, shown: str, alias: str) -> str:
    """Give `bib/people.yaml` with a name joined to another.

    Lines that are there stay as they are; an entry of the person gets the alias behind its own.

    Args:
        text: the file, empty for a new one.
        shown: the name that the person is called by.
        alias: the other one.

    Raises:
        EditRefused: the file is not a list of people.
    """
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise EditRefused(f"not YAML: {str(error).splitlines()[0]}; mend that first") from error
    if root is not None and not isinstance(root, yaml.SequenceNode):
        raise EditRefused("bib/people.yaml is no list; write `- name: ...`")
    for entry in root.value if root is not None else ():
        own = {k.value: v for k, v in entry.value} if isinstance(entry, yaml.MappingNode) else {}
        if "name" not in own or own["name"].value != shown:
            continue
        aliases = own.get("aliases")
        if isinstance(aliases, yaml.SequenceNode) and aliases.flow_style and aliases.value:
            if any(a.value == alias for a in aliases.value):
                return text
            at = aliases.value[-1].end_mark.index
            return f"{text[:at]}, {quote(alias)}{text[at:]}"
    joint = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{joint}- name: {quote(shown)}\n  aliases: [{quote(alias)}]\n"
