"""What the benchmark of schedules reached stays reached; the floor only rises."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

FLOOR = {
    "fit": {"rows": 1.0, "topics": 1.0, "readings": 1.0, "certain right": 0.97},
    "held": {"rows": 0.98, "topics": 0.97, "readings": 0.89, "certain right": 0.91},
}
MOST = {"fit": {"invented": 0, "lost words": 0}, "held": {"invented": 5, "lost words": 3}}


@pytest.mark.parametrize("half", sorted(FLOOR))
def test_benchmark_of_schedules(half: str, project: Path) -> None:
    spec = importlib.util.spec_from_file_location(
        "schedules_benchmark", project / "benchmarks" / "schedules.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    figures = module.score_half(half).figures()
    assert {k: v for k, v in FLOOR[half].items() if figures[k] < v} == {}
    assert {k: v for k, v in MOST[half].items() if figures[k] > v} == {}
