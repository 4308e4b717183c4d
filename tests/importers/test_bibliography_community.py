"""Reading logs, wiki pages, lists of bare lines and tables as groups keep them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.importers.bibliography import Item, read_bibliography

RAFT, CHORD = "https://raft.github.io/raft.pdf", "https://pdos.csail.mit.edu/papers/chord.pdf"


def facts(text: str) -> list[tuple[str, tuple[str, ...], int | None, str]]:
    """Give title, people, year and address of every work."""
    return [
        (i.citation.title, i.citation.authors, i.citation.year, i.citation.url)
        for i in read_bibliography(text).items
    ]


def notes(text: str) -> list[str]:
    """Give the note of every work."""
    return [i.note for i in read_bibliography(text).items]


def only(text: str) -> Item:
    """Give the one work of a text."""
    (item,) = read_bibliography(text).items
    return item


BARE = {
    "one family, address behind a dash": (
        "Concrete Problems in AI Safety, Amodei et al., 2016 — https://arxiv.org/abs/1606.06565",
        ("Concrete Problems in AI Safety", ("Amodei",), 2016, "https://arxiv.org/abs/1606.06565"),
    ),
    "families": (
        "The Off-Switch Game, Hadfield-Menell, Dragan, Abbeel, Russell, 2017 — https://arxiv.org/abs/1611.08219",
        (
            "The Off-Switch Game",
            ("Hadfield-Menell", "Dragan", "Abbeel", "Russell"),
            2017,
            "https://arxiv.org/abs/1611.08219",
        ),
    ),
    "a title of two words": (
        "Human Compatible, Stuart Russell, 2019 (book)",
        ("Human Compatible", ("Russell, Stuart",), 2019, ""),
    ),
    "a subtitle with commas": (
        "Superintelligence: Paths, Dangers, Strategies, Nick Bostrom, 2014 (book, optional)",
        ("Superintelligence: Paths, Dangers, Strategies", ("Bostrom, Nick",), 2014, ""),
    ),
    "commas in the title, one family": (
        "Time, Clocks, and the Ordering of Events in a Distributed System, Lamport, CACM 1978",
        (
            "Time, Clocks, and the Ordering of Events in a Distributed System",
            ("Lamport",),
            1978,
            "",
        ),
    ),
    "venue behind one person": (
        "Separation Logic: A Logic for Shared Mutable Data Structures, John C. Reynolds, LICS 2002 [[pdf](https://www.cs.cmu.edu/~jcr/seplogic.pdf)]",
        (
            "Separation Logic: A Logic for Shared Mutable Data Structures",
            ("Reynolds, John C.",),
            2002,
            "https://www.cs.cmu.edu/~jcr/seplogic.pdf",
        ),
    ),
    "a venue and no people": (
        "Trust Region Policy Optimization. ICML 2015. [[paper]](https://arxiv.org/abs/1502.05477) [[video]](https://vimeo.com/113957342)",
        ("Trust Region Policy Optimization", (), 2015, "https://arxiv.org/abs/1502.05477"),
    ),
    "a blog behind the people": (
        "Specification gaming: the flip side of AI ingenuity, Krakovna et al., DeepMind blog, 2020 — https://deepmind.google/x/",
        (
            "Specification gaming: the flip side of AI ingenuity",
            ("Krakovna",),
            2020,
            "https://deepmind.google/x/",
        ),
    ),
}


@pytest.mark.parametrize(("line", "expected"), BARE.values(), ids=BARE.keys())
def test_bare_lines_are_title_people_and_year(
    line: str, expected: tuple[str, tuple[str, ...], int | None, str]
) -> None:
    """A list without marks is one of works when its lines end with people and years."""
    other = "TruthfulQA: Measuring How Models Mimic Human Falsehoods, Lin, Hilton, Evans, 2021 — https://arxiv.org/abs/2109.07958"
    read = facts(
        f"# Reading\n\nIn this order.\n\n* {other}\n* {line}\n* {other.replace('Human', 'Old')}\n"
    )
    assert read[1] == expected
    assert read[0] == (
        "TruthfulQA: Measuring How Models Mimic Human Falsehoods",
        ("Lin", "Hilton", "Evans"),
        2021,
        "https://arxiv.org/abs/2109.07958",
    )


def test_lines_of_people_first_stay_so() -> None:
    """Families in front of a title are its people, whatever the lines look like."""
    read = facts(
        f'# L\n\n- Ongaro & Ousterhout. [In Search of an Understandable Consensus Algorithm]({RAFT}). ATC 2014.\n- Lamport, Leslie. "Time, Clocks, and the Ordering of Events." CACM 1978.\n- Boehm, B. Software Engineering Economics. Prentice Hall, 1981.\n'
    )
    assert [(title, people[0]) for title, people, _, _ in read] == [
        ("In Search of an Understandable Consensus Algorithm", "Ongaro"),
        ("Time, Clocks, and the Ordering of Events", "Lamport, Leslie"),
        ("Software Engineering Economics", "Boehm, B."),
    ]


def test_a_log_by_days_gives_people_and_skips_days_without_work() -> None:
    """A day in front says when a group met; one without a work is no note on the work above."""
    log = (
        f"# Log\n\n## 2021\n\n2021-03-04: [In Search of an Understandable Consensus Algorithm]({RAFT}), Ongaro and Ousterhout, ATC 2014 (led by Priya)\n\n"
        f"2021-03-11: no meeting (spring break)\n\n2021-03-18: [Chord: A Scalable Peer-to-peer Lookup Service]({CHORD}), Stoica et al., SIGCOMM 2001 (led by Tom)\n"
    )
    assert facts(log) == [
        (
            "In Search of an Understandable Consensus Algorithm",
            ("Ongaro", "Ousterhout"),
            2014,
            RAFT,
        ),
        ("Chord: A Scalable Peer-to-peer Lookup Service", ("Stoica",), 2001, CHORD),
    ]
    assert not any("no meeting" in note for note in notes(log))


WIKI = f"""= Databases =

'''Note:''' from the old wiki.

== Classics ==

* [{RAFT} In Search of an Understandable Consensus Algorithm], Diego Ongaro, John Ousterhout, ATC 2014
* [{CHORD} Chord: A Scalable Peer-to-peer Lookup Service], Ion Stoica et al., ''SIGCOMM'' 2001
"""


def test_pages_of_wikis_have_headings_and_links() -> None:
    """`== Section ==` and `[address title]`."""
    read = read_bibliography(WIKI)
    assert (read.title, [s.title for s in read.sections]) == ("Databases", ["Classics"])
    assert facts(WIKI) == [
        (
            "In Search of an Understandable Consensus Algorithm",
            ("Ongaro, Diego", "Ousterhout, John"),
            2014,
            RAFT,
        ),
        ("Chord: A Scalable Peer-to-peer Lookup Service", ("Stoica, Ion",), 2001, CHORD),
    ]


@pytest.mark.parametrize(
    "item",
    [
        pytest.param("* {url}[{title}], {who}, {year}", id="AsciiDoc"),
        pytest.param("* `{title} <{url}>`_, {who}, {year}", id="reStructuredText"),
        pytest.param("* `{title} <{url}>`__ - {who}, {year}", id="anonymous"),
        pytest.param("- [[{url}][{title}]], {who}, {year}", id="Org"),
    ],
)
def test_links_of_other_markup_are_links(item: str) -> None:
    """AsciiDoc, reStructuredText and Org write links in their own ways."""
    text = "# L\n\n" + "\n".join(
        [
            item.format(
                url=RAFT,
                title="In Search of an Understandable Consensus Algorithm",
                who="Diego Ongaro and John Ousterhout",
                year=2014,
            ),
            item.format(
                url=CHORD,
                title="Chord: A Scalable Lookup Service",
                who="Ion Stoica et al.",
                year=2001,
            ),
        ]
    )
    assert facts(text) == [
        (
            "In Search of an Understandable Consensus Algorithm",
            ("Ongaro, Diego", "Ousterhout, John"),
            2014,
            RAFT,
        ),
        ("Chord: A Scalable Lookup Service", ("Stoica, Ion",), 2001, CHORD),
    ]


def test_tables_of_wikis_have_rows() -> None:
    """`{|`, `!`, `|-`, `||`, `|}`."""
    table = f'== Papers ==\n\n{{| class="wikitable sortable"\n|+ Papers\n! Title !! Authors !! Year\n|-\n| [{RAFT} In Search of an Understandable Consensus Algorithm] || Diego Ongaro, John Ousterhout || 2014\n|-\n| [{CHORD} Chord: A Scalable Lookup Service]\n| Ion Stoica et al.\n| 2001\n|}}\n'
    assert facts(table) == [
        (
            "In Search of an Understandable Consensus Algorithm",
            ("Ongaro, Diego", "Ousterhout, John"),
            2014,
            RAFT,
        ),
        ("Chord: A Scalable Lookup Service", ("Stoica, Ion",), 2001, CHORD),
    ]


def test_months_in_tables_and_brackets_are_years() -> None:
    """`2014-06` in a column is the year of the paper, not that of its preprint."""
    table = "# L\n\n| Title | Venue | Date | Code |\n|:--|:-:|:-:|:-:|\n| [**Rich feature hierarchies**](https://arxiv.org/abs/1311.2524) | CVPR | 2014-06 | [GitHub](https://github.com/r/r) |\n"
    assert [y for _, _, y, _ in facts(table)] == [2014]
    led = "# L\n\n- **[arXiv 2022.12]** Constitutional AI: Harmlessness from AI Feedback [[pdf]](https://arxiv.org/abs/2212.08073)\n- **[ICLR 2023]** Self-Consistency Improves Chain of Thought Reasoning [[pdf]](https://arxiv.org/abs/2203.11171)\n"
    assert [(t, a, y) for t, a, y, _ in facts(led)] == [
        ("Constitutional AI: Harmlessness from AI Feedback", (), 2022),
        ("Self-Consistency Improves Chain of Thought Reasoning", (), 2023),
    ]


def test_a_column_of_papers_beside_names_of_datasets_holds_the_titles() -> None:
    """`Name | Paper` with titles in the second; with links there, the first holds them."""
    table = "# L\n\n| Name | Paper | Year | Link |\n|---|---|---|---|\n| COCO | Microsoft COCO: Common Objects in Context | 2014 | [link](https://cocodataset.org/) |\n"
    assert facts(table) == [
        ("Microsoft COCO: Common Objects in Context", (), 2014, "https://cocodataset.org/")
    ]
    assert notes(table) == ["name: COCO"]
    assert facts(
        f"# L\n\n| Name | Paper | Year |\n|---|---|---|\n| Raft Consensus | [pdf]({RAFT}) | 2014 |\n"
    ) == [("Raft Consensus", (), 2014, RAFT)]


def test_kinds_of_works_are_no_people() -> None:
    """`Rich Sutton, blog post, March 2019` has one author."""
    text = f"# Liked\n\nSome.\n\n## The Bitter Lesson\n\n*Rich Sutton, blog post, March 2019* ([link]({RAFT}))\n\nOne page.\n\n## The Lottery Ticket Hypothesis\n\n*Jonathan Frankle and Michael Carbin, ICLR 2019* ([arXiv](https://arxiv.org/abs/1803.03635))\n\nBold.\n"
    assert [(t, a, y) for t, a, y, _ in facts(text)] == [
        ("The Bitter Lesson", ("Sutton, Rich",), 2019),
        ("The Lottery Ticket Hypothesis", ("Frankle, Jonathan", "Carbin, Michael"), 2019),
    ]


def test_surveys_and_quoted_remarks() -> None:
    """`[[survey](...)]` is a form of the work; a remark behind a dash may be a quote."""
    text = "# L\n\n1. **Program Synthesis**  \n   Sumit Gulwani, Oleksandr Polozov  \n   FnT 2017. [[survey](https://x.org/ps.pdf)]\n\n2. **Program Synthesis by Sketching**  \n   Armando Solar-Lezama  \n   PhD Thesis 2008. [[thesis](https://x.org/t.pdf)]\n"
    assert [(u, n) for (_, _, _, u), n in zip(facts(text), notes(text), strict=True)] == [
        ("https://x.org/ps.pdf", ""),
        ("https://x.org/t.pdf", ""),
    ]
    assert (
        only(
            '# L\n\nPaul Holland (1986). [Statistics and Causal Inference](https://x.org/h). JASA. — "no causation without manipulation"\n'
        ).note
        == "no causation without manipulation"
    )


def test_what_stands_behind_a_list_is_about_no_item_of_it() -> None:
    """A closing sentence is prose; where every item has a paragraph, they are notes."""
    works = [
        f"- [In Search of an Understandable Consensus Algorithm]({RAFT}), Diego Ongaro, ATC 2014 (optional)\n",
        f"- [Chord: A Scalable Lookup Service]({CHORD}), Ion Stoica et al., SIGCOMM 2001 (led by Tom)\n",
    ]
    assert notes(
        f"# L\n\nRead these.\n\n{''.join(works * 2)}{''.join(works)}\nIf you have one hour, read the first.\n"
    )[-2:] == ["optional", "led by Tom"]
    assert notes(f"# L\n\n{works[0]}\nShort and good.\n\n{works[1]}\nLong and good.\n") == [
        "optional\n\nShort and good.",
        "led by Tom\n\nLong and good.",
    ]


def test_venues_are_names_alone() -> None:
    """Who led a discussion, years and dashes are no part of them."""
    text = f'# L\n\n- [In Search of an Understandable Consensus Algorithm]({RAFT}), Diego Ongaro and John Ousterhout, ATC 2014 (led by Priya)\n- Chord: A Scalable Lookup Service, Stoica et al., 2001 — {CHORD}\n- Claessen & Hughes. "QuickCheck: A Lightweight Tool." ICFP 2000.\n'
    assert [i.citation.venue for i in read_bibliography(text).items] == ["ATC", "", "ICFP"]


def test_a_note_on_a_work_that_is_there_is_told_and_not_lost_silently(tmp_path: Path) -> None:
    """A second list's note on a known work gets its line; the same list read again says nothing new."""
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    line = f"- [In Search of an Understandable Consensus Algorithm]({RAFT}), Diego Ongaro, ATC 2014\n  - "
    first.write_text(f"# L\n\n## Papers\n\n{line}Read it first.\n", encoding="utf-8")
    second.write_text(f"# L\n\n## Papers\n\n{line}Clear and complete.\n", encoding="utf-8")
    runs = [
        CliRunner()
        .invoke(app, ["import", "bibliography", str(path), "--source", str(tmp_path)])
        .stdout
        for path in (first, first, second)
    ]
    assert ["note not taken: ongaro2014search" in out for out in runs] == [False, False, True]
    assert "Clear and complete." in runs[2]


def test_families_in_front_of_a_title_in_italics_are_people() -> None:
    """`Bacchelli and Bird, *Title*, ICSE 2013 ([pdf](...))` and one family alone."""
    text = "# L\n\n* Bacchelli and Bird, *Expectations of Modern Code Review*, ICSE 2013 ([pdf](https://x.org/1))\n\n    Knowledge transfer.\n\n* Fagan, *Design and Code Inspections to Reduce Errors*, IBM Systems Journal 1976 ([ieee](https://x.org/2))\n\n* Bosu, Greiler, Bird, *Characteristics of Useful Code Reviews*, MSR 2015\n"
    assert [(t, a, y) for t, a, y, _ in facts(text)] == [
        ("Expectations of Modern Code Review", ("Bacchelli", "Bird"), 2013),
        ("Design and Code Inspections to Reduce Errors", ("Fagan",), 1976),
        ("Characteristics of Useful Code Reviews", ("Bosu", "Greiler", "Bird"), 2015),
    ]
    assert notes(text)[0] == "Knowledge transfer."


def test_families_full_stop_title_full_stop() -> None:
    """`Yin. Title. Sage, 2014.`, also in bold, with a remark or an address behind."""
    text = (
        "# L\n\n## A\n\n+ **Wohlin et al. Experimentation in Software Engineering. Springer, 2012.** The standard text.\n"
        "+ Kitchenham et al. Preliminary guidelines for empirical research. TSE 28(8), 2002. <https://doi.org/10.1109/TSE.2002.1027796>\n"
        "+ Yin. Case Study Research: Design and Methods. Sage, 2014. Any edition will do.\n"
        "+ Braun and Clarke. Using thematic analysis in psychology. Qualitative Research in Psychology 3(2), 2006.\n"
    )
    assert facts(text) == [
        ("Experimentation in Software Engineering", ("Wohlin",), 2012, ""),
        (
            "Preliminary guidelines for empirical research",
            ("Kitchenham",),
            2002,
            "https://doi.org/10.1109/TSE.2002.1027796",
        ),
        ("Case Study Research: Design and Methods", ("Yin",), 2014, ""),
        ("Using thematic analysis in psychology", ("Braun", "Clarke"), 2006, ""),
    ]
    assert notes(text) == ["The standard text.", "", "Any edition will do.", ""]


def test_the_day_a_preprint_came_is_not_the_year_of_the_paper() -> None:
    """`ICLR 2021 ... 06 Oct 2020` is of 2021; a day alone dates the work."""
    text = "# L\n\n**Denoising Diffusion Implicit Models**  \n*Jiaming Song, Chenlin Meng*  \nICLR 2021. [[Paper](https://arxiv.org/abs/2010.02502)]  \n06 Oct 2020\n\n**Classifier-Free Diffusion Guidance**  \n*Jonathan Ho, Tim Salimans*  \n[[Paper](https://arxiv.org/abs/2207.12598)]  \n26 Jul 2022\n"
    assert [(a, y) for _, a, y, _ in facts(text)] == [
        (("Song, Jiaming", "Meng, Chenlin"), 2021),
        (("Ho, Jonathan", "Salimans, Tim"), 2022),
    ]


def test_people_end_where_the_venue_in_italics_begins() -> None:
    """`et al. *QANSWER*` and `O'Toole Jr. *SOSP 1995*`; names with `y` stay whole."""
    text = "# L\n\n- [The Talavera Manifesto](https://x.org/1) - Mario Piattini et al. *QANSWER*, 2020.\n- **Exokernel: An Architecture**. Dawson R. Engler, James O'Toole Jr. *SOSP 1995*. [[pdf]](https://x.org/2)\n- [Communication-Efficient Learning](https://x.org/3), Eider Moore, Blaise Agüera y Arcas, AISTATS 2017\n- *The Data Book* (Kleppmann, O'Reilly 2017)\n"
    assert [(a, y) for _, a, y, _ in facts(text)] == [
        (("Piattini, Mario",), 2020),
        (("Engler, Dawson R.", "O'Toole, Jr., James"), 1995),
        (("Moore, Eider", "Agüera y Arcas, Blaise"), 2017),
        (("Kleppmann",), 2017),
    ]
    assert read_bibliography(text).items[0].citation.et_al


def test_headings_of_notes_in_bold_stay_in_the_note() -> None:
    """`**What I liked**` below each work is no section."""
    work = "## 2023-05-0{0} — LoRA Number {0} of Large Models\n\nLink: https://x.org/{0}\nAuthors: Edward J. Hu, Phillip Wallis, et al. (Microsoft)\nVenue: ICLR 2022\n\n**TL;DR** Freeze the weights.\n\n**What I liked**\n\n- Simple {0}\n\n**Questions**\n\n- Which layers?\n\n"
    text = "# Notes\n\n" + "".join(work.format(n) for n in (1, 2, 3))
    assert [(t, a, y) for t, a, y, _ in facts(text)] == [
        (f"LoRA Number {n} of Large Models", ("Hu, Edward J.", "Wallis, Phillip"), 2022)
        for n in (1, 2, 3)
    ]
    assert all(
        f"Simple {n}" in note and "Which layers?" in note for n, note in enumerate(notes(text), 1)
    )


def test_months_and_weeks_in_front_of_linked_titles_in_headings() -> None:
    """`#### January: [Title](...)`."""
    text = f"# Group\n\n## 2019\n\n#### January: [In Search of an Understandable Consensus Algorithm]({RAFT})\nDiego Ongaro and John Ousterhout, ATC 2014\n\n#### Week 2 - [Chord: A Scalable Lookup Service]({CHORD})\nIon Stoica, David Karger, SIGCOMM 2001\n"
    assert [(t, y) for t, _, y, _ in facts(text)] == [
        ("In Search of an Understandable Consensus Algorithm", 2014),
        ("Chord: A Scalable Lookup Service", 2001),
    ]


def test_sections_of_named_links_in_a_list_of_citations_hold_works() -> None:
    """Datasets and tools with a link and a word about them, in a section of their own; a list of contents holds none."""
    text = "# L\n\n- [Papers](#papers)\n- [Datasets](#datasets)\n\n## Papers\n\n* Dwork, Hardt, Zemel, [Fairness Through Awareness](https://x.org/1), ITCS 2012\n* Hardt, Price, Srebro, [Equality of Opportunity in Learning](https://x.org/2), NIPS 2016\n* Kusner, Loftus, [Counterfactual Fairness](https://x.org/3), NIPS 2017\n\n## Datasets\n\n* [Adult](https://x.org/4) - census income\n* [COMPAS](https://x.org/5) - recidivism scores\n"
    assert [t for t, _, _, _ in facts(text)] == [
        "Fairness Through Awareness",
        "Equality of Opportunity in Learning",
        "Counterfactual Fairness",
        "Adult",
        "COMPAS",
    ]
    assert notes(text)[3:] == ["census income", "recidivism scores"]


def test_a_lone_family_behind_the_facts_is_a_person_where_others_are() -> None:
    """`(POPL '96) — Steensgaard` beside `— Bravenboer & Smaragdakis`; elsewhere a word behind a dash is a note."""
    title = "[Points-to analysis in almost linear time](https://x.org/{})"
    people = f"# L\n\n1. {title.format(1)} (POPL '96) — Steensgaard\n2. {title.format(2)} (OOPSLA '09) — Bravenboer & Smaragdakis\n3. {title.format(3)} (POPL '77) — Cousot & Cousot\n"
    assert [a for _, a, _, _ in facts(people)] == [
        ("Steensgaard",),
        ("Bravenboer", "Smaragdakis"),
        ("Cousot", "Cousot"),
    ]
    assert (
        notes(
            f"# L\n\n1. {title.format(1)} (POPL '96) — Recommended\n2. {title.format(2)} (OOPSLA '09)\n"
        )[0]
        == "Recommended"
    )


def test_rows_without_a_meeting_are_no_works() -> None:
    """`no meeting`, `TBD`, `break` get a line each."""
    read = read_bibliography(
        f"# L\n\n| Date | Presenter | Paper | Code / data |\n|---|---|---|---|\n| Jan 19 | Dana | Ongaro et al. [In Search of an Algorithm]({RAFT}). ATC 2014 | [site](https://x.org) |\n| Feb 9 | - | *no meeting* | |\n| Mar 2 | | Spring break | |\n| Mar 16 | Felix | TBD | |\n"
    )
    assert [i.citation.title for i in read.items] == [
        "In Search of an Algorithm"
    ] and "site" not in read.items[0].note
    assert sum(e.what == "row without a title" for e in read.ledger) == 3


def test_records_of_labelled_lines_begin_with_the_paper() -> None:
    """`Paper: Title`, `By:`, `Where:`, `Link:`, `Comment:`."""
    text = "# L\n\nPaper: Technical Debt: From Metaphor to Theory and Practice\nBy: Philippe Kruchten, Robert L. Nord\nWhere: IEEE Software 2012\nLink: https://x.org/1\nComment: the landscape figure!\n\nPaper: An Exploratory Study on Self-Admitted Debt\nBy: Aniket Potdar, Emad Shihab\nWhere: ICSME 2014\nLink: https://x.org/2\n"
    assert facts(text) == [
        (
            "Technical Debt: From Metaphor to Theory and Practice",
            ("Kruchten, Philippe", "Nord, Robert L."),
            2012,
            "https://x.org/1",
        ),
        (
            "An Exploratory Study on Self-Admitted Debt",
            ("Potdar, Aniket", "Shihab, Emad"),
            2014,
            "https://x.org/2",
        ),
    ]
    assert notes(text) == ["the landscape figure!", ""]


def test_names_of_venues_below_a_title_are_no_people() -> None:
    """`BlackboxNLP 2019` in the list below a work with people."""
    text = "# L\n\n- **What Does BERT Look At?**\n  - Kevin Clark, Omer Levy\n  - BlackboxNLP 2019\n  - https://x.org/1\n- **Attention is not Explanation**\n  - Sarthak Jain, Byron C. Wallace\n  - NAACL 2019\n  - https://x.org/2\n"
    assert [(y, u) for _, _, y, u in facts(text)] == [
        (2019, "https://x.org/1"),
        (2019, "https://x.org/2"),
    ]


def test_lines_of_a_log_are_apart_without_marks() -> None:
    """`10/02 - [Title](...) (People, Venue) - Lin`, line by line."""
    log = f"# Group\n\n## Fall\n\n10/02 - [In Search of an Understandable Consensus Algorithm]({RAFT}) (Ongaro and Ousterhout, ATC 2014) - Lin\n10/09 - no meeting (deadline)\n10/16 - [Chord: A Scalable Lookup Service]({CHORD}) (Stoica et al., SIGCOMM 2001) - Omar\n"
    assert facts(log) == [
        (
            "In Search of an Understandable Consensus Algorithm",
            ("Ongaro", "Ousterhout"),
            2014,
            RAFT,
        ),
        ("Chord: A Scalable Lookup Service", ("Stoica",), 2001, CHORD),
    ]
    assert notes(log) == ["Lin", "Omar"]


def test_links_to_watch_and_listen_are_addresses() -> None:
    """`[watch]`, `[read online]`, and years such as `SREcon14`."""
    text = "# L\n\n- **Keys to Reliability** - Ben Treynor (SREcon14) [watch](https://x.org/1)\n- **Site Reliability Engineering** - Betsy Beyer, Chris Jones (O'Reilly, 2016) [read online](https://x.org/2)\n- **Calculus of Availability** - Ben Treynor, Mike Dahlin (ACM Queue, 2017) [listen](https://x.org/3)\n"
    assert [(a[0], y, u) for _, a, y, u in facts(text)] == [
        ("Treynor, Ben", 2014, "https://x.org/1"),
        ("Beyer, Betsy", 2016, "https://x.org/2"),
        ("Treynor, Ben", 2017, "https://x.org/3"),
    ]
    assert notes(text) == ["", "", ""]


def test_people_and_venue_in_italics_may_stand_behind_the_note() -> None:
    """`[Title](...): What it says. *Families. Venue 2021*`; people to follow are no works."""
    text = "# L\n\n## Papers\n\n- [Confident Learning of Labels](https://arxiv.org/abs/1911.00068): Finds label errors by counting. *Northcutt, Jiang, Chuang. JAIR 2021*\n- [A Recipe for Training Networks](https://x.org/2): Become one with the data. *Andrej Karpathy, 2019*\n\n## People to follow\n\n- [Andrew Ng](https://twitter.com/a)\n- [Curtis Northcutt](https://twitter.com/b)\n"
    assert [(t, a, y) for t, a, y, _ in facts(text)] == [
        ("Confident Learning of Labels", ("Northcutt", "Jiang", "Chuang"), 2021),
        ("A Recipe for Training Networks", ("Karpathy, Andrej",), 2019),
    ]
    assert notes(text) == ["Finds label errors by counting.", "Become one with the data."]


def test_the_day_of_a_meeting_is_not_the_year_of_the_work_in_a_table() -> None:
    """A column of dates beside whole citations; vancouver names before bold titles take the year of theirs."""
    table = f"# L\n\n| Date | Paper | Lead |\n|---|---|---|\n| 5 Oct 2018 | Diego Ongaro and John Ousterhout. [In Search of an Algorithm]({RAFT}). ATC 2014. | Mei |\n"
    assert facts(table) == [
        ("In Search of an Algorithm", ("Ongaro, Diego", "Ousterhout, John"), 2014, RAFT)
    ]
    bold = "# L\n\n| Year | Paper | TL;DR |\n|---|---|---|\n| 2021 | Schölkopf B, Locatello F, et al. **Toward Causal Representation Learning**. Proc. IEEE. [[arXiv](https://arxiv.org/abs/2102.11107)] | Why |\n"
    assert facts(bold) == [
        (
            "Toward Causal Representation Learning",
            ("Schölkopf, B.", "Locatello, F."),
            2021,
            "https://arxiv.org/abs/2102.11107",
        )
    ]


def test_names_of_systems_in_brackets_stand_in_front_of_titles() -> None:
    """`[Raft] In Search of ...` in headings and list items."""
    text = f"# L\n\n#### [Raft] In Search of an Understandable Algorithm (2014)\n*tags: consensus*\n[paper]({RAFT})\n\nIt shows.\n\n#### [Chord] Chord: A Scalable Lookup Service (2001)\n*tags: lookup*\n[paper]({CHORD})\n\nRings.\n"
    assert [(t, y) for t, _, y, _ in facts(text)] == [
        ("In Search of an Understandable Algorithm", 2014),
        ("Chord: A Scalable Lookup Service", 2001),
    ]
    assert [
        t
        for t, _, _, _ in facts(
            f"# L\n\n- [Raft] In Search of an Understandable Algorithm [[paper]]({RAFT})\n- [Chord] A Scalable Lookup Service [[paper]]({CHORD})\n"
        )
    ] == ["In Search of an Understandable Algorithm", "A Scalable Lookup Service"]


def test_paragraphs_with_pictures_and_quoted_titles_are_works() -> None:
    """A pictogram in front of each title in bold and quotes."""
    text = f'# L\n\n🔖 **"In Search of an Understandable Algorithm"** — Ongaro, Ousterhout (2014) · [pdf]({RAFT}) · ⭐⭐⭐⭐\nClear.\n\n🔖 **"Chord: A Scalable Lookup Service"** — Stoica et al. (2001) · [pdf]({CHORD}) · unread\n'
    assert facts(text) == [
        ("In Search of an Understandable Algorithm", ("Ongaro", "Ousterhout"), 2014, RAFT),
        ("Chord: A Scalable Lookup Service", ("Stoica",), 2001, CHORD),
    ]
    assert notes(text)[0].endswith("Clear.")


def test_sentences_with_years_are_notes() -> None:
    """`He saw it coming in 1966.` is no venue."""
    text = "# L\n\n1. [The Next 700 Programming Languages](https://x.org/1), Peter Landin. He saw it coming in 1966.\n2. [The Early History of Smalltalk](https://x.org/2), Alan Kay. HOPL 1993. Messages, not objects!\n"
    assert notes(text) == ["He saw it coming in 1966.", "Messages, not objects!"]
    assert [a for _, a, _, _ in facts(text)] == [("Landin, Peter",), ("Kay, Alan",)]


def test_chapters_in_plain_text_are_sections() -> None:
    """`Chapter 2: Architecture` between lists is no note, and publishers are no people."""
    text = 'FURTHER READING\n===============\n\nChapter 1: Requirements\n\n  * Pamela Zave and Michael Jackson, "Four Dark Corners of Requirements", TOSEM 6(1), 1997.\n  * Axel van Lamsweerde, "Goal-Oriented Requirements Engineering", RE 2001.\n\nChapter 2: Architecture\n\n  * Dewayne Perry and Alexander Wolf, "Foundations for Architecture", SEN 17(4), 1992.\n  * Len Bass, Paul Clements and Rick Kazman, Software Architecture in Practice, Addison-Wesley, 2012.\n'
    read = read_bibliography(text)
    assert [s.title for s in read.sections] == [
        "Chapter 1: Requirements",
        "Chapter 2: Architecture",
    ]
    assert not any(n for n in notes(text)) and not any(
        "Addison" in name for _, a, _, _ in facts(text) for name in a
    )


def test_books_go_by_people_title_publisher_year() -> None:
    """Full names, then a title without marks, a publisher or venue and a year; what follows is the note."""
    text = (
        "# L\n\n## A\n\n* Len Bass, Paul Clements and Rick Kazman, Software Architecture in Practice, Addison-Wesley, 2012.\n* Fred Brooks, The Mythical Man-Month, Addison-Wesley, 1975.\n"
        "* Erich Gamma, Richard Helm, Ralph Johnson, and John Vlissides, Design Patterns: Elements of Reusable Object-Oriented Software, Addison-Wesley 1994. Look things up in it.\n"
        "* Robert C. Martin, Clean Code, Prentice Hall, 2008\n* Martin Kleppmann, Designing Data-Intensive Applications (O'Reilly, 2017)\n* Sam Newman: Building Microservices, O'Reilly, 2021\n"
        "* Nicole Forsgren, Jez Humble, Gene Kim: Accelerate. IT Revolution Press, 2018\n"
    )
    expected = [
        (
            "Software Architecture in Practice",
            ("Bass, Len", "Clements, Paul", "Kazman, Rick"),
            2012,
        ),
        ("The Mythical Man-Month", ("Brooks, Fred",), 1975),
        (
            "Design Patterns: Elements of Reusable Object-Oriented Software",
            ("Gamma, Erich", "Helm, Richard", "Johnson, Ralph", "Vlissides, John"),
            1994,
        ),
        ("Clean Code", ("Martin, Robert C.",), 2008),
        ("Designing Data-Intensive Applications", ("Kleppmann, Martin",), 2017),
        ("Building Microservices", ("Newman, Sam",), 2021),
        ("Accelerate", ("Forsgren, Nicole", "Humble, Jez", "Kim, Gene"), 2018),
    ]
    assert [(t, a, y) for t, a, y, _ in facts(text)] == expected
    assert notes(text) == ["", "", "Look things up in it.", "", "", "", ""]
    assert [(t, a, y) for t, a, y, _ in facts(text.replace("* ", "\n"))] == expected


def test_people_and_places_without_a_title_are_no_work() -> None:
    """`Jane Doe and John Roe, Proceedings of ICSE, 2019` below a heading names nothing itself."""
    text = "# L\n\n## Papers\n\nSome words.\n\nJane Doe and John Roe, Proceedings of ICSE, 2019\n\nAnn Lee, Bob Ray, Carnegie Mellon University, 2020\n"
    assert not {"Proceedings of ICSE", "Bob Ray", "Carnegie Mellon University"} & {
        t for t, _, _, _ in facts(text)
    }


def test_headings_are_works_where_people_and_a_place_stand_below() -> None:
    """`### Title`, then `Jane Doe and John Roe, Proceedings of ICSE, 2019`, then what is said."""
    text = "# L\n\n## Papers\n\n### A Great Title About Systems\n\nJane Doe and John Roe, Proceedings of ICSE, 2019\n\nIt says much.\n\n### Another Title About Testing\n\nAnn Lee, Bob Ray, FSE 2020\n\nGood.\n"
    assert [(t, a, y) for t, a, y, _ in facts(text)] == [
        ("A Great Title About Systems", ("Doe, Jane", "Roe, John"), 2019),
        ("Another Title About Testing", ("Lee, Ann", "Ray, Bob"), 2020),
    ]
    assert notes(text) == ["It says much.", "Good."]
