"""Ask registries about the works of a collection, and write what a person accepted of it."""

from __future__ import annotations

from pathlib import Path

import typer

from cli.building import Progress
from cli.editing import carry_out, file_with
from kb.edit.bib import set_field
from kb.findings import Finding, Severity
from kb.registries.client import CACHE_NAME, Client
from kb.registries.proposals import (
    FILE_NAME,
    Proposal,
    ask_registries,
    read_confirmed,
    write_proposals,
)
from kb.text import plural
from kb.validate.corpus import Loaded

__all__ = ["apply_confirmed", "registry_findings"]


def registry_findings(loaded: Loaded, root: Path) -> tuple[Finding, ...]:
    """Ask registries about every work; differences become notes, and proposals in a file."""
    progress = Progress()
    with Client(cache=root / CACHE_NAME) as client:
        asked = ask_registries(client, loaded.corpus, progress)
        requests = client.asked
    progress.clear()
    total = len(loaded.corpus.works)
    typer.echo(
        f"asked about {asked.looked_up} of {plural(total, 'work')}, {plural(requests, 'request')}",
        err=True,
    )
    if asked.offline:
        typer.echo(f"stopped: {asked.offline}; run it again later, nothing is lost", err=True)
    if asked.proposals:
        write_proposals(root / FILE_NAME, asked.proposals)
        typer.echo(
            f"{plural(len(asked.proposals), 'proposal')} in {FILE_NAME}: set `accept: yes` where "
            "they are right, then run `kb check --fix`",
            err=True,
        )
    return tuple(map(finding_of, asked.proposals))


def finding_of(proposal: Proposal) -> Finding:
    """Give a proposal as a note about the entry."""
    said = f"is {proposal.ours!r}" if proposal.ours else "is missing"
    return Finding(
        code="registry-differs" if proposal.ours else "registry-knows",
        severity=Severity.NOTE,
        path=proposal.path,
        line=proposal.line,
        key=proposal.key,
        field=proposal.field,
        what=f"{proposal.field} {said}; {proposal.source} has {proposal.registered!r}",
        hint=f"accept it in {FILE_NAME}, or leave it",
    )


def apply_confirmed(root: Path) -> None:
    """Write the accepted proposals into their entries; every other byte stays as it is."""
    confirmed = read_confirmed(root / FILE_NAME)
    for proposal in confirmed:
        file = file_with(root, proposal.key)
        text = set_field(file.text, proposal.key, proposal.field, proposal.registered)
        change = file.change(text)
        carry_out([change] if change else [], False, f"{proposal.key}: {proposal.field} is so")
    if not confirmed:
        typer.echo(f"nothing is accepted in {FILE_NAME}; `kb check --online` writes it", err=True)
