"""Files of reference managers: what kind they are, and their records as BibTeX."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.importers.exchange import as_bibtex, kind_of_file
from kb.parse.bibtex import parse_bibtex

RIS = """TY  - JOUR
AU  - Roe, Anna
AU  - Lund, Bo
TI  - Ropes & tides
JO  - Sea
PY  - 2001/03//
VL  - 12
IS  - 3
SP  - 4
EP  - 9
DO  - 10.1000/ab
KW  - qa
N1  - Mine.
ER  -

TY  - BOOK
A1  - Marr, Cy
T1  - Salt
PB  - Holm Press
Y1  - 1999
ER  -
"""

JSON = """[{"id": "roe2001", "type": "article-journal", "title": "Ropes & tides", "author": [{"family": "Roe", "given": "Anna"}, {"family": "Lund", "given": "Bo"}],
 "issued": {"date-parts": [[2001]]}, "container-title": "Sea", "volume": "12", "issue": "3", "page": "4-9", "DOI": "10.1000/ab"},
 {"type": "book", "title": "Salt", "author": [{"family": "Marr", "given": "Cy"}], "publisher": "Holm Press", "issued": {"date-parts": [["1999"]]}}]
"""

YAML = """---
references:
- id: roe2001
  type: article-journal
  title: Ropes & tides
  author:
  - {family: Roe, given: Anna}
  - {family: Lund, given: Bo}
  container-title: Sea
  volume: 12
  issue: 3
  page: 4-9
  DOI: 10.1000/ab
  issued:
  - year: 2001
- type: book
  title: Salt
  author:
  - {family: Marr, given: Cy}
  publisher: Holm Press
  issued: 1999
...
"""

ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records>
<record><ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Roe, Anna</style></author><author>Lund, Bo</author></authors></contributors>
<titles><title><style face="normal">Ropes &amp; tides</style></title><secondary-title>Sea</secondary-title></titles><pages>4-9</pages><volume>12</volume><number>3</number>
<dates><year>2001</year></dates><electronic-resource-num>10.1000/ab</electronic-resource-num></record>
<record><ref-type name="Book">6</ref-type><contributors><authors><author>Marr, Cy</author></authors></contributors><titles><title>Salt</title></titles><publisher>Holm Press</publisher><dates><year>1999</year></dates></record>
</records></xml>
"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType><dcterms:isPartOf rdf:resource="urn:issn:1"/>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Roe</foaf:surname><foaf:givenName>Anna</foaf:givenName></foaf:Person></rdf:li>
<rdf:li><foaf:Person><foaf:surname>Lund</foaf:surname><foaf:givenName>Bo</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
<dc:title>Ropes &amp; tides</dc:title><dc:date>March 2001</dc:date><bib:pages>4-9</bib:pages></bib:Article>
<bib:Journal rdf:about="urn:issn:1"><prism:volume>12</prism:volume><prism:number>3</prism:number><dc:title>Sea</dc:title><dc:identifier>DOI 10.1000/ab</dc:identifier></bib:Journal>
<bib:Book rdf:about="#item_2"><dc:publisher><foaf:Organization><foaf:name>Holm Press</foaf:name></foaf:Organization></dc:publisher>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Marr</foaf:surname><foaf:givenName>Cy</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
<dc:title>Salt</dc:title><dc:date>1999</dc:date></bib:Book></rdf:RDF>
"""

FACTS = [
    {"author": "Roe, Anna and Lund, Bo", "title": "Ropes \\& tides", "journal": "Sea", "year": "2001", "volume": "12", "number": "3", "pages": "4--9", "doi": "10.1000/ab"},
    {"author": "Marr, Cy", "title": "Salt", "publisher": "Holm Press", "year": "1999"},
]  # fmt: skip

FILES = {"ris": RIS, "csl-json": JSON, "csl-yaml": YAML, "endnote": ENDNOTE, "rdf": RDF}


@pytest.mark.parametrize("kind", FILES)
def test_records_become_entries(kind: str) -> None:
    assert kind_of_file(FILES[kind]) == kind
    entries, findings = parse_bibtex(as_bibtex(FILES[kind], kind), "")
    assert findings == ()
    found = [
        {f.name: f.value for f in e.fields if f.name not in {"keywords", "annote"}} for e in entries
    ]
    assert (found, [e.entry_type for e in entries]) == (FACTS, ["article", "book"])


def test_entries_stand_in_the_lines_of_their_records() -> None:
    assert [e.line for e in parse_bibtex(as_bibtex(RIS, "ris"), "")[0]] == [4, 18]
    assert [e.line for e in parse_bibtex(as_bibtex(YAML, "csl-yaml"), "")[0]] == [5, 17]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("@article{a, title = {T}}", "bibtex"), ("% notes\n@book{b,\n title={T}}", "bibtex"), ("# Readings\n\nRoe (1999). Salt.", ""), ("{}", ""), ("<html><body>", ""), ("", "")],
)  # fmt: skip
def test_kinds_are_told_by_content(text: str, expected: str) -> None:
    assert kind_of_file(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [("[{", "csl-json"), ("<xml><record>", "endnote"), ('<!DOCTYPE a [<!ENTITY b "c">]><xml><records/></xml>', "endnote")],
)  # fmt: skip
def test_a_broken_file_is_named(text: str, kind: str) -> None:
    with pytest.raises(ValueError, match="file"):
        as_bibtex(text, kind)


@pytest.mark.parametrize("kind", FILES)
def test_the_command_takes_each_kind_once(kind: str, tree, tmp_path: Path) -> None:
    root = tree({"bib/topics.yaml": "- {slug: qa, title: QA}\n"})
    source = tmp_path / "works.txt"
    source.write_text(FILES[kind])
    first = CliRunner().invoke(app, ["import", "bib", str(source), "--source", str(root)])
    assert first.exit_code == 0, first.output
    written = (root / "bib/imported.bib").read_text()
    assert written.count("@article{") == written.count("@book{") == 1
    again = CliRunner().invoke(app, ["import", "bib", str(source), "--source", str(root)])
    assert (again.exit_code, (root / "bib/imported.bib").read_text()) == (0, written)
