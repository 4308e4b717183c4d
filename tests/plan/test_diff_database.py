"""What a site compares is what `kb diff` compares."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from kb.plan.diff import diff_semesters
from kb.plan.diff_database import compare_semesters
from kb.validate.corpus import load_corpus
from kb.views.read import open_database

pytestmark = pytest.mark.collection


def test_semesters_of_a_database_differ_as_those_of_its_sources(
    project: Path, database: Path
) -> None:
    corpus = load_corpus(project).corpus
    connection = open_database(database)
    for old, new in list(combinations(corpus.semesters, 2))[::5]:
        found = compare_semesters(connection, old.id, new.id)
        assert found == diff_semesters(old, new, corpus, old.id, new.id)
    connection.close()
