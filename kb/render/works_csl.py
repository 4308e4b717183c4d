"""Works as CSL-JSON, for Zotero, pandoc and citation processors."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kb.render.csl import csl_item
from kb.render.setting import PLAIN, Setting
from kb.views.models import WorkView

__all__ = ["render"]


def render(works: Iterable[WorkView], how: Setting = PLAIN) -> str:
    """Give a JSON list of items."""
    return json.dumps([csl_item(work) for work in works], ensure_ascii=False, indent=2) + "\n"
