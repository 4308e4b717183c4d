"""Print works as people print them: lists in the forms of templates.txt, and references in citation styles.

Each line comes with a label for every character. Lines come as documents, a few lines of one habit, because
that is how they are met. Everything is drawn from one seed.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import string
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.importers.lines.tokens import read_line

HERE = Path(__file__).parent
Work = dict[str, Any]
Part = tuple[str, str]
"""Text and its label: A people, E editors, T title, C container, P publisher, Y date, N numbers, U address, K link, R remark, O other."""

LATIN = re.compile(r"[A-Za-zÀ-ɏ.’' -]+")
"""Names that may be drawn for another work."""

MONTHS = "Jan Feb. March April May June July Aug. September Oct November Dec.".split()
FORMS = "pdf paper code slides video PDF Paper Code link Link html arXiv arxiv doi website project page blog poster github talk bibtex data demo free online Github Video".split()
HOSTS = "arxiv.org/abs/ arxiv.org/pdf/ dl.acm.org/doi/10.1145/ doi.org/10.1007/ www.usenix.org/system/files/ people.csail.mit.edu/papers/ github.com/user/ openreview.net/forum?id= ieeexplore.ieee.org/document/ medium.com/@x/ en.wikipedia.org/wiki/ www.amazon.com/dp/ link.springer.com/article/ example.org/ www.cs.univ.edu/~x/ www.jstor.org/stable/".split()


def load_works() -> list[Work]:
    """Give the works of which lines are printed."""
    with gzip.open(HERE / "works.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def split_works(works: Sequence[Work]) -> tuple[list[Work], list[Work]]:
    """Give the works to fit with, and every eighth one, which only the benchmark prints."""
    fitted = [w for n, w in enumerate(works) if n % 8]
    return fitted, [w for n, w in enumerate(works) if not n % 8]


@dataclass(frozen=True, slots=True)
class Printed:
    """A line, the label of each of its characters, and the work it names; none for prose."""

    text: str
    labels: str
    work: Work | None
    style: str


@dataclass(slots=True)
class Habit:
    """What somebody does alike in all lines of a list, with a slip now and then."""

    random: random.Random
    slips: float = 0.08
    chosen: dict[str, Any] = field(default_factory=dict)

    def pick(
        self, name: str, options: Sequence[Any], weights: Sequence[float] | None = None
    ) -> Any:
        """Choose one of the options, mostly the one chosen before."""
        if name not in self.chosen or self.random.random() < self.slips:
            choice = self.random.choices(options, weights)[0]
            self.chosen.setdefault(name, choice)
            return choice
        return self.chosen[name]

    def chance(self, name: str, share: float) -> bool:
        """Decide something once for the list, mostly."""
        return bool(self.pick(name, (True, False), (share, 1 - share)))


class Maker:
    """Prints works."""

    def __init__(self, works: Sequence[Work], remarks: Sequence[str], seed: int) -> None:
        self.random = random.Random(seed)
        self.works = works
        self.remarks = remarks
        self.people = [
            n
            for w in works
            for n in w.get("author", ())
            if n[0] and n[1] and len(n[1]) < 20 and len(n[0]) < 25 and LATIN.fullmatch(n[0] + n[1])
        ]
        self.containers = sorted(
            {w["container"] for w in works if 3 < len(w.get("container", "")) < 130}
        )
        self.publishers = sorted(
            {w["publisher"] for w in works if 3 < len(w.get("publisher", "")) < 60}
        )
        self.places = sorted(
            {
                w["place"]
                for w in works
                if 3 < len(w.get("place", "")) < 40 and not re.search(r"\d", w["place"])
            }
        )
        lines = (HERE / "templates.txt").read_text().splitlines()
        forms = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
        self.forms = [form.replace("\\n", "\n") for _, form in forms]
        self.weights = [float(weight) for weight, _ in forms]

    def chance(self, share: float) -> bool:
        """Draw yes or no."""
        return self.random.random() < share

    # Parts of a line

    def year(self, work: Work) -> str:
        """Give a year, mostly the work's own."""
        found = re.search(r"(?:1[5-9]|20)\d\d", work.get("year", ""))
        if found and self.chance(0.5):
            return found[0]
        return str(
            self.random.randint(1985, 2026)
            if self.chance(0.85)
            else self.random.randint(1800, 1984)
        )

    def date(self, work: Work, habit: Habit) -> str:
        """Give a date as lists write it."""
        year, month = self.year(work), self.random.randint(1, 12)
        day, name = self.random.randint(1, 28), self.random.choice(MONTHS)
        form = habit.pick("date", range(9), (60, 2, 2, 2, 1, 1, 1, 1, 1))
        return (
            year, f"{name} {year}", f"{year}/{month:02d}", f"{year}-{month:02d}-{day:02d}", f"{name} {day}, {year}",
            f"{day} {name} {year}", "forthcoming", "n.d.", f"{year}{self.random.choice('abc')}",
        )[form]  # fmt: skip

    def address(self) -> str:
        """Give an address on the web."""
        draw = self.random
        tail = draw.choice(
            [
                f"{draw.randint(1000, 2600)}.{draw.randint(1000, 99999)}",
                "".join(draw.choices(string.ascii_lowercase, k=draw.randint(4, 12)))
                + draw.choice([".pdf", "", ".html"]),
                "-".join(draw.choice(self.works)["title"].lower().split()[:5]),
            ]
        )
        tail = re.sub(r"[^\w./-]", "", tail)
        if self.chance(0.08):
            return f"papers/{tail}"
        return draw.choice(["https://", "https://", "http://"]) + draw.choice(HOSTS) + tail

    def names(self, work: Work, role: str = "author") -> list[list[str]]:
        """Give people: a work's own, or drawn ones."""
        own = [n for n in work.get(role, ()) if n[1]]
        if own and self.chance(0.6):
            return own[:12]
        count = self.random.choice([1, 1, 2, 2, 3, 3, 4, 5, 6, 8])
        drawn = [self.drawn() for _ in range(count)]
        return [*own[: count - 1], *drawn][:count] if own else drawn

    def drawn(self) -> list[str]:
        """Give a person: one there is, or one of two people's names."""
        one, other = self.random.choice(self.people), self.random.choice(self.people)
        return one if self.chance(0.6) else [one[0], other[1], other[2], ""]

    def people_text(self, names: Sequence[Sequence[str]], habit: Habit, role: str = "") -> str:
        """Give people as a list writes them."""
        forms = ("FL", "fL", "tL", "LF", "Lf", "Lt", "Lb", "L", "UF", "Uf", "FU")
        form = habit.pick(f"name{role}", forms, (30, 12, 4, 12, 12, 4, 6, 14, 1, 2, 1))
        first_only = form == "LF" and habit.chance("first inverted", 0.6)
        texts = [name_text(n, "FL" if at and first_only else form) for at, n in enumerate(names)]
        texts = [t for t in texts if t]
        if not texts:
            return ""
        if len(texts) > habit.pick("most", (1, 2, 3, 30), (20, 6, 12, 60)):
            kept = texts[: habit.pick("kept", (1, 2, 3), (4, 1, 1))]
            return ", ".join(kept) + habit.pick(
                "others",
                (" et al.", ", et al.", " et al", " et. al.", " and others", ", et al", " u. a."),
            )
        inverted = form in {"LF", "Lf", "Lt", "UF", "Uf"} and not first_only
        apart = habit.pick(
            "apart",
            ("; ", ", ", "; ", " and ", "/")
            if inverted
            else (", ",) * 8 + ("; ", " and ", " & ", " / "),
        )
        last = (
            habit.pick("last", (" and ", ", and ", " & ", ", & ", apart))
            if apart in {", ", "; "}
            else apart
        )
        return texts[0] if len(texts) == 1 else apart.join(texts[:-1]) + last + texts[-1]

    def title(self, work: Work, habit: Habit) -> str:
        """Give a title, its words small or large as a list has them."""
        text = work["title"].rstrip(" .")
        if self.chance(0.1):
            lead = (
                self.acronym()
                if self.chance(0.5)
                else self.random.choice(self.works)["title"].split()[0].strip(",.:;").capitalize()
            )
            text = f"{lead}: {text}"
        case = habit.pick("case", ("as is", "Title", "sentence"), (56, 22, 22))
        if case == "Title":
            small = set("a an the of in on for and to with from by at as or via is".split())
            text = " ".join(
                w if n and w.lower() in small else w[:1].upper() + w[1:]
                for n, w in enumerate(text.split())
            )
        elif case == "sentence":
            text = text[:1] + re.sub(r"\b([A-Z])([a-z]+)\b", lambda m: m[0].lower(), text[1:])
        if self.chance(0.04) and text[-1:].isalnum():
            text += "?"
        return text.replace("[", "(").replace("]", ")").replace("*", "").replace("_", " ")

    def acronym(self) -> str:
        """Give a name in capitals."""
        draw = self.random
        if self.chance(0.6):
            return "".join(draw.choices(string.ascii_uppercase, k=draw.choice([3, 4, 4, 5, 6])))
        return (
            draw.choice("BCDFGKLMNPRSTV")
            + draw.choice("aeiou")
            + "".join(draw.choices(string.ascii_uppercase, k=3))
        )

    def subject(self) -> str:
        """Give a few words of a title, as names of venues have them."""
        words = [
            w
            for w in re.findall(r"[A-Za-z][a-z]+", self.random.choice(self.works)["title"])
            if len(w) > 3
        ]
        words = [w.capitalize() for w in words[:6]]
        self.random.shuffle(words)
        text = " ".join(words[: self.random.choice([1, 2, 2, 3])]) or "Systems"
        return text + (
            self.random.choice([" and ", ", ", " in ", " for "]) + self.subject()
            if self.chance(0.25)
            else ""
        )

    def conference(self) -> str:
        """Give the name of a conference."""
        draw, number = self.random, self.random.randint(1, 45)
        ending = (
            "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        )
        nth = draw.choice(
            [
                f"{number}{ending}",
                f"{number}{ending}",
                *"First Second Third Fourth Sixth Tenth".split(),
                "",
                "",
                "",
            ]
        )
        lead = draw.choice(
            [
                "",
                "",
                "Proceedings of the",
                "Proceedings of the",
                "Proc. of the",
                "Proc.",
                "Proceedings of",
            ]
        )
        year = draw.choice(["", "", "", str(draw.randint(1980, 2025))])
        body = draw.choice(
            [
                "",
                "",
                "IEEE",
                "ACM",
                "IEEE/ACM",
                "ACM SIGPLAN",
                "USENIX",
                "International",
                "Annual",
                "European",
                "Annual Meeting of the",
            ]
        )
        kind = draw.choice(
            [
                "Conference on",
                "Conference on",
                "International Conference on",
                "Symposium on",
                "Workshop on",
                "International Workshop on",
                "Conf. on",
                "Int. Conf. on",
                "Congress of",
            ]
        )
        text = " ".join(w for w in (lead, year, nth, body, kind, self.subject()) if w)
        if self.chance(0.4):
            text += f" ({self.acronym()}{draw.choice(['', '', chr(39) + str(draw.randint(10, 99)), ' ' + str(draw.randint(1990, 2025))])})"
        return text

    def journal(self) -> str:
        """Give the name of a journal."""
        forms = [
            "Journal of {}",
            "Journal of {}",
            "{}",
            "{} Review",
            "{} Journal",
            "ACM Transactions on {}",
            "IEEE {}",
            "Communications of the {}",
            "International Journal of {}",
            "{} Letters",
            "Annals of {}",
            "Trends in {}",
            "Advances in {}",
            "{} Quarterly",
            "Studies in {}",
            "Review of {}",
            "Zeitschrift für {}",
            "Annual Review of {}",
            "{} Studies",
        ]
        return self.random.choice(forms).format(self.subject())

    def container(self, work: Work) -> str:
        """Give where a work appeared."""
        draw = self.random.random()
        if draw < 0.18:
            return self.conference()
        if draw < 0.3:
            return self.journal()
        if draw < 0.55:
            return self.acronym()
        if draw < 0.61:
            return self.random.choice(
                [
                    "arXiv",
                    "arXiv preprint",
                    "CoRR",
                    "blog post",
                    "Blog",
                    "PhD thesis",
                    "Technical report",
                    "Tech Report",
                    "preprint",
                    "Medium",
                    "Wikipedia",
                    "Nature",
                    "Science",
                ]
            )
        own = work.get("container", "")
        return own if own and len(own) < 130 else self.random.choice(self.containers)

    def numbers(self, habit: Habit) -> str:
        """Give volume, number and pages."""
        draw = self.random
        volume, number, page = draw.randint(1, 130), draw.randint(1, 12), draw.randint(1, 900)
        head = habit.pick("volume", range(9))
        first = (
            f"{volume}({number})",
            f"{volume}",
            f"vol. {volume}, no. {number}",
            f"{volume}.{number}",
            f"{volume}, no. {number}",
            f"{volume} ({number})",
            f"Vol. {volume}",
            f"{volume}:{number}",
            "",
        )[head]
        dash, lead = habit.pick("dash", "-–"), habit.pick("pp", ("", "pp. ", "p. ", "pp "))
        pages = f"{lead}{page}{dash}{page + draw.randint(1, 40)}"
        if self.chance(0.06):
            pages += f", {page + 50}{dash}{page + 60}"
        if not first:
            return pages
        return first + (habit.pick("colon", (", ", ": ", ":")) + pages if self.chance(0.75) else "")

    def remark(self) -> str:
        """Give a few sentences about a work."""
        text = self.random.choice(self.remarks)
        while self.chance(0.45) and len(text) < 500:
            text += " " + self.random.choice(self.remarks)
        if self.chance(0.12):
            more = (
                f"by {name_text(self.drawn(), 'FL')}",
                f"({self.random.randint(1990, 2024)})",
                f"(see {self.drawn()[1]} {self.random.randint(1990, 2024)})",
                f"[here]({self.address()})",
            )
            text = text.rstrip(".") + f" {self.random.choice(more)}."
        if self.chance(0.15):
            text = text[:1].lower() + text[1:]
        return text.rstrip(".") if self.chance(0.15) else text

    def marked_title(self, work: Work, habit: Habit, kinds: str) -> tuple[list[Part], str]:
        """Give a title in its marks, and the stop that stands inside its quotes."""
        text = self.title(work, habit)
        weights = {
            "": 22,
            '"': 6,
            "“": 9,
            "*": 7,
            "_": 2,
            "**": 9,
            "[": 24,
            "**[": 3,
            "[**": 2,
            '"[': 4,
            "“[": 4,
            "*[": 2,
            '["': 1,
            "<a": 2,
            "<b": 1,
            '"**': 1,
            "„": 1,
            "‘": 2,
            "[*": 1,
        }
        options = [k for k in weights if kinds == "any" or k in {'"', "“", "*", "_"}]
        kind = habit.pick(f"mark {kinds}", options, [weights[k] for k in options])
        inner = (
            habit.pick("inner", ("", ".", ",")) if kind[:1] in {'"', "“"} or kind == '["' else ""
        )
        inner = "" if text[-1] in "?!" and inner == "." else inner
        marks = {"“": "”", "„": "“", "‘": "’"}
        link = [("](", "O"), (self.address(), "U"), (")", "O")]
        title = [(text, "T")]
        if kind == "<a":
            return [
                ('<a href="', "O"),
                (self.address(), "U"),
                ('">', "O"),
                *title,
                ("</a>", "O"),
            ], ""
        if kind == "<b":
            return [("<b>", "O"), *title, ("</b>", "O")], ""
        if "[" in kind:
            before, after = kind.split("[")
            close = [(inner, "O"), (marks.get(before[:1], before[::-1]), "O")]
            inside = [(inner if after == '"' else "", "O"), (after[::-1], "O")]
            return [
                (before, "O"),
                ("[", "O"),
                (after, "O"),
                *title,
                *inside,
                *link,
                *(close if before else ()),
            ], inner
        close_mark = "".join(marks.get(c, c) for c in reversed(kind))
        inside = [(inner, "O"), (close_mark, "O")]
        return [(kind, "O"), *title, *inside], inner

    def links(self, habit: Habit) -> list[Part]:
        """Give links to forms of a work."""
        form = habit.pick(
            "links",
            (
                "[[{}]({})]",
                "[{}]({})",
                "([{}]({}))",
                "({})",
                "[{}]",
                "[{}]({}) · ",
                "\\[[{}]({})\\]",
            ),
        )
        found: list[Part] = []
        for _ in range(self.random.choice([1, 1, 1, 2, 2, 3])):
            values = [(self.random.choice(FORMS), "K"), (self.address(), "U")]
            pieces = re.split(r"(\{\})", form)
            found += [values.pop(0) if piece == "{}" else (piece, "O") for piece in pieces]
            found.append((" ", "O"))
        return found[:-1]

    def venue(self, work: Work, habit: Habit, dated: bool) -> list[Part]:
        """Give where a work appeared, with numbers, and its year."""
        mark = habit.pick("venue mark", ("", "*", "_", "**"), (70, 24, 4, 2))
        lead = habit.pick("in", ("", "In ", "in ", "In: ", "In Proceedings of "), (80, 8, 4, 5, 2))
        found: list[Part] = [(lead, "O"), (mark, "O"), (self.container(work), "C"), (mark, "O")]
        if habit.chance("numbered", 0.25):
            found += [(habit.pick("before numbers", (" ", ", ")), "O"), (self.numbers(habit), "N")]
        if self.chance(0.07):
            found += [(", ", "O"), (self.random.choice(self.publishers), "P")]
        if dated:
            year = self.year(work)
            form = habit.pick("venue year", range(6), (30, 26, 20, 5, 8, 8))
            month = self.random.choice(MONTHS)
            found += (
                [(" ", "O"), (year, "Y")], [(", ", "O"), (year, "Y")], [(" (", "O"), (year, "Y"), (")", "O")],
                [("'", "O"), (year[2:], "Y")], [(", ", "O"), (f"{month} {year}", "Y")], [(". ", "O"), (year, "Y")],
            )[form]  # fmt: skip
        return found

    # Lines

    def fill(self, form: str, work: Work, habit: Habit) -> list[Part]:
        """Print a work in a form of templates.txt."""
        form = re.sub(
            r"<<(.*?)>>(?!>)",
            lambda m: habit.pick(m[0] + str(m.start()), re.split(r"(?<!\\)\|", m[1])),
            form,
            flags=re.DOTALL,
        ).replace("\\|", "|")
        found: list[Part] = []
        inner = ""
        for piece in re.split(r"(\{\w\})", form):
            if re.fullmatch(r"\{\w\}", piece):
                parts, inner = self.part(piece[1], work, habit)
                found += parts
            elif inner and piece[:1] in {".", ","}:
                found.append((piece[1:], "O"))  # the stop stands inside the quotes
            else:
                found.append((piece, "O"))
        return found

    def part(self, name: str, work: Work, habit: Habit) -> tuple[list[Part], str]:
        """Give what a letter of a form stands for."""
        if name in "Tq":
            return self.marked_title(work, habit, "any" if name == "T" else "marked")
        if name == "A":
            mark = habit.pick("people mark", ("", "*", "_", "**"), (84, 10, 3, 3))
            return [(mark, "O"), (self.people_text(self.names(work), habit), "A"), (mark, "O")], ""
        made: dict[str, Any] = {
            "E": lambda: self.people_text(self.names(work, "editor")[:3], habit, "editor"),
            "t": lambda: self.title(work, habit),
            "C": lambda: self.container(work),
            "P": lambda: (
                work.get("publisher")
                if 3 < len(work.get("publisher", "")) < 60
                else self.random.choice(self.publishers)
            ),
            "L": lambda: self.random.choice(self.places),
            "Y": lambda: self.date(work, habit),
            "y": lambda: self.year(work),
            "N": lambda: self.numbers(habit),
            "U": self.address,
            "R": self.remark,
        }
        if name in "VW":
            return self.venue(work, habit, name == "W"), ""
        if name == "K":
            return self.links(habit), ""
        return [(made[name](), {"t": "T", "L": "P", "y": "Y"}.get(name, name))], ""

    def listed(self, works: Sequence[Work], form: str = "") -> list[Printed]:
        """Print a list of works in one habit."""
        habit = Habit(self.random)
        form = form or self.random.choices(self.forms, self.weights)[0]
        return [self.listed_line(work, form, habit) for work in works]

    def listed_line(self, work: Work, form: str, habit: Habit) -> Printed:
        """Print one work of a list."""
        if self.chance(0.06):
            form = self.random.choices(self.forms, self.weights)[0]
        found = self.fill(form, work, habit)
        lead = habit.pick(
            "lead",
            (
                "",
                "Required: ",
                "**Reading:** ",
                "Paper: ",
                "See ",
                "Read ",
                "📄 ",
                ":book: ",
                "⭐ ",
            ),
            (80, 1, 1, 1, 1, 1, 1, 1, 1),
        )
        found = [(lead, "O"), *found]
        if habit.chance("has links", 0.22) and "{K}" not in form:
            found += [(" ", "O"), *self.links(habit)]
        if habit.chance("access", 0.05):
            day = f"{self.random.randint(1, 28)} {self.random.choice(MONTHS)} {self.random.randint(2005, 2025)}"
            found.append(
                (
                    habit.pick(
                        "accessed",
                        (
                            " Accessed {}.",
                            " Web. {}.",
                            " [Accessed {}]",
                            " (accessed {}).",
                            " Retrieved {}.",
                            " [Online].",
                            " Print.",
                        ),
                    ).format(day),
                    "O",
                )
            )
        if habit.chance("identifier", 0.05):
            number = self.random.randint(10000, 99999)
            found += [
                (habit.pick("before identifier", (" ", ". ", "\n")), "O"),
                (
                    habit.pick(
                        "scheme",
                        (
                            "doi:10.1145/{}",
                            "https://doi.org/10.1016/j.x.{}",
                            "DOI: 10.1109/{}",
                            "arXiv:2001.{}",
                        ),
                    ).format(number),
                    "U",
                ),
            ]
        if habit.chance("remarks", 0.3) and self.chance(0.85) and "{R}" not in form:
            apart = habit.pick(
                "before remark",
                (" - ", " – ", " — ", ": ", ". ", "\n", "\n\n", "\n  - ", "\n> ", " "),
            )
            found += [(apart, "O"), (self.remark(), "R")]
        text, labels = joined(found)
        return Printed(text, labels, work, "list")

    def prose(self) -> Printed:
        """Print a paragraph that names no work."""
        text = self.remark()
        draw = self.random.random()
        if draw < 0.3:
            lead = ("Note: ", "Please ", "This section: ", "Week 3: ", "Due ", "Discussion: ")
            text = self.random.choice(lead) + text
        elif draw < 0.5:
            role = self.random.choice(("Author", "Instructor", "Contact", "Maintainer", "TA"))
            text = f"{role}: [{name_text(self.drawn(), 'FL')}]({self.address()})"
        elif draw < 0.6:
            text = f"[{self.subject()}](#{self.acronym().lower()})"
        return Printed(text, "R" * len(text), None, "prose")

    # References

    def reference(self, work: Work, engine: Any, style: str, habit: Habit) -> Printed | None:
        """Print a work in a citation style; nothing when its parts cannot be found again."""
        item = self.item(work)
        text = cited(item, engine)
        if text is None:
            return None
        italics = habit.chance("italics", 0.4)
        text = re.sub(r"</?i>", "*" if italics else "", text)
        text = re.sub(r"</?b>", "**" if italics else "", text)
        text = re.sub(r"</?\w+[^<>]*>", "", text).strip()
        labels = aligned(text, item)
        if labels is None:
            return None
        if habit.chance("accessed", 0.04):
            more = f" [Accessed {self.random.randint(1, 28)} {self.random.choice(MONTHS)} {self.random.randint(2005, 2025)}]."
            text, labels = text + more, labels + "O" * len(more)
        if habit.chance("remarks", 0.12):
            apart, remark = (
                habit.pick("before remark", ("\n", "\n\n", " — ", "\n> ", " ")),
                self.remark(),
            )
            text, labels = text + apart + remark, labels + "O" * len(apart) + "R" * len(remark)
        return Printed(text, labels, {**work, "shown": item}, style)

    def item(self, work: Work) -> Work:
        """Give a work as CSL has it, with what it lacks drawn."""
        kind = csl_type(work["type"])
        if kind in {"article-journal", "book"} and self.chance(0.3):
            kind = "paper-conference"
        item: Work = {"id": "x", "type": kind, "title": work["title"].rstrip(" .").replace("*", "")}
        names = [n for n in self.names(work) if n[1]]
        if self.chance(0.97):
            item["author"] = [csl_name(n) for n in names]
        if work.get("editor") and kind in {"chapter", "paper-conference"}:
            item["editor"] = [csl_name(n) for n in work["editor"][:3]]
        if kind in {"article-journal", "paper-conference", "chapter"}:
            own = work.get("container", "")
            item["container-title"] = (
                own
                if own and self.chance(0.65)
                else self.journal()
                if kind == "article-journal"
                else self.conference()
            )
        year = int(self.year(work))
        item["issued"] = {
            "date-parts": [[year, self.random.randint(1, 12)] if self.chance(0.12) else [year]]
        }
        publisher = work.get("publisher", "")
        if not publisher and kind != "article-journal" and self.chance(0.7):
            publisher = self.random.choice(self.publishers)
        if publisher and kind != "article-journal":
            item["publisher"] = publisher
            if self.chance(0.5):
                item["publisher-place"] = work.get("place") or self.random.choice(self.places)
        return {**item, **self.item_numbers(work, kind)}

    def item_numbers(self, work: Work, kind: str) -> Work:
        """Give the numbers and addresses of an item."""
        draw, item = self.random, {}
        if kind == "article-journal":
            item["volume"] = re.sub(r"\D", "", work.get("volume", "")) or str(draw.randint(1, 120))
            if self.chance(0.7):
                item["issue"] = str(draw.randint(1, 12))
        if kind in {"article-journal", "paper-conference", "chapter"} and self.chance(0.85):
            page = draw.randint(1, 2000)
            item["page"] = f"{page}-{page + draw.randint(1, 40)}"
        if self.chance(0.35):
            item["DOI"] = (
                f"10.{draw.randint(1000, 9999)}/{draw.choice(['', 'j.x.'])}{draw.randint(10000, 9999999)}.{draw.randint(1000, 99999)}"
            )
        if self.chance(0.25) or kind == "webpage":
            item["URL"] = self.address()
        if kind in {"thesis", "report"} and self.chance(0.7):
            item["genre"] = draw.choice(
                [
                    "PhD thesis",
                    "Technical report",
                    "Tech. Rep.",
                    "Master’s thesis",
                    "Doctoral dissertation",
                ]
            )
        return item


def joined(parts: Sequence[Part]) -> tuple[str, str]:
    """Give parts as text and labels."""
    return "".join(text for text, _ in parts), "".join(label * len(text) for text, label in parts)


def name_text(name: Sequence[str], form: str) -> str:
    """Give a person's name: F given, L family, f initials, t tight ones, b bare ones, U capitals."""
    given, family, prefix, _ = name
    family = f"{prefix} {family}".strip()
    if not given or family == "others":
        return "" if family == "others" else family
    spaced, tight, bare = (
        initials(given, ".", " "),
        initials(given, ".", ""),
        initials(given, "", ""),
    )
    return {
        "FL": f"{given} {family}", "fL": f"{spaced} {family}", "tL": f"{tight} {family}", "LF": f"{family}, {given}",
        "Lf": f"{family}, {spaced}", "Lt": f"{family}, {tight}", "Lb": f"{family} {bare}", "L": family,
        "UF": f"{family.upper()}, {given}", "Uf": f"{family.upper()}, {spaced}", "FU": f"{given} {family.upper()}",
    }[form]  # fmt: skip


def initials(given: str, dot: str, gap: str) -> str:
    """Give the initials of given names."""
    return gap.join(f"{part[0].upper()}{dot}" for part in re.findall(r"[^\W\d_][\w’'.]*", given))


def csl_name(name: Sequence[str]) -> dict[str, str]:
    """Give a person as CSL has one."""
    if not name[0]:
        return {"literal": name[1]}
    parts = {
        "family": name[1],
        "given": name[0],
        "non-dropping-particle": name[2],
        "suffix": name[3],
    }
    return {k: v for k, v in parts.items() if v}


def csl_type(entry_type: str) -> str:
    """Give the CSL type of a BibTeX type."""
    if "thesis" in entry_type:
        return "thesis"
    return {
        "article": "article-journal", "periodical": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
        "incollection": "chapter", "inbook": "chapter", "techreport": "report", "report": "report", "online": "webpage",
    }.get(entry_type, "book")  # fmt: skip


HIDE = str.maketrans({"<": "‹", ">": "›", "&": "＆"})


def cited(item: Work, engine: Any) -> str | None:
    """Print an item in a style, italics and bold as HTML."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    data = json.loads(json.dumps(item, ensure_ascii=False).translate(HIDE))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            printed = CitationStylesBibliography(engine, CiteProcJSON([data]), formatter.html)
            printed.register(Citation([CitationItem("x")]))
            found = printed.bibliography()
        except Exception:  # citeproc-py cannot print every item in every style
            return None
    if not found:
        return None
    text = str(found[0]).replace("＆", "&").replace("&amp;", "&")
    text = re.sub(r"\.\.+", ".", " ".join(text.split()))
    return re.sub(r"^(?:\[1\]|\(1\)|1\.?)\s*", "", text)


MONTH_WORDS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
NUMBER_WORDS = frozenset("vol no pp p volume issue nr bd s".split())


def folded(text: str) -> str:
    """Give a word for comparison."""
    return text.casefold().replace("'", "’")


class Aligner:
    """Finds the parts of an item again in its printed form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = read_line(text).tokens
        self.low = [folded(t.text) for t in self.tokens]
        self.labels = ["O"] * len(self.tokens)

    def find(self, text: str, label: str, start: int = 0) -> int:
        """Label a run of words; -1 when it is not there."""
        want = [folded(t.text) for t in read_line(text).tokens]
        for at in range(start, len(self.low) - len(want) + 1 if want else 0):
            end = at + len(want)
            if self.low[at:end] == want and all(x == "O" for x in self.labels[at:end]):
                self.labels[at:end] = [label] * len(want)
                return at
        return -1

    def near(self, at: int, label: str) -> bool:
        """Tell whether a label stands within two words."""
        return label in self.labels[max(0, at - 2) : at + 3]

    def dates(self, year: str) -> None:
        """Label the year and the months beside it."""
        for at, word in enumerate(self.low):
            if re.fullmatch(rf"{year}[a-z]?", word) and self.labels[at] == "O":
                self.labels[at] = "Y"
        for at, word in enumerate(self.low):
            if word in MONTH_WORDS and self.labels[at] == "O" and self.near(at, "Y"):
                self.labels[at] = "Y"

    def numbers(self, known: set[str]) -> None:
        """Label addresses and numbers."""
        for at, token in enumerate(self.tokens):
            if "U" in token.marks:
                self.labels[at] = "U"
            elif self.labels[at] == "O" and self.counts(at, known):
                self.labels[at] = "N"

    def counts(self, at: int, known: set[str]) -> bool:
        """Tell whether a word is one of the numbers, or of the words in front of them."""
        word, ahead = self.low[at], "".join(self.low[at + 1 : at + 2])
        if word in NUMBER_WORDS:
            return ahead[:1].isdigit()
        if re.fullmatch(r"\d+(?:[.:/-]\d+)*", word) and self.near(at, "N"):
            return True
        return set(re.findall(r"\w+", word)) <= known and re.search(r"\d", word) is not None

    def people(self, names: Sequence[dict[str, str]], label: str) -> None:
        """Label names: families first, then given names and initials beside them."""
        family = {
            folded(t.text)
            for n in names
            for k in ("family", "literal", "non-dropping-particle", "suffix")
            for t in read_line(n.get(k, "")).tokens
        }
        given = {folded(t.text) for n in names for t in read_line(n.get("given", "")).tokens}
        first = {w[0] for w in given}
        for at, word in enumerate(self.low):
            if self.labels[at] == "O" and word in family:
                self.labels[at] = label
        joins = {"and", "et", "al", "und", "jr", "others"}
        for order in (range(len(self.low)), range(len(self.low) - 1, -1, -1)) * 3:
            for at in order:
                text = self.tokens[at].text
                short = len(text) <= 4 and text.isupper() and self.low[at][0] in first
                beside = label in (self.labels[at - 1 : at] + self.labels[at + 1 : at + 2])
                if (
                    self.labels[at] == "O"
                    and beside
                    and (self.low[at] in given or short or self.low[at] in joins)
                ):
                    self.labels[at] = label


def aligned(text: str, item: Work) -> str | None:
    """Label the characters of a printed item; nothing when title or people are not found."""
    found = Aligner(text)
    start = found.find(item["title"], "T")
    if start < 0:
        return None
    container = item.get("container-title", "")
    if container and found.find(container, "C", start) < 0:
        found.find(container, "C")
    for part in ("publisher", "publisher-place"):
        found.find(item.get(part, ""), "P")
    found.dates(str(item["issued"]["date-parts"][0][0]))
    found.people(item.get("author", ()), "A")
    found.people(item.get("editor", ()), "E")
    found.numbers(
        {n for k in ("volume", "issue", "page") for n in re.findall(r"\w+", item.get(k, ""))}
    )
    if item.get("author") and "A" not in found.labels:
        return None
    return spread(text, found)


def spread(text: str, found: Aligner) -> str:
    """Give labels of words as labels of characters."""
    labels, at = ["O"] * len(text), 0
    for token, label in zip(found.tokens, found.labels, strict=True):
        word = token.text.strip("⟨⟩")
        start = text.find(word, at)
        if start < 0:
            continue
        labels[start : start + len(word)] = [label] * len(word)
        at = start + len(word)
    return "".join(labels)


def documents(
    maker: Maker, styles: Sequence[str], lines: int, share: float
) -> Iterator[list[Printed]]:
    """Give documents: references in styles first, then lists.

    Args:
        lines: how many lines there are to be.
        share: how many of them are references.
    """
    from kb.render.citations import load_style

    per_style = max(1, round(lines * share / max(1, len(styles))))
    made = 0
    for style in styles:
        try:
            engine = load_style(style)
        except Exception:  # some styles are beyond citeproc-py
            continue
        left = per_style
        while left > 0:
            habit = Habit(maker.random)
            count = min(left, maker.random.choice([1, 4, 6, 8]))
            left -= count
            document = [
                maker.reference(maker.random.choice(maker.works), engine, style, habit)
                for _ in range(count)
            ]
            found = [line for line in document if line is not None]
            made += len(found)
            if found:
                yield found
    while made < lines:
        document = maker.listed(
            [maker.random.choice(maker.works) for _ in range(maker.random.choice([1, 1, 3, 5, 8]))]
        )
        if maker.chance(0.35):
            document.insert(maker.random.randint(0, len(document)), maker.prose())
        made += len(document)
        yield document
