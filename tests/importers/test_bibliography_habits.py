"""Habits of lists on code sites and in notes: badges, folded parts, link definitions, years as headings, labels, leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.importers.bibliography import Item, read_bibliography
from kb.importers.bibliography_markup import plain_line, year_of_heading
from kb.validate.corpus import load_corpus


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


SLANTED_PEOPLE = """# Awesome Dependability ![PRs](https://img.example/prs.svg)

## Foundations

- **Technical Debt in Learning Systems** - *D. Sculley et al.*, NIPS 2015. [[paper]](https://a.org) [[slides]](https://s.org) :star:
- **A Case Study** - *Ann Roe, Jo Doe, et al.*, ICSE-SEIP 2019. [![PDF](https://img.example/pdf.svg)](https://b.org)

## Contributing

- [Jane Doe](https://github.com/jane)
"""

YEARS = """# Papers

## 2019

| Title | Venue | Paper | Code |
|:--|:-:|:-:|:-:|
| "Why Trust You?": Explaining Classifiers | KDD | [Link](https://a.org) | [lime](https://l.org) |
| | ICML | [Link](https://b.org) | - |

## 2007

Title | Authors | Notes
--- | --- | ---
Dynamo: A Key-value Store | DeCandia et al. | Eventual consistency.
"""

YEAR_LISTS = """Notes
=====

2014
----

* Diego Ongaro and John Ousterhout. "In Search of Consensus." USENIX ATC. [link](https://a.org/atc2013.pdf)
    * Leader election.
* Michael J. Fischer, Nancy A. Lynch and Michael S. Paterson. "Impossibility." JACM 1985. [link](https://f.org)
    * No protocol.
"""

FOLDED = """# Privacy

<details>
<summary>About</summary>

A list for students.

</details>

<details>
<summary><b>Calibrating Noise</b> (Dwork, McSherry, TCC 2006)</summary>

Defines it. [PDF](https://a.org)

</details>

<details><summary><b>A Model for Protecting Privacy</b> (Sweeney, IJUFKS 2002)</summary>

Where it began.

</details>
"""

EMOJI = """# 📚 Paper Notes

## 💬 Language

### 📄 Deep Transformers 🚀
*Tom B. Brown et al.* · NeurIPS 2020 · [PDF](https://a.org) · [Code](https://c.org)

> **TL;DR** Scale helps.

### 📄 Attention by Jointly Learning
*Dzmitry Bahdanau, Yoshua Bengio* · ICLR 2015 · [PDF](https://b.org)

> [!note]
> Attention.
"""

FACT_LISTS = """# Repair

- GenProg: A Generic Method
  - Authors: Claire Le Goues, ThanhVu Nguyen
  - Venue: IEEE TSE, 2012
  - Link: https://a.org
  - Notes: Genetic programming.
- Is the Cure Worse Than the Disease?
  - Authors: Edward K. Smith
  - Venue: FSE 2015
  - Notes: Patches overfit.
"""

FACTS_BELOW_HEADINGS = """# Testing

## Properties

### [QuickCheck: A Tool](https://a.org)

- **Authors**: Koen Claessen, John Hughes
- **Year**: 2000
- **Summary**: Properties instead of examples.

### [Testing the Hard Stuff](https://b.org)

- **Authors**: John Hughes
- **Year**: 2016
- **Summary**: War stories.
"""

SAME_PEOPLE = """# Law

Barocas, Solon, and Andrew D. Selbst. "Disparate Impact." *California Law Review* 104 (2016): 671–732.

How mining discriminates.

———. "Explainable Machines." *Fordham Law Review* 87 (2018): 1085–1139.

Explanation is not justification.

boyd, danah, and Kate Crawford. "Critical Questions." *Information* 15, no. 5 (2012): 662–79. doi:10.1080/1369.

Six provocations.

Brooks, Frederick P., Jr. "No Silver Bullet." *Computer* 20, no. 4 (1987): 10–19. https://b.org/0005-1098(83)90046-8.

Still none.
"""

LABELS = """# Graphs

* [Bruna et al., 2014] Spectral Networks on Graphs. *ICLR*. [[pdf]](https://a.org)
* [Grover and Leskovec, 2016] node2vec: Feature Learning. *KDD*. [[pdf]](https://b.org) [[code]](https://c.org)
* **Peters, Janzing & Schölkopf (2017)**, *Elements of Causal Inference*, MIT Press. Short and deep.
* **Holland (1986)**, "Statistics and Causal Inference", *JASA* 81(396). No causation without manipulation.
"""

LEADS = """# Robustness

## 2021

- [NeurIPS] Post-Training Quantization for Vision [[paper](https://a.org)] [[code](https://c.org)]
- [NIPS 1989] Optimal Brain Damage [[paper](https://b.org)]
- S&P'17 **Evaluating the Robustness of Networks** Carlini, Wagner ([pdf](https://d.org), [code](https://e.org))
- `ICML 2019` **Certified Robustness** Cohen et al. ([pdf](https://f.org))
"""

DEFINED = """# Fairness

See the [course page][course].

- [Fairness Through Awareness][dwork12], Dwork et al., ITCS 2012
- [Fair prediction][], Alexandra Chouldechova, Big Data 2017

[course]: https://x.org
[dwork12]: <https://a.org> "PDF"
[Fair prediction]: https://b.org
<!-- to be continued -->
"""

BROKEN_LINES = """# Data

**Data Validation for Machines**<br>
Neoklis Polyzotis, Martin Zinkevich<br>
*MLSys 2019* | [paper](https://a.org)<br>
Schemas catch errors.

**"Everyone wants the model work": Data Cascades**<br>
Nithya Sambasivan, Shivani Kapania<br>
*CHI 2021* | [paper](https://b.org) | [code](https://c.org)<br>
Interviews with 53 people.
"""

BROKEN_CELLS = """# Operations

| Paper | Notes |
|---|---|
| **Hidden Technical Debt in Systems**<br>Sculley et al.<br>*NIPS 2015* [[PDF](https://a.org)] | Names the costs. |
| **The Test Score**<br>Breck et al.<br>*Big Data 2017* | 28 tests. |
"""

CITATION_HEADINGS = """# Comprehension

#### Brooks, Ruven. "Towards a theory of comprehension." Int. Journal 18.6 (1983): 543-554.

Mappings between domains.

#### Ko, Andrew J., et al. "How developers seek information." IEEE TSE 32.12 (2006): 971-987.

A third of their time.
"""

ALPHA = """Ecosystems
----------

[Abdalkareem17] Rabe Abdalkareem, Olivier Nourry, and Emad Shihab. Why use trivial packages? A case study on npm. In FSE, pages 385–395, 2017.

  Trivial packages are common.

[KG18] Raula Gaikovina Kula and Daniel M. German. Do developers update dependencies? Empirical Software Engineering, 23(1):384–417, 2018.

  Most do not.
"""

SPRINGER = """# Notes

- (!) Kleinberg, J., Raghavan, M.: Trade-offs in determination. In: ITCS (2017)
  - three conditions
- Hébert-Johnson, Ú., Kim, M.: Calibration for the (identifiable) masses. In: ICML, pp. 1939–1948 (2018)
  - many groups
"""

FAMILIES = """# Links

- Biggio, Nelson, Laskov. [Poisoning Attacks](https://a.org). ICML 2012 - first poisoning.
- Gilmer et al. [Rules of the Game](https://b.org). 2018 - who attacks?
"""

BOLD_PEOPLE = """# Architecture

*   **Perry, D.E. and Wolf, A.L.** "Foundations of architecture" *(SEN, 1992)* [🔗](https://a.org)

    Elements, form, rationale.

*   **Kruchten, P.** "The 4+1 view model" *(IEEE Software, 1995)*

    Views.
"""

FOOTNOTES = """# Languages

Research began with semantics[^1] and types[^t].

[^1]: Scott, D., & Strachey, C. (1971). *Toward a Semantics*. Oxford Programming Research Group.
[^t]: Milner, R. (1978). A theory of polymorphism. *Journal of Science*, 17(3), 348-375.
"""

BOOKS = """# Books

* *Code Complete*, 2nd edition, by Steve McConnell (Microsoft Press, 2004) — The encyclopedia.
* *The Mythical Man-Month* by Frederick P. Brooks Jr. (Addison-Wesley, 1975) — _Adding people makes it later._
* *A Method for Signatures* by R. Rivest, A. Shamir, L. Adleman (1978)
"""

CITED = """# Bibliography

## Course
### 1. Values

**Citation:** Friedman, B., & Nissenbaum, H. (1996). Bias in computer systems. *ACM TOIS*, 14(3), 330–347.

**Annotation:** Three kinds of bias.
"""

CHECKED = """# Teams

* [x] DeMarco & Lister, *Peopleware*, 1987 -- offices matter
* [ ] Herbsleb & Grinter, ["Splitting the organization"](https://a.org), ICSE 1999 -- informal communication
"""

SHORT_YEARS = """# Recommenders

1. ⭐ Resnick et al. "GroupLens: An Open Architecture". CSCW'94. [ACM](https://a.org)
   > Neighbours.
2. G. Wilson *et al.*, "Best Practices," *PLOS Biology*, vol. 12, 2014.
   > Let the computer do the work.
"""

ACM_OLD = """# Concurrency

Herlihy, M. P., and Wing, J. M. Linearizability: A correctness condition. *ACM Trans. Program. Lang. Syst. 12*, 3 (July 1990), 463–492.

The definition.

McCoy, R. Thomas, Ellie Pavlick, and Tal Linzen. "Right for the wrong reasons." In *Proc. ACL*, 2019.

Shortcuts.

Herlihy, M., and Shavit, N. *The Art of Programming*. Morgan Kaufmann, 2008.

CSP.
"""

BOLD_YEARS = """# Papers

## Debugging

**2021**

- *Detecting Data Drift in Classifiers.* Samuel Ackerman, Orna Raz. [pdf](https://a.org)
- *A Benchmark of Shifts.* Pang Wei Koh et al. ICML. [pdf](https://b.org)

**Older work**

- *Principles of Debugging.* Todd Kulesza, Margaret Burnett. IUI 2015. [pdf](https://c.org)
"""

BOLD_LABELS = """# Energy

**Schwartz, Dodge & Etzioni, 2020.** *Green AI.* CACM. [[PDF](https://a.org)]
Report the work done.

**Patterson et al., 2021.** *Carbon Emissions and Training.* arXiv. [[PDF](https://b.org)]
Corrects estimates.

Zhao, J. (2020). **Software Engineering: Horizons.** arXiv:2007.07047. — *The survey to begin with.*
"""

FULL_NAMES = """# Learning

| Title | Author | Year | Materials |
| --- | --- | --- | --- |
| Advances and Open Problems | Peter Kairouz, H. Brendan McMahan, et al. | 2021 | [[PDF](https://a.org)] |

Title: **The Logic of Discovery**
Author: Karl Popper
Published: 1959 (German 1934)
Comment: Falsification.
"""

NUMBERED = """# Contracts

### Analysis

[1]. Loi Luu, Aquinas Hobor. "Making Contracts Smarter". CCS 2016. [[paper](https://a.org)] [[tool](https://t.org)]

- Symbolic execution.

[2]. Satoshi Nakamoto. "A Cash System". 2008. [[paper](https://b.org)]

- The white paper.
"""

PEOPLE_BELOW = """# Compilers

## LLVM: A Compilation Framework

*Chris Lattner and Vikram Adve, CGO 2004* ([pdf](https://a.org))

A typed representation.

## Finding Bugs in Compilers

*Xuejun Yang et al., PLDI 2011* ([pdf](https://b.org))

Csmith.
"""

ROLES = """# Lectures

## Lecture 1

- **Required.** Donald E. Knuth, "Literate Programming", *The Computer Journal* 27(2), 1984. https://a.org
  Programs as literature.
- **Optional.** Eubanks, Virginia. *Automating Inequality*. St. Martin's Press, 2018. ★★★★☆ Three cases.

## Lecture 2

- Manning, C.D., and Raghavan, P. "Introduction to Retrieval." Cambridge, 2008.
"""

WRAPPED = """# Fairness papers

What one should know before a first project about the fairness of decisions.

- [Gender Shades: Intersectional Accuracy Disparities in Commercial Gender
  Classification][gs], Buolamwini and Gebru, FAT* 2018. Audits three
  services with a balanced data set.
- **Everyone wants to do the model work, not the data work** - *Nithya
  Sambasivan, Shivani Kapania, Hannah Highfill, Diana Akrong, Lora Aroyo*,
  CHI 2021. Interviews with practitioners on three continents about data.

[gs]: https://a.org

## License

Licensed under a [Creative Commons License](https://creativecommons.org), 2021.
"""

UNDERSCORES = """# Ethics

* Eubanks, Virginia. _Automating Inequality_. St. Martin's Press, 2018. Three cases.
"""

HTML_TABLE = """# Reasoning

<table>
<tr><th>Paper</th><th>Year</th><th>Comment</th></tr>
<tr><td><a href="https://a.org/(87)">Diagnosing Multiple Faults</a> (de Kleer, Williams)</td><td>1987</td>
<td>The engine.</td></tr>
</table>

**1. Tesauro, G. (1995). Temporal difference learning. _Communications of the ACM_, 38(3), 58–68.** https://b.org/1

Self-play.
"""

WRAPPED_FACTS = """# Observability

**Title:** Dapper, a Large-Scale Distributed Systems Tracing Infrastructure
**Authors:** Benjamin H. Sigelman, Luiz André Barroso, Mike Burrows
**Published in:** Google Technical Report, 2010

Sampling makes tracing cheap enough to leave it on in all of the services that
people run.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(SLANTED_PEOPLE, ["Technical Debt in Learning Systems | Sculley, D. et al. | 2015 | https://a.org | ", "A Case Study | Roe, Ann; Doe, Jo et al. | 2019 | https://b.org | "], id="people in italics, badges"),
        pytest.param(YEARS, ['"Why Trust You?": Explaining Classifiers |  | 2019 | https://a.org | ', "Dynamo: A Key-value Store | DeCandia et al. | 2007 |  | Eventual consistency."], id="years above tables"),
        pytest.param(
            YEAR_LISTS,
            ["In Search of Consensus | Ongaro, Diego; Ousterhout, John | 2014 | https://a.org/atc2013.pdf | Leader election.", "Impossibility | Fischer, Michael J.; Lynch, Nancy A.; Paterson, Michael S. | 1985 | https://f.org | No protocol."],
            id="years above lists",
        ),
        pytest.param(FOLDED, ["Calibrating Noise | Dwork; McSherry | 2006 | https://a.org | Defines it. [PDF](https://a.org)", "A Model for Protecting Privacy | Sweeney | 2002 |  | Where it began."], id="folded parts"),
        pytest.param(EMOJI, ["Deep Transformers | Brown, Tom B. et al. | 2020 | https://a.org | **TL;DR** Scale helps.", "Attention by Jointly Learning | Bahdanau, Dzmitry; Bengio, Yoshua | 2015 | https://b.org | Attention."], id="emoji, callouts"),
        pytest.param(FACT_LISTS, ["GenProg: A Generic Method | Le Goues, Claire; Nguyen, ThanhVu | 2012 | https://a.org | Genetic programming.", "Is the Cure Worse Than the Disease? | Smith, Edward K. | 2015 |  | Patches overfit."], id="facts in lists below titles"),
        pytest.param(FACTS_BELOW_HEADINGS, ["QuickCheck: A Tool | Claessen, Koen; Hughes, John | 2000 | https://a.org | Properties instead of examples.", "Testing the Hard Stuff | Hughes, John | 2016 | https://b.org | War stories."], id="facts in lists below headings"),
        pytest.param(
            SAME_PEOPLE,
            [
                "Disparate Impact | Barocas, Solon; Selbst, Andrew D. | 2016 |  | How mining discriminates.", "Explainable Machines | Barocas, Solon; Selbst, Andrew D. | 2018 |  | Explanation is not justification.",
                "Critical Questions | boyd, danah; Crawford, Kate | 2012 | https://doi.org/10.1080/1369 | Six provocations.", "No Silver Bullet | Brooks, Jr., Frederick P. | 1987 | https://b.org/0005-1098(83)90046-8 | Still none.",
            ],
            id="a dash for the people above",
        ),
        pytest.param(
            LABELS,
            [
                "Spectral Networks on Graphs | Bruna et al. | 2014 | https://a.org | ", "node2vec: Feature Learning | Grover; Leskovec | 2016 | https://b.org | ",
                "Elements of Causal Inference | Peters; Janzing; Schölkopf | 2017 |  | Short and deep.", "Statistics and Causal Inference | Holland | 1986 |  | No causation without manipulation.",
            ],
            id="people and year as labels",
        ),
        pytest.param(
            LEADS,
            [
                "Post-Training Quantization for Vision |  | 2021 | https://a.org | ", "Optimal Brain Damage |  | 1989 | https://b.org | ",
                "Evaluating the Robustness of Networks | Carlini; Wagner | 2017 | https://d.org | ", "Certified Robustness | Cohen et al. | 2019 | https://f.org | ",
            ],
            id="venues in front",
        ),
        pytest.param(DEFINED, ["Fairness Through Awareness | Dwork et al. | 2012 | https://a.org | ", "Fair prediction | Chouldechova, Alexandra | 2017 | https://b.org | "], id="addresses defined below"),
        pytest.param(BROKEN_LINES, ["Data Validation for Machines | Polyzotis, Neoklis; Zinkevich, Martin | 2019 | https://a.org | Schemas catch errors.", '"Everyone wants the model work": Data Cascades | Sambasivan, Nithya; Kapania, Shivani | 2021 | https://b.org | Interviews with 53 people.'], id="line breaks as tags"),
        pytest.param(BROKEN_CELLS, ["Hidden Technical Debt in Systems | Sculley et al. | 2015 | https://a.org | Names the costs.", "The Test Score | Breck et al. | 2017 |  | 28 tests."], id="line breaks in cells"),
        pytest.param(CITATION_HEADINGS, ["Towards a theory of comprehension | Brooks, Ruven | 1983 |  | Mappings between domains.", "How developers seek information | Ko, Andrew J. et al. | 2006 |  | A third of their time."], id="citations as headings"),
        pytest.param(ALPHA, ["Why use trivial packages? A case study on npm | Abdalkareem, Rabe; Nourry, Olivier; Shihab, Emad | 2017 |  | Trivial packages are common.", "Do developers update dependencies? | Kula, Raula Gaikovina; German, Daniel M. | 2018 |  | Most do not."], id="as LaTeX prints them"),
        pytest.param(SPRINGER, ["Trade-offs in determination | Kleinberg, J.; Raghavan, M. | 2017 |  | three conditions", "Calibration for the (identifiable) masses | Hébert-Johnson, Ú.; Kim, M. | 2018 |  | many groups"], id="as Springer prints them"),
        pytest.param(FAMILIES, ["Poisoning Attacks | Biggio; Nelson; Laskov | 2012 | https://a.org | first poisoning.", "Rules of the Game | Gilmer et al. | 2018 | https://b.org | who attacks?"], id="family names alone"),
        pytest.param(BOLD_PEOPLE, ["Foundations of architecture | Perry, D.E.; Wolf, A.L. | 1992 | https://a.org | Elements, form, rationale.", "The 4+1 view model | Kruchten, P. | 1995 |  | Views."], id="people in bold"),
        pytest.param(FOOTNOTES, ["Toward a Semantics | Scott, D.; Strachey, C. | 1971 |  | ", "A theory of polymorphism | Milner, R. | 1978 |  | "], id="footnotes"),
        pytest.param(
            BOOKS,
            ["Code Complete | McConnell, Steve | 2004 |  | The encyclopedia.", "The Mythical Man-Month | Brooks, Jr., Frederick P. | 1975 |  | Adding people makes it later.", "A Method for Signatures | Rivest, R.; Shamir, A.; Adleman, L. | 1978 |  | "],
            id="books",
        ),
        pytest.param(CITED, ["Bias in computer systems | Friedman, B.; Nissenbaum, H. | 1996 |  | Three kinds of bias."], id="a label in front of citations"),
        pytest.param(
            BOLD_YEARS,
            [
                "Detecting Data Drift in Classifiers | Ackerman, Samuel; Raz, Orna | 2021 | https://a.org | ", "A Benchmark of Shifts | Koh, Pang Wei et al. | 2021 | https://b.org | ",
                "Principles of Debugging | Kulesza, Todd; Burnett, Margaret | 2015 | https://c.org | ",
            ],
            id="years in bold",
        ),
        pytest.param(
            BOLD_LABELS,
            ["Green AI | Schwartz; Dodge; Etzioni | 2020 | https://a.org | Report the work done.", "Carbon Emissions and Training | Patterson et al. | 2021 | https://b.org | Corrects estimates.", "Software Engineering: Horizons | Zhao, J. | 2020 |  | The survey to begin with."],
            id="people and year in bold",
        ),
        pytest.param(FULL_NAMES, ["Advances and Open Problems | Kairouz, Peter; McMahan, H. Brendan et al. | 2021 | https://a.org | ", "The Logic of Discovery | Popper, Karl | 1959 |  | Falsification."], id="initials in front of a second name"),
        pytest.param(NUMBERED, ["Making Contracts Smarter | Luu, Loi; Hobor, Aquinas | 2016 | https://a.org | Symbolic execution.", "A Cash System | Nakamoto, Satoshi | 2008 | https://b.org | The white paper."], id="numbers with full stops"),
        pytest.param(PEOPLE_BELOW, ["LLVM: A Compilation Framework | Lattner, Chris; Adve, Vikram | 2004 | https://a.org | A typed representation.", "Finding Bugs in Compilers | Yang, Xuejun et al. | 2011 | https://b.org | Csmith."], id="people in italics below headings"),
        pytest.param(
            ROLES,
            ["Literate Programming | Knuth, Donald E. | 1984 | https://a.org | Programs as literature.", "Automating Inequality | Eubanks, Virginia | 2018 |  | Three cases.", "Introduction to Retrieval | Manning, C.D.; Raghavan, P. | 2008 |  | "],
            id="roles in front, stars behind",
        ),
        pytest.param(
            WRAPPED,
            [
                "Gender Shades: Intersectional Accuracy Disparities in Commercial Gender Classification | Buolamwini; Gebru | 2018 | https://a.org | Audits three services with a balanced data set.",
                "Everyone wants to do the model work, not the data work | Sambasivan, Nithya; Kapania, Shivani; Highfill, Hannah; Akrong, Diana; Aroyo, Lora | 2021 |  | Interviews with practitioners on three continents about data.",
            ],
            id="lines broken at a width, works above the first section",
        ),
        pytest.param(HTML_TABLE, ["Diagnosing Multiple Faults | de Kleer; Williams | 1987 | https://a.org/(87) | The engine.", "Temporal difference learning | Tesauro, G. | 1995 | https://b.org/1 | Self-play."], id="tables in HTML, numbers in bold"),
        pytest.param(
            WRAPPED_FACTS,
            ["Dapper, a Large-Scale Distributed Systems Tracing Infrastructure | Sigelman, Benjamin H.; Barroso, Luiz André; Burrows, Mike | 2010 |  | Sampling makes tracing cheap enough to leave it on in all of the services that people run."],
            id="facts beside lines broken at a width",
        ),
        pytest.param(CHECKED, ["Peopleware | DeMarco; Lister | 1987 |  | offices matter", "Splitting the organization | Herbsleb; Grinter | 1999 | https://a.org | informal communication"], id="ticked off"),
        pytest.param(SHORT_YEARS, ["GroupLens: An Open Architecture | Resnick et al. | 1994 | https://a.org | Neighbours.", "Best Practices | Wilson, G. et al. | 2014 |  | Let the computer do the work."], id="years of two digits"),
        pytest.param(
            ACM_OLD,
            [
                "Linearizability: A correctness condition | Herlihy, M. P.; Wing, J. M. | 1990 |  | The definition.", "Right for the wrong reasons | McCoy, R. Thomas; Pavlick, Ellie; Linzen, Tal | 2019 |  | Shortcuts.",
                "The Art of Programming | Herlihy, M.; Shavit, N. | 2008 |  | CSP.",
            ],
            id="titles without marks behind initials",
        ),
    ],
)  # fmt: skip
def test_works_facts_and_notes(text: str, expected: list[str]) -> None:
    assert [brief(item) for item in read_bibliography(text).items] == expected


def test_titles_between_underscores() -> None:
    assert (
        brief(read_bibliography(UNDERSCORES).items[0])
        == "Automating Inequality | Eubanks, Virginia | 2018 |  | Three cases."
    )


def test_what_is_no_work_is_told() -> None:
    def told(text: str) -> dict[str, str]:
        return {e.text: f"{e.fate.value}: {e.what}" for e in read_bibliography(text).ledger}

    assert (
        told(SLANTED_PEOPLE)["- [Jane Doe](https://github.com/jane)"]
        == "skipped: below 'Contributing', where no works are"
    )
    assert (
        told(YEARS)["| | ICML | [Link](https://b.org) | - |"]
        == "not understood: row without a title"
    )
    found = told(DEFINED)
    assert (
        found[
            '[course]: https://x.org [dwork12]: <https://a.org> "PDF" [Fair prediction]: https://b.org'
        ]
        == "skipped: addresses of links"
    )
    assert found["<!-- to be continued -->"] == "skipped: comment"
    assert told(FOLDED)["<details>"] == "skipped: markup"


@pytest.mark.parametrize(
    ("heading", "year"),
    [("2019", 2019), ("Papers from 2019", 2019), ("📅 2019", 2019), ("ICSE 2020", 2020), ("2003-2004", None), ("Since 2010", None), ("2016 and before", None), ("Fairness", None), ("Top 10 of 2019 and 2020", None)],
)  # fmt: skip
def test_a_heading_names_one_year_or_none(heading: str, year: int | None) -> None:
    assert year_of_heading(heading) == year


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        (
            'A <a href="https://x.org">paper</a> &amp; <b>more</b>',
            "A [paper](https://x.org) & **more**",
        ),
        ("[![arXiv](https://b.example/a.svg)](https://a.org) text", "[arXiv](https://a.org) text"),
        ("x < y and <https://x.org>", "x < y and <https://x.org>"),
        ("see [1] and [a][b] and [known]", "see [1] and [a][b] and [known](https://k.org)"),
    ],
)
def test_inline_markup(line: str, plain: str) -> None:
    assert plain_line(line, {"known": "https://k.org"}) == plain


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# T\n\n- Doe, J. " + "A" * 3000 + ' (2019). "x"', id="capitals"),
        pytest.param("# T\n\n- Doe, J. " + '<a href="x">' * 1000 + " 2019.", id="unclosed links"),
        pytest.param(
            '# T\n\n- "Title of it" ' + "Aaa, B., " * 1000 + " 2019", id="people without end"
        ),
    ],
)
def test_long_lines_take_time_in_proportion(text: str, in_proportion) -> None:
    in_proportion(read_bibliography, text[: len(text) // 2], text)


NESTED = """# Readings

## Foundations

What the field stands on.

### Word vectors

- Tomas Mikolov, Kai Chen (2013). [Efficient Estimation of Word Representations](https://arxiv.org/abs/1301.3781). ICLR Workshop.
  word2vec. What do analogies measure?

### Sequence models

- Ilya Sutskever, Oriol Vinyals (2014). [Sequence to Sequence Learning](https://arxiv.org/abs/1409.3215). NeurIPS.

## Evaluation

- Marco Tulio Ribeiro (2020). [Beyond Accuracy](https://example.org/a). ACL.
"""


def test_headings_below_headings_become_topics_below_topics(tmp_path: Path) -> None:
    for name in ("bib", "quizzes"):
        (tmp_path / name).mkdir()
    (tmp_path / "readings.md").write_text(NESTED)
    for _ in range(2):
        result = CliRunner().invoke(
            app,
            ["import", "bibliography", str(tmp_path / "readings.md"), "--source", str(tmp_path)],
        )
        assert result.exit_code == 0, result.output
    loaded = load_corpus(tmp_path)
    corpus = loaded.corpus
    assert not [f for f in loaded.findings if "topic" in f.code], loaded.findings
    assert [t.slug for t in corpus.topics] == [
        "foundations",
        "foundations/word-vectors",
        "foundations/sequence-models",
        "evaluation",
    ]
    assert (
        next(t.intro for t in corpus.topics if t.slug == "foundations")
        == "What the field stands on."
    )
    assert {w.title: w.topics for w in corpus.works} == {
        "Efficient Estimation of Word Representations": ("foundations/word-vectors",),
        "Sequence to Sequence Learning": ("foundations/sequence-models",),
        "Beyond Accuracy": ("evaluation",),
    }
    (tmp_path / "more.md").write_text(
        "# More\n\n## Foundations\n\n### Parsing\n\n- Ann Roe (2015). [A Parser](https://example.org/p). ACL.\n"
    )
    assert (
        CliRunner()
        .invoke(
            app, ["import", "bibliography", str(tmp_path / "more.md"), "--source", str(tmp_path)]
        )
        .exit_code
        == 0
    )
    loaded = load_corpus(tmp_path)
    assert "parsing" in {t.slug for t in loaded.corpus.topics} and not [
        f for f in loaded.findings if f.severity == "error"
    ], loaded.findings
