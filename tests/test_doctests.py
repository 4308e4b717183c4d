"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kb

MODULES = [
    m.name for m in pkgutil.walk_packages(kb.__path__, "kb.") if not m.name.startswith("kb.web")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
