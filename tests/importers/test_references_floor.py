"""What is read back from real lists that were never fitted stays as good as it was; the floor only rises."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def references(project: Path) -> ModuleType:
    """Give the benchmark as a module."""
    path = project / "benchmarks" / "references.py"
    spec = importlib.util.spec_from_file_location("benchmark_references", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_real_lists_that_were_never_fitted(references: ModuleType, project: Path) -> None:
    floor = json.loads((project / "benchmarks" / "references_floor.json").read_text())
    name = "real lists, held"
    found = references.measure(name, wrong=False)[name]["importer"]
    assert {what: found[what] >= least for what, least in floor[name].items()} == dict.fromkeys(
        floor[name], True
    ), found
