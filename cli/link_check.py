"""The part of `kb check` that asks servers about links."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kb.findings import sort_findings
from kb.plan.link_answers import CACHE_NAME, read_cache, write_cache
from kb.plan.link_reach import ask_all
from kb.plan.links import checkable, link_findings
from kb.text import plural
from kb.validate.corpus import apply_waivers
from kb.validate.link_form import link_uses

if TYPE_CHECKING:
    from kb.findings import Finding
    from kb.validate.corpus import Loaded

__all__ = ["BAR", "LinkProgress", "form_summary", "reach_findings"]

BAR = 24


class LinkProgress:
    """A bar on a terminal's stderr."""

    def __call__(self, host: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            filled = round(done / total * BAR)
            sys.stderr.write(
                f"\r\x1b[2K[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {host[:40]}"
            )
            sys.stderr.flush()

    def clear(self) -> None:
        """Remove the bar."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def form_summary(loaded: Loaded) -> None:
    """Say on stderr how many links there are and how many are malformed or odd."""
    uses = list(link_uses(loaded.corpus))
    wrong = sum(f.code in {"bad-link", "odd-link", "semester-link"} for f in loaded.findings)
    typer.echo(
        f"{plural(len({u.url for u in uses}), 'link')} in {plural(len(uses), 'place')}: "
        f"{wrong or 'none'} malformed or odd; --reach asks their servers",
        err=True,
    )


def reach_findings(loaded: Loaded, root: Path, days: float) -> tuple[Finding, ...]:
    """Ask servers about links, remember the answers, and give findings that are not waived."""
    uses = checkable(loaded.corpus)
    cache = root / CACHE_NAME
    known = {url: answer for url, answer in read_cache(cache, days).items() if url in uses}
    wanted = [url for url in uses if url not in known]
    progress = LinkProgress()
    reached = ask_all(wanted, progress=progress)
    progress.clear()
    if not reached.online:
        typer.echo(
            f"no network: {plural(len(wanted), 'link')} not asked "
            f"for{f', {len(known)} remembered' if known else ''}",
            err=True,
        )
    answers = {**known, **reached.answers}
    if reached.answers:
        write_cache(cache, {**read_cache(cache, 3650), **reached.answers})
    counts = {
        state: sum(a.state == state for a in answers.values())
        for state in ("ok", "moved", "dead", "unclear")
    }
    typer.echo(
        f"{plural(len(uses), 'link')}: {counts['ok']} reached, {counts['moved']} moved, "
        f"{counts['dead']} dead, {counts['unclear']} unclear, "
        f"{len(uses) - len(answers)} not asked ({len(known)} remembered from the last {days:g} "
        "days)",
        err=True,
    )
    kept, _, _ = apply_waivers(
        sort_findings(link_findings(loaded.corpus, uses, answers)), loaded.corpus.waivers
    )
    return kept
