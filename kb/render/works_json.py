"""Works as JSON: what `kb show --json` prints and `/works/<key>.json` serves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from kb.render.setting import PLAIN, Setting
from kb.views.models import WorkView

__all__ = ["render", "work_data"]


def work_data(work: WorkView) -> dict[str, object]:
    """Give a work as plain data; people and topics as objects."""
    data = asdict(work)
    data["people"] = [{"id": i, "name": name, "role": role} for i, name, role in work.people]
    data["topics"] = [{"slug": slug, "title": title} for slug, title in work.topics]
    return data


def render(works: Iterable[WorkView], how: Setting = PLAIN) -> str:
    """Give a JSON list of works with their notes and history."""
    return json.dumps([work_data(work) for work in works], ensure_ascii=False, indent=2) + "\n"
