"""Bibliographies as academics write them: people in all their spellings, editions, footnotes, text processors, Org, reStructuredText."""

from __future__ import annotations

import pytest

from kb.importers.bibliography import Item, read_bibliography
from kb.importers.citation import read_citation
from kb.importers.cited_people import split_authors
from kb.importers.ledger import Fate


def brief(item: Item) -> str:
    """Give an item on one line: `Title | People | Year | url | note`."""
    c = item.citation
    return " | ".join(
        [
            c.title,
            "; ".join(c.authors) + (" et al." if c.et_al else ""),
            str(c.year or ""),
            c.url,
            item.note,
        ]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Roediger, H. L., III, & Karpicke, J. D.",
            (("Roediger, III, H. L.", "Karpicke, J. D."), False),
        ),
        (
            "Brown, P. C., Roediger, H. L., III, & McDaniel, M. A.",
            (("Brown, P. C.", "Roediger, III, H. L.", "McDaniel, M. A."), False),
        ),
        (
            "Brooks, Frederick P., Jr., and Ann Roe",
            (("Brooks, Jr., Frederick P.", "Roe, Ann"), False),
        ),
        ("King Jr., M. L.", (("King, Jr., M. L.",), False)),
        ("Marwick, A. E., & boyd, d.", (("Marwick, A. E.", "boyd, d."), False)),
        (
            "Klein, G., Elphinstone, K., ... & Winwood, S.",
            (("Klein, G.", "Elphinstone, K.", "Winwood, S."), True),
        ),
        (
            "Klein, G., Elphinstone, K., . . . Winwood, S.",
            (("Klein, G.", "Elphinstone, K.", "Winwood, S."), True),
        ),
        ("Negt, Oskar / Kluge, Alexander", (("Negt, Oskar", "Kluge, Alexander"), False)),
        ("BOLTANSKI, Luc et THÉVENOT, Laurent", (("Boltanski, Luc", "Thévenot, Laurent"), False)),
        (
            "García Canclini, N. y Martín-Barbero, J.",
            (("García Canclini, N.", "Martín-Barbero, J."), False),
        ),
        ("Ortega y Gasset, J.", (("Ortega y Gasset, J.",), False)),
        (
            "Moher D, Liberati A, Altman DG; PRISMA Group",
            (("Moher, D.", "Liberati, A.", "Altman, D. G.", "PRISMA Group"), False),
        ),
        ("Guyatt GH, Falck-Ytter Y, et al", (("Guyatt, G. H.", "Falck-Ytter, Y."), True)),
        ("Li, Avgeriou & Liang", (("Li", "Avgeriou", "Liang"), False)),
        (
            "Khaled El Emam and Massimiliano Di Penta",
            (("El Emam, Khaled", "Di Penta, Massimiliano"), False),
        ),
        (
            "Flick, U., Kardorff, E. v. & Steinke, I. (Hrsg.)",
            (("Flick, U.", "Kardorff, E. v.", "Steinke, I."), False),
        ),
        ("Ministerio de Educación Nacional", (("Ministerio de Educación Nacional",), False)),
        ("Copeland, B. Jack, ed.", (("Copeland, B. Jack",), False)),
        ("Latour, Bruno, and Steve Woolgar", (("Latour, Bruno", "Woolgar, Steve"), False)),
    ],
)
def test_people(text: str, expected: tuple[tuple[str, ...], bool]) -> None:
    assert split_authors(text) == expected


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        (
            "Moher D, Liberati A, Altman DG; PRISMA Group. Preferred reporting items: the PRISMA statement. PLoS Med. 2009;6(7):e1000097.",
            "Preferred reporting items: the PRISMA statement",
            2009,
        ),
        (
            "Higgins JPT, Thomas J, Li T, et al., editors. Cochrane Handbook for Systematic Reviews. 2nd ed. Chichester (UK): Wiley; 2019.",
            "Cochrane Handbook for Systematic Reviews",
            2019,
        ),
        (
            "John Zimmerman and Jodi Forlizzi. 2007. Research through design in HCI. In *CHI '07*. 493–502.",
            "Research through design in HCI",
            2007,
        ),
        (
            "Bertrand, M., & Mullainathan, S. (2004). Are Emily and Greg more employable? A field experiment. *American Economic Review*, *94*(4), 991–1013.",
            "Are Emily and Greg more employable? A field experiment",
            2004,
        ),
        (
            "Mayring, P. (2015): Qualitative Inhaltsanalyse. Grundlagen und Techniken. 12. Aufl. Weinheim: Beltz.",
            "Qualitative Inhaltsanalyse. Grundlagen und Techniken",
            2015,
        ),
        (
            "Zeller, A. (2009). Why programs fail: A guide (2nd ed.). Morgan Kaufmann.",
            "Why programs fail: A guide",
            2009,
        ),
        (
            'Ribeiro, M. T., & Singh, S. (2016). "Why should I trust you?": Explaining the predictions. KDD.',
            '"Why should I trust you?": Explaining the predictions',
            2016,
        ),
        (
            "Copeland, B. Jack, ed. *The Essential Turing*. Oxford: Clarendon Press, 2004.",
            "The Essential Turing",
            2004,
        ),
        (
            "J. Katz and Y. Lindell, Introduction to Modern Cryptography, 3rd ed. Boca Raton, FL, USA: CRC Press, 2020.",
            "Introduction to Modern Cryptography",
            2020,
        ),
        (
            "Matthias Felleisen. On the expressive power of languages. *Science of Computer Programming* 17(1-3), 35-75, 1991.",
            "On the expressive power of languages",
            1991,
        ),
        (
            "Stanford History Education Group. (n.d.). *Civic online reasoning*. Retrieved June 1, 2021, from https://cor.stanford.edu",
            "Civic online reasoning",
            None,
        ),
        (
            "Ecker, U. K. H. (in press). Psychology of misinformation. *Nature Reviews Psychology*.",
            "Psychology of misinformation",
            None,
        ),
        (
            'Andersson, Ruben. Forthcoming. "Here Be Dragons." *Current Anthropology*.',
            "Here Be Dragons",
            None,
        ),
    ],
)
def test_titles_end_where_the_venue_begins(text: str, title: str, year: int | None) -> None:
    found = read_citation(text)
    assert (found.title, found.year) == (title, year)


def test_brackets_in_a_doi_and_marks_around_a_volume() -> None:
    found = read_citation(
        "Baddeley, A. D., & Hitch, G. (1974). Working memory. *The Psychology of Learning*, *8*(2), 47–89. https://doi.org/10.1016/S0079-7421(08)60452-1"
    )
    assert (found.doi, found.volume, found.number, found.type) == (
        "10.1016/S0079-7421(08)60452-1",
        "8",
        "2",
        "article",
    )


EDITIONS = """# Exam list

1. Latour, Bruno, and Steve Woolgar. 1986 [1979]. *Laboratory Life*. Princeton: Princeton University Press.
2. Freud, S. (1900/1953). *The interpretation of dreams*. Hogarth Press.
"""

HEADINGS = """# Debt

## Cunningham (1992). The WyCash portfolio management system

Experience report.

DOI: 10.1145/157710.157715

## Kruchten, Nord & Ozkaya (2012) Technical debt: From metaphor to theory

IEEE Software 29(6), 18-21. https://doi.org/10.1109/MS.2012.167

An introduction.

## Fowler (2009). Technical Debt Quadrant

Blog post, https://martinfowler.com/bliki/TechnicalDebtQuadrant.html

Reckless or prudent.
"""

REMARKS = """# Synthesis

- **Combinatorial Sketching for Finite Programs** by Armando Solar-Lezama and Rastislav Bodik (ASPLOS 2006) [[pdf](https://a.org/s.pdf)]
  CEGIS. If you read one, read this one.

- **Automating String Processing** by Sumit Gulwani (POPL 2011) [[pdf](https://a.org/g.pdf)]
  FlashFill, in Excel since 2013.
"""

LABELLED_NOTES = """# Sustainability

1. Eric S. Raymond. *The Cathedral and the Bazaar*. O'Reilly, 1999.
   - **Type:** book
   - **Relevance:** historical.
2. Karl Fogel. *Producing Open Source Software*. O'Reilly, 2005. https://producingoss.com
   - **Type:** book
   - **Relevance:** background.
"""

FOOTNOTES = """# Proof

Floyd, R. W. (1967). Assigning meanings to programs. In *Mathematical Aspects*.

> Invariants on edges.[^1] Short.

[^1]: See also Turing's talk
    of many years before.
"""

ORG = """#+TITLE: Comprehension
#+STARTUP: overview

* Programs
** DONE Brooks (1983) Towards a theory of comprehension :theory:
   /Int. J. Man-Machine Studies/ 18(6), 543--554.

   Hypotheses and beacons.
** Siegmund et al. (2014) Understanding understanding source code
   :PROPERTIES:
   :DOI: 10.1145/2568225.2568252
   :END:

   Five regions.
"""

RST = """=======
Testing
=======

Tools
~~~~~

Zeller, A. (2009). `Why Programs Fail <https://www.whyprogramsfail.com/>`_. 2nd ed. Morgan Kaufmann.

    The textbook.

.. [Wei81] Weiser, M. (1981). *Program slicing*. ICSE 1981,
   439-449.

    In their heads.
"""


SOURCES = """# Annotated Bibliography

## Source 1: Lave and Wenger (1991)

Lave, J., & Wenger, E. (1991). *Situated learning*. Cambridge University Press.

### Summary

Communities of practice.

## Source 2: Papert (1980)

Papert, S. (1980). *Mindstorms*. Basic Books.

### Evaluation

A manifesto.
"""

SLANTED_FACTS = """# Papers

### Guidelines for case study research

*Per Runeson and Martin Höst. Empirical Software Engineering 14(2), 2009.* [doi](https://doi.org/10.1007/s10664)

The checklist.

- triangulate

### The ABC of Research

*Klaas-Jan Stol and Brian Fitzgerald. ACM TOSEM 27(3), 2018.*

Actors.
"""

STARRED = """# Field exam

### 1. Choice under risk

- \\* Kahneman & Tversky (1979), "Prospect Theory," *Econometrica*
- Kőszegi & Rabin (2006), "A Model of Preferences," *QJE*

### 2. Time

- \\* Laibson (1997), "Golden Eggs," *QJE*
- UNHCR. 2023. *Global Trends*. Geneva.
"""

BOLD_TITLES = """# Bibliografia

LATOUR, Bruno. **Jamais fomos modernos**: ensaio de antropologia. Rio de Janeiro: Editora 34, 1994.

> Crítica.

SANTOS, Boaventura; MENESES, Maria (org.). **Epistemologias do Sul**. Coimbra: Almedina, 2009. Disponível em: https://x.org. Acesso em: 10 mar. 2021.

> Coletânea.
"""

LETTERED = """# Primary studies

[S1] Katz, I. R., & Anderson, J. R. (1987). Debugging: An analysis. Human-Computer Interaction, 3(4), 351-399.

Four experiments with students.

[S2] Ko, A. J. (2005). A framework for errors. Journal of Visual Languages, 16(1-2), 41-84. doi:10.1016/j.jvlc.2004.08.003

Chains of breakdowns.
"""

PEOPLE_HEADINGS = """# Erosion

## Perry & Wolf, 1992

**Foundations for the study of architecture.** *ACM SIGSOFT Notes*, 17(4), 40–52. https://doi.org/10.1145/141874.141884

They coin *erosion* and *drift*.

## de Silva & Balasubramaniam, 2012

**Controlling architecture erosion: A survey.** *Journal of Systems and Software*, 85(1), 132–151.

Minimise, prevent, repair.
"""

SHORT_REMARKS = """# Databases

- J. Gray, "The Transaction Concept", VLDB 1981. [PDF](https://a.org/g.pdf) Explains why transactions are contracts.
- E. F. Codd, "A Relational Model", CACM 13(6), 1970. [PDF](https://a.org/c.pdf) Where it all began.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            SOURCES,
            [
                "Situated learning | Lave, J.; Wenger, E. | 1991 |  | Communities of practice.",
                "Mindstorms | Papert, S. | 1980 |  | A manifesto.",
            ],
        ),
        (
            SLANTED_FACTS,
            [
                "Guidelines for case study research | Runeson, Per; Höst, Martin | 2009 | https://doi.org/10.1007/s10664 | The checklist.\n\ntriangulate",
                "The ABC of Research | Stol, Klaas-Jan; Fitzgerald, Brian | 2018 |  | Actors.",
            ],
        ),
        (
            STARRED,
            [
                "Prospect Theory | Kahneman; Tversky | 1979 |  | ",
                "A Model of Preferences | Kőszegi; Rabin | 2006 |  | ",
                "Golden Eggs | Laibson | 1997 |  | ",
                "Global Trends | UNHCR | 2023 |  | ",
            ],
        ),
        (
            BOLD_TITLES,
            [
                "Jamais fomos modernos: ensaio de antropologia | Latour, Bruno | 1994 |  | Crítica.",
                "Epistemologias do Sul | Santos, Boaventura; Meneses, Maria | 2009 | https://x.org | Coletânea.",
            ],
        ),
        (
            LETTERED,
            [
                "Debugging: An analysis | Katz, I. R.; Anderson, J. R. | 1987 |  | Four experiments with students.",
                "A framework for errors | Ko, A. J. | 2005 | https://doi.org/10.1016/j.jvlc.2004.08.003 | Chains of breakdowns.",
            ],
        ),
        (
            PEOPLE_HEADINGS,
            [
                "Foundations for the study of architecture | Perry; Wolf | 1992 | https://doi.org/10.1145/141874.141884 | They coin *erosion* and *drift*.",
                "Controlling architecture erosion: A survey | de Silva; Balasubramaniam | 2012 |  | Minimise, prevent, repair.",
            ],
        ),
        (
            SHORT_REMARKS,
            [
                "The Transaction Concept | Gray, J. | 1981 | https://a.org/g.pdf | Explains why transactions are contracts.",
                "A Relational Model | Codd, E. F. | 1970 | https://a.org/c.pdf | Where it all began.",
            ],
        ),
        (
            EDITIONS,
            [
                "Laboratory Life | Latour, Bruno; Woolgar, Steve | 1986 |  | ",
                "The interpretation of dreams | Freud, S. | 1953 |  | ",
            ],
        ),
        (
            HEADINGS,
            [
                "The WyCash portfolio management system | Cunningham | 1992 | https://doi.org/10.1145/157710.157715 | Experience report.",
                "Technical debt: From metaphor to theory | Kruchten; Nord; Ozkaya | 2012 | https://doi.org/10.1109/MS.2012.167 | An introduction.",
                "Technical Debt Quadrant | Fowler | 2009 | https://martinfowler.com/bliki/TechnicalDebtQuadrant.html | Reckless or prudent.",
            ],
        ),
        (
            REMARKS,
            [
                "Combinatorial Sketching for Finite Programs | Solar-Lezama, Armando; Bodik, Rastislav | 2006 | https://a.org/s.pdf | CEGIS. If you read one, read this one.",
                "Automating String Processing | Gulwani, Sumit | 2011 | https://a.org/g.pdf | FlashFill, in Excel since 2013.",
            ],
        ),
        (
            LABELLED_NOTES,
            [
                "The Cathedral and the Bazaar | Raymond, Eric S. | 1999 |  | **Type:** book\n\n**Relevance:** historical.",
                "Producing Open Source Software | Fogel, Karl | 2005 | https://producingoss.com | **Type:** book\n\n**Relevance:** background.",
            ],
        ),
        (
            FOOTNOTES,
            [
                "Assigning meanings to programs | Floyd, R. W. | 1967 |  | Invariants on edges. (See also Turing's talk of many years before) Short."
            ],
        ),
        (
            ORG,
            [
                "Towards a theory of comprehension | Brooks | 1983 |  | Hypotheses and beacons.",
                "Understanding understanding source code | Siegmund et al. | 2014 | https://doi.org/10.1145/2568225.2568252 | Five regions.",
            ],
        ),
        (
            RST,
            [
                "Why Programs Fail | Zeller, A. | 2009 | https://www.whyprogramsfail.com/ | The textbook.",
                "Program slicing | Weiser, M. | 1981 |  | In their heads.",
            ],
        ),
    ],
    ids=[
        "sources",
        "slanted facts",
        "starred",
        "bold titles",
        "lettered",
        "people in headings",
        "short remarks",
        "editions",
        "headings",
        "remarks below",
        "labelled notes",
        "footnotes",
        "org",
        "reStructuredText",
    ],
)
def test_works_and_notes(text: str, expected: list[str]) -> None:
    assert [brief(item) for item in read_bibliography(text).items] == expected


def test_bold_paragraphs_of_a_text_processor_are_sections() -> None:
    cited = "Solove, D. J. (2006). A taxonomy of privacy. *Law Review, 154*(3), 477--564. [[https://doi.org/10.2307/1]{.underline}](https://doi.org/10.2307/1)"
    found = read_bibliography(
        f"**Privacy [harms]{{.underline}}**\n\n{cited}\n\n> Sixteen kinds.\n\n{cited.replace('taxonomy', 'history')}\n\n> More.\n"
    )
    assert [s.title for s in found.sections] == ["Privacy harms"]
    assert [i.citation.url for i in found.items] == ["https://doi.org/10.2307/1"] * 2


def test_editions_are_no_part_of_titles() -> None:
    text = '# References\n\n1. J. Katz and Y. Lindell, Introduction to Modern Cryptography, 3rd ed. Boca Raton, FL, USA: CRC Press, 2020.\n\n    Proofs.\n\n2. R. L. Rivest, "A method for signatures," CACM, vol. 21, 1978.\n'
    assert [i.citation.title for i in read_bibliography(text).items] == [
        "Introduction to Modern Cryptography",
        "A method for signatures",
    ]


def test_questions_for_class_are_no_notes() -> None:
    text = "# Seminar\n\n## Week 1\n\n* J. Dean and S. Ghemawat, [MapReduce](https://m.org), OSDI 2004\n* Discussion question: why?\n* M. Li et al., [Parameter Server](https://p.org), OSDI 2014\n"
    found = read_bibliography(text)
    assert [i.note for i in found.items] == ["", ""]
    assert [(e.line, e.fate) for e in found.ledger if e.text.startswith("* Disc")] == [
        (6, Fate.SKIPPED)
    ]
