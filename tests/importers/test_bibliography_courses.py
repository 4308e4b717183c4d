"""Bibliographies of seminars, theses and reading groups: notes above works, exports of reference managers, labels in headings, other quotes."""

from __future__ import annotations

import pytest

from kb.importers.bibliography import Item, read_bibliography

SINGLE = """# Annotated Bibliography

## 1 Foundations

Nuseibeh, Bashar, and Steve Easterbrook. 'Requirements Engineering: A Roadmap'. Proceedings of FoSE, 2000. [link](https://a.org)

'The standard overview, weak on change.'

Yu, Eric S. K. 'Towards Modelling: It's Early'. Proceedings of RE, 1997.

'Introduces i*.'
"""

GERMAN = """# Literaturliste

Codd, Edgar F.: „A Relational Model of Data“. In: Communications of the ACM 13 (1970), Nr. 6, S. 377–387. DOI: 10.1145/362384.362685

> Der Aufsatz, mit dem alles beginnt.

Gray, Jim; Reuter, Andreas: Transaction Processing: Concepts and Techniques. Morgan Kaufmann, San Mateo 1993. ISBN 1-55860-190-2.

> Ein Nachschlagewerk.

Corbett, James C. u. a.: „Spanner“. In: OSDI 2012, S. 251–264. URL: https://s.org

> TrueTime.
"""

ABOVE = """# Program Comprehension

## 1. Models

How developers read code.

> Beacons and hypotheses.

Ruven Brooks (1983): Towards a theory of comprehension. International Journal 18, 543-554. https://b.org

> Integrates both.

Anneliese von Mayrhauser, A. Marie Vans (1995): Program Comprehension During Maintenance. Computer 28(8), 44-55. https://v.org
"""

ZOTERO = """# Report

## Attention Is All You Need

| | |
|---|---|
| Item Type | Conference Paper |
| Author | Ashish Vaswani |
| Author | Noam Shazeer |
| Date | 2017 |
| URL | https://a.org |
| Date Added | 3/4/2021, 10:11:12 AM |

### Notes:

- Replaces recurrence.

## Pattern Recognition and Machine Learning

| | |
|---|---|
| Item Type | Book |
| Author | Christopher M. Bishop |
| Publisher | Springer |
| Date | 2006 |
"""

DIVS = """::: {#refs .references}
::: {#ref-parnas1972 .csl-entry}
Parnas, D. L. 1972. "On the Criteria." *Communications of the ACM* 15 (12): 1053--58. <https://p.org>.
:::

::: {#ref-brooks1995 .csl-entry}
Brooks, Frederick P., Jr. 1995. *The Mythical Man-Month: Essays*. Anniversary ed. Reading, MA: Addison-Wesley.
:::
:::
"""

GROUP = """# Reading group

**8 October** (presenter: Lena)
Scott M. Lundberg, Su-In Lee: *A Unified Approach to Interpreting Predictions* (NeurIPS 2017), [arXiv:1705.07874](https://arxiv.org/abs/1705.07874)

> SHAP values.

**15 October** (presenter: Tomasz)
Zachary C. Lipton: *The Mythos of Model Interpretability* (ACM Queue 2018)

> A taxonomy.
"""

WIKI = """# Privacy

### [[@sweeney2002k]] k-anonymity: A Model for Protecting Privacy
- **Citation**:: Sweeney, L. (2002). k-anonymity: A model for protecting privacy. *IJUFKS*, 10(5), 557–570. https://s.org
- **Status**:: #read
- **Notes**:: See [[differential privacy]].

### [[@shokri2017membership]] Membership Inference Attacks
- **Citation**:: Shokri, R., & Song, C. (2017). Membership inference attacks. *IEEE S&P*, 3–18. https://m.org
- **Notes**:: Shadow models.
"""

LABELS = """# Notes

## Sculley et al. (2015) - Hidden Technical Debt

**Authors**: D. Sculley, Gary Holt
**Link**: https://h.org

### Summary

A small part of the system.

### My thoughts

Cited everywhere.

## Zinkevich (2016) - Rules of Machine Learning

**Link**: https://z.org

### Summary

43 rules.
"""

TWICE = """# Exam list

### Weyuker, "On Testing Non-Testable Programs" (1982)

Weyuker, E. J. (1982). On testing non-testable programs. The Computer Journal, 25(4), 465-470. doi:10.1093/comjnl/25.4.465

**What it does.** Names the oracle problem.

### Luo et al., "An Empirical Analysis of Flaky Tests" (2014)

Luo, Q., & Marinov, D. (2014). An empirical analysis of flaky tests. FSE, 643-653. doi:10.1145/2635868.2635920

**What it does.** Root causes.
"""

RECORDS = """# Papers

Paper 1
: **Title:** Causal diagrams
: **Author(s):** Judea Pearl
: **Published in:** Biometrika 82(4), 1995
: **URL:** https://c.org
: **Annotation:** The back door.

Paper 2
: **Title:** Statistics and Causal Inference
: **Author(s):** Paul W. Holland
: **Published in:** JASA 81(396), 1986
: **Annotation:** No causation without manipulation.
"""

CELLS = """| Date | Presenter | Paper | Notes |
|---|---|---|---|
| 2021-01-14 | Sam | Milner, R. (1978). A theory of type polymorphism. *JCSS*. [doi](https://m.org) | Algorithm W |
| 2021-01-21 | Wen | Plotkin, G. D. (1977). LCF as a programming language. *TCS*. [doi](https://p.org) | PCF |
"""

BOLD = """# Methods

**1. Runeson, P. and Höst, M. Guidelines for case study research. Empirical Software Engineering 14 (2009), 131–164.**

DOI: 10.1007/s10664-008-9102-8

*Annotation.* The checklist.

**2. Kitchenham, B., Pickard, L., et al. Preliminary guidelines for research. IEEE Transactions 28 (2002), 721–734.**

*Annotation.* Adapts medical guidelines.
"""

ALONE = """# For class

## Talks

1. Hickey, Rich. "Simple Made Easy." Strange Loop, 2011. <https://h.org>

   Useful vocabulary.

2. "The Great Dictionary." *Radio Lab*, 2019. <https://d.org>

   A light introduction.
"""


LOG = """# Reading log

**Reading 1: The UNIX Time-Sharing System**
- Dennis M. Ritchie and Ken Thompson
- CACM, July 1974
- https://u.org
- What I learned: files as byte streams.

**Reading 2: Hints for Computer System Design**
- Butler W. Lampson
- SOSP, 1983
- https://l.org
- What I learned: slogans.
"""

SHORT = """# Microservices

## 1. Microservices: yesterday, today, and tomorrow

Dragoni N, Giallorenzo S. In: Present and Ulterior Software Engineering. Springer; 2017. p. 195–216. <https://d.org>

*Summary:* History.

## 2. On the Definition of Microservice Bad Smells

Taibi D, Lenarduzzi V. IEEE Software 2018;35(3):56–62. <https://t.org>

*Summary:* Eleven smells.
"""

BRACKETS = """# Recommendation

[Zhang and Chen 2020] Yongfeng Zhang and Xu Chen. *Explainable Recommendation: A Survey*. Foundations and Trends 14(1), 1–101. [arXiv](https://z.org)

> Five W's.

[Bilgic and Mooney 2005] Mustafa Bilgic and Raymond J. Mooney. *Explaining Recommendations: Satisfaction vs. Promotion*. Workshop at IUI.

> Satisfaction.
"""

EXPORT = """# Export

## @radford2019language

- Title: Language Models are Unsupervised Multitask Learners
- Authors: [[Alec Radford]], [[Jeffrey Wu]]
- Date: 2019-02-14
- URL: https://r.org
- Zotero: [Select item](zotero://select/items/1_I)

### Notes

Zero-shot from prompts.

## @brown2020language

- Title: Language Models are Few-Shot Learners
- Authors: [[Tom B. Brown]], [[Benjamin Mann]]
- Date: 2020-05-28
- URL: https://b.org

### Notes

In-context learning.
"""

ACCESSED = """# Crisis

Ioannidis, John P. A. "Why Most Published Research Findings Are False." *PLoS Medicine*, vol. 2, no. 8, 2005, p. e124. https://i.org. Accessed 12 Oct. 2020.

He models the probability that a finding is true.

Open Science Collaboration. "Estimating the Reproducibility of Psychological Science." *Science*, vol. 349, no. 6251, 2015, https://o.org. Accessed 14 Oct. 2020.

A group repeated 100 studies.
"""


DATED = """# Architecture

### Garlan & Shaw (1993): An Introduction to Software Architecture

In *Advances in Software Engineering*, World Scientific. [PDF](https://g.org)

A catalogue of styles.

### Kruchten (1995): The 4+1 View Model of Architecture

*IEEE Software* 12(6). [DOI](https://k.org)

Everybody draws it.
"""

PLAN = """| Week | Topic | Reading | Why |
|:--|:--|:--|:--|
| 1 | Basics | Sutton & Barto, *Reinforcement Learning: An Introduction*, MIT Press 2018, ch. 1-3 | Notation |
| 2 | Values | Watkins & Dayan, "Q-learning", Machine Learning 1992, [pdf](https://q.org) | Proof |
"""

PEOPLE = """# Compilers

**Lattner, C. and Adve, V.** (2004). LLVM: A Compilation Framework. In: *CGO*. doi:[10.1109/CGO.2004.1281665](https://l.org)

:   SSA-based.

**Leroy, X.** (2009). Formal verification of a realistic compiler. *Communications of the ACM* 52(7).

:   CompCert.
"""


def brief(item: Item) -> str:
    """Give title, people, year, address and note of an item."""
    c = item.citation
    return " | ".join(
        [
            c.title,
            "; ".join(c.authors) + (" et al." if c.et_al else ""),
            str(c.year),
            c.url,
            item.note,
        ]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            SINGLE,
            [
                "Requirements Engineering: A Roadmap | Nuseibeh, Bashar; Easterbrook, Steve | 2000 | https://a.org | The standard overview, weak on change.",
                "Towards Modelling: It's Early | Yu, Eric S. K. | 1997 |  | Introduces i*.",
            ],
            id="single quotes",
        ),
        pytest.param(
            GERMAN,
            [
                "A Relational Model of Data | Codd, Edgar F. | 1970 | https://doi.org/10.1145/362384.362685 | Der Aufsatz, mit dem alles beginnt.",
                "Transaction Processing: Concepts and Techniques | Gray, Jim; Reuter, Andreas | 1993 |  | Ein Nachschlagewerk.",
                "Spanner | Corbett, James C. et al. | 2012 | https://s.org | TrueTime.",
            ],
            id="German quotes, full names before a colon",
        ),
        pytest.param(
            ABOVE,
            [
                "Towards a theory of comprehension | Brooks, Ruven | 1983 | https://b.org | Beacons and hypotheses.",
                "Program Comprehension During Maintenance | von Mayrhauser, Anneliese; Vans, A. Marie | 1995 | https://v.org | Integrates both.",
            ],
            id="notes above works",
        ),
        pytest.param(
            ZOTERO,
            [
                "Attention Is All You Need | Vaswani, Ashish; Shazeer, Noam | 2017 | https://a.org | Replaces recurrence.",
                "Pattern Recognition and Machine Learning | Bishop, Christopher M. | 2006 |  | ",
            ],
            id="reports of a reference manager",
        ),
        pytest.param(
            DIVS,
            [
                "On the Criteria | Parnas, D. L. | 1972 | https://p.org | ",
                "The Mythical Man-Month: Essays | Brooks, Jr., Frederick P. | 1995 |  | ",
            ],
            id="fenced divs",
        ),
        pytest.param(
            GROUP,
            [
                "A Unified Approach to Interpreting Predictions | Lundberg, Scott M.; Lee, Su-In | 2017 | https://arxiv.org/abs/1705.07874 | SHAP values.",
                "The Mythos of Model Interpretability | Lipton, Zachary C. | 2018 |  | A taxonomy.",
            ],
            id="dates and presenters",
        ),
        pytest.param(
            WIKI,
            [
                "k-anonymity: A Model for Protecting Privacy | Sweeney, L. | 2002 | https://s.org | See differential privacy.",
                "Membership Inference Attacks | Shokri, R.; Song, C. | 2017 | https://m.org | Shadow models.",
            ],
            id="wiki links",
        ),
        pytest.param(
            LABELS,
            [
                "Hidden Technical Debt | Sculley, D.; Holt, Gary | 2015 | https://h.org | A small part of the system.\n\nCited everywhere.",
                "Rules of Machine Learning | Zinkevich | 2016 | https://z.org | 43 rules.",
            ],
            id="people and year before titles in headings",
        ),
        pytest.param(
            TWICE,
            [
                "On testing non-testable programs | Weyuker, E. J. | 1982 | https://doi.org/10.1093/comjnl/25.4.465 | **What it does.** Names the oracle problem.",
                "An empirical analysis of flaky tests | Luo, Q.; Marinov, D. | 2014 | https://doi.org/10.1145/2635868.2635920 | **What it does.** Root causes.",
            ],
            id="the citation below its heading",
        ),
        pytest.param(
            RECORDS,
            [
                "Causal diagrams | Pearl, Judea | 1995 | https://c.org | The back door.",
                "Statistics and Causal Inference | Holland, Paul W. | 1986 |  | No causation without manipulation.",
            ],
            id="numbered records",
        ),
        pytest.param(
            CELLS,
            [
                "A theory of type polymorphism | Milner, R. | 1978 | https://m.org | presenter: Sam\n\nAlgorithm W",
                "LCF as a programming language | Plotkin, G. D. | 1977 | https://p.org | presenter: Wen\n\nPCF",
            ],
            id="citations in cells",
        ),
        pytest.param(
            BOLD,
            [
                "Guidelines for case study research | Runeson, P.; Höst, M. | 2009 | https://doi.org/10.1007/s10664-008-9102-8 | The checklist.",
                "Preliminary guidelines for research | Kitchenham, B.; Pickard, L. et al. | 2002 |  | Adapts medical guidelines.",
            ],
            id="citations in bold",
        ),
        pytest.param(
            ALONE,
            [
                "Simple Made Easy | Hickey, Rich | 2011 | https://h.org | Useful vocabulary.",
                "The Great Dictionary |  | 2019 | https://d.org | A light introduction.",
            ],
            id="a work without people",
        ),
        pytest.param(
            LOG,
            [
                "The UNIX Time-Sharing System | Ritchie, Dennis M.; Thompson, Ken | 1974 | https://u.org | What I learned: files as byte streams.",
                "Hints for Computer System Design | Lampson, Butler W. | 1983 | https://l.org | What I learned: slogans.",
            ],
            id="titles in bold above lists",
        ),
        pytest.param(
            SHORT,
            [
                "Microservices: yesterday, today, and tomorrow | Dragoni, N.; Giallorenzo, S. | 2017 | https://d.org | History.",
                "On the Definition of Microservice Bad Smells | Taibi, D.; Lenarduzzi, V. | 2018 | https://t.org | Eleven smells.",
            ],
            id="initials without full stops",
        ),
        pytest.param(
            BRACKETS,
            [
                "Explainable Recommendation: A Survey | Zhang, Yongfeng; Chen, Xu | 2020 | https://z.org | Five W's.",
                "Explaining Recommendations: Satisfaction vs. Promotion | Bilgic, Mustafa; Mooney, Raymond J. | 2005 |  | Satisfaction.",
            ],
            id="labels in front of people",
        ),
        pytest.param(
            EXPORT,
            [
                "Language Models are Unsupervised Multitask Learners | Radford, Alec; Wu, Jeffrey | 2019 | https://r.org | Zero-shot from prompts.",
                "Language Models are Few-Shot Learners | Brown, Tom B.; Mann, Benjamin | 2020 | https://b.org | In-context learning.",
            ],
            id="citation keys as headings",
        ),
        pytest.param(
            ACCESSED,
            [
                "Why Most Published Research Findings Are False | Ioannidis, John P. A. | 2005 | https://i.org | He models the probability that a finding is true.",
                "Estimating the Reproducibility of Psychological Science | Open Science Collaboration | 2015 | https://o.org | A group repeated 100 studies.",
            ],
            id="the day of a visit, people that are a group",
        ),
        pytest.param(
            DATED,
            [
                "An Introduction to Software Architecture | Garlan; Shaw | 1993 | https://g.org | In *Advances in Software Engineering*, World Scientific.\n\nA catalogue of styles.",
                "The 4+1 View Model of Architecture | Kruchten | 1995 | https://k.org | Everybody draws it.",
            ],
            id="people and year before titles, venues below",
        ),
        pytest.param(
            PLAN,
            [
                "Reinforcement Learning: An Introduction | Sutton; Barto | 2018 |  | week: 1\n\ntopic: Basics\n\nNotation",
                "Q-learning | Watkins; Dayan | 1992 | https://q.org | week: 2\n\ntopic: Values\n\nProof",
            ],
            id="readings of a plan",
        ),
        pytest.param(
            PEOPLE,
            [
                "LLVM: A Compilation Framework | Lattner, C.; Adve, V. | 2004 | https://l.org | SSA-based.",
                "Formal verification of a realistic compiler | Leroy, X. | 2009 |  | CompCert.",
            ],
            id="people in bold",
        ),
    ],
)
def test_works_facts_and_notes(text: str, expected: list[str]) -> None:
    assert [brief(item) for item in read_bibliography(text).items] == expected


@pytest.mark.parametrize(
    "text",
    [
        SINGLE,
        GERMAN,
        ABOVE,
        DIVS,
        GROUP,
        WIKI,
        LABELS,
        TWICE,
        RECORDS,
        BOLD,
        ALONE,
        SHORT,
        BRACKETS,
        EXPORT,
        ACCESSED,
    ],
)
def test_every_block_has_a_line_in_the_ledger(text: str) -> None:
    starts = {e.line for e in read_bibliography(text).ledger}
    lines = text.splitlines()
    assert [
        line
        for number, line in enumerate(lines, 1)
        if line.strip()
        and not lines[number - 2].strip()
        and number > 1
        and not starts & {number, number + 1}
    ] == []


def test_people_whose_names_begin_beyond_latin_1() -> None:
    text = (
        "# Readings\n\n## Testing\n\nŚliwerski, J., Zimmermann, T., & Zeller, A. (2005). When do changes induce fixes? MSR. https://doi.org/10.1145/1083142.1083147\n\n> The origin.\n\n"
        "Čapek, K., and Šimić, B. (2019). Testing robots in the wild. Robotics Journal. https://example.org/robots\n\n> Short.\n"
    )
    found = [item.citation for item in read_bibliography(text).items]
    assert [(c.authors[0], c.title, c.year) for c in found] == [
        ("Śliwerski, J.", "When do changes induce fixes?", 2005),
        ("Čapek, K.", "Testing robots in the wild", 2019),
    ]
