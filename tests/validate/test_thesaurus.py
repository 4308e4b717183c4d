"""`bib/thesaurus.yaml`: groups of words that find each other."""

from __future__ import annotations

from kb.sources.files import SourceFile
from kb.validate.thesaurus import read_thesaurus


def test_groups_are_read_and_what_is_none_is_left_out_and_named() -> None:
    text = "- [concept drift, dataset shift]\n- alone\n- [one]\n- [TA,  teaching   assistant]\n"
    groups, findings = read_thesaurus(SourceFile(path="bib/thesaurus.yaml", text=text))
    assert groups == (("concept drift", "dataset shift"), ("TA", "teaching assistant"))
    assert [(f.code, f.line, f.what) for f in findings] == [
        ("bad-value", 2, "not a group of two words or more"),
        ("bad-value", 3, "not a group of two words or more"),
    ]


def test_a_file_that_is_no_list_is_named() -> None:
    groups, findings = read_thesaurus(SourceFile(path="bib/thesaurus.yaml", text="a: b\n"))
    assert groups == () and [f.what for f in findings] == ["not a list of groups of words"]
