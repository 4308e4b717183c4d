"""What the links of a collection lead to: findings made of answers, with other addresses of the
same work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from kb.findings import Finding, Severity
from kb.plan.link_answers import Answer
from kb.records import Corpus
from kb.validate.link_form import LinkUse, form_doubt, link_uses

__all__ = ["alternates", "checkable", "link_findings"]


def checkable(corpus: Corpus) -> dict[str, tuple[LinkUse, ...]]:
    """Give the addresses to ask, without their fragments, with where each is used; malformed ones
    are left out.
    """
    found: dict[str, list[LinkUse]] = {}
    for use in link_uses(corpus):
        if urlsplit(use.url).scheme.casefold() in {"http", "https"} and not form_doubt(use.url):
            found.setdefault(use.url.partition("#")[0], []).append(use)
    return {url: tuple(uses) for url, uses in found.items()}


def alternates(corpus: Corpus, work: str, dead: str) -> tuple[tuple[str, str], ...]:
    """Give other addresses of a work as (address, where it is from), the newest semester's first,
    then the entry's own.
    """
    found: dict[str, str] = {}
    for semester in reversed(corpus.semesters):
        for session in semester.sessions:
            for reading in session.readings:
                if reading.work == work and reading.url:
                    found.setdefault(reading.url, semester.id)
    entry = corpus.work(work)
    if entry is not None:
        for url, origin in (
            (entry.url, "its entry"),
            (entry.doi and f"https://doi.org/{entry.doi}", "its DOI"),
            (entry.arxiv and f"https://arxiv.org/abs/{entry.arxiv}", "arXiv"),
        ):
            if url:
                found.setdefault(url, origin)
    return tuple((url, origin) for url, origin in found.items() if url.partition("#")[0] != dead)


def link_findings(
    corpus: Corpus, uses: Mapping[str, tuple[LinkUse, ...]], answers: Mapping[str, Answer]
) -> Iterator[Finding]:
    """Report addresses that lead nowhere (`link-dead`, warning), have moved for good (`link-moved`)
    or gave no clear answer (`link-unclear`, notes).

    Each address is reported once, where it is used first.
    """
    for url, places in uses.items():
        answer = answers.get(url)
        if answer is None or answer.state == "ok":
            continue
        use = places[0]
        more = (
            f", also in {', '.join(f'{p.place.path}:{p.place.line}' for p in places[1:4])}"
            f"{', ...' if len(places) > 4 else ''}"
            if len(places) > 1
            else ""
        )
        subject = f"{url} ({use.kind} {use.label[:60]}{more})"
        code, severity = {
            "dead": ("link-dead", Severity.WARNING),
            "moved": ("link-moved", Severity.NOTE),
        }.get(answer.state, ("link-unclear", Severity.NOTE))
        if answer.state == "moved":
            what, hint = f"{subject} has moved to {answer.final}", f"write {answer.final}"
        else:
            what, hint = (
                f"{subject}: {answer.why}",
                proposal(corpus, use, url, answers)
                if answer.state == "dead"
                else "open it in a browser; many servers turn programs away",
            )
        yield Finding(
            code=code,
            severity=severity,
            path=use.place.path,
            line=use.place.line,
            column=use.place.column,
            key=use.key,
            what=what,
            hint=hint,
        )


def proposal(corpus: Corpus, use: LinkUse, dead: str, answers: Mapping[str, Answer]) -> str:
    """Propose another address of the same work that is not known to be dead; those that answered
    come first.
    """
    known = (
        [
            (url, origin)
            for url, origin in alternates(corpus, use.work, dead)
            if (a := answers.get(url.partition("#")[0])) is None or a.state != "dead"
        ]
        if use.work
        else []
    )
    known.sort(
        key=lambda pair: getattr(answers.get(pair[0].partition("#")[0]), "state", "") != "ok"
    )
    if not known:
        return "look for its new address"
    return "known elsewhere: " + ", ".join(f"{url} ({origin})" for url, origin in known[:3])
