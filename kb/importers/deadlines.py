"""Rows that say only what is due or what is read: they go with the class of that day, else they are events."""

from __future__ import annotations

from dataclasses import replace

from kb.importers.drafts import DraftDeliverable, DraftSession
from kb.importers.ledger import Fate, LedgerEntry
from kb.records import Kind
from kb.text import title_key

__all__ = ["settle"]


def settle(sessions: list[DraftSession], ledger: list[LedgerEntry]) -> list[DraftSession]:
    """Give the sessions, rows without topic joined to their class: what has no date to the row above, what is due to the class of that day.

    What is due on a day without class becomes an event of its own, in order of dates.
    """
    settled: list[DraftSession] = []
    late: list[DraftSession] = []
    for session in sessions:
        bare = session.kind is Kind.LECTURE and not (
            session.topics or session.title or session.materials or session.note
        )
        if (
            bare
            and session.day is None
            and not session.tbd
            and settled
            and (session.deliverables or session.readings)
        ):
            settled[-1] = joined(settled[-1], session, ledger)
        elif bare and session.day and session.deliverables and not session.readings:
            late.append(session)
        else:
            settled.append(session)
    for session in late:
        at = next(
            (
                n
                for n, s in enumerate(settled)
                if s.day == session.day
                and (n + 1 == len(settled) or settled[n + 1].day is not None)
            ),
            -1,
        )
        if at >= 0:
            settled[at] = joined(settled[at], session, ledger)
            continue
        event = replace(
            session,
            kind=Kind.EVENT,
            title=", ".join(
                f"{d.code + ': ' if d.code else ''}{d.title}" for d in session.deliverables
            )
            + " due",
        )
        before = max(
            (n for n, s in enumerate(settled) if s.day and session.day and s.day <= session.day),
            default=-1,
        )
        while (
            0 <= before < len(settled) - 1
            and settled[before + 1].day is None
            and not settled[before + 1].tbd
        ):
            before += 1
        settled.insert(before + 1, event)
    return settled


def joined(session: DraftSession, more: DraftSession, ledger: list[LedgerEntry]) -> DraftSession:
    """Give a session with what a further row says is due and read; what is said twice is told."""
    added: list[DraftDeliverable] = []
    for found in more.deliverables:
        known = {title_key(f"{d.code} {d.title}") for d in session.deliverables} | {
            title_key(d.code) for d in session.deliverables if d.code
        }
        said = title_key(f"{found.code} {found.title}")
        if said in known or title_key(found.code or found.title.partition(":")[0]) in known:
            ledger.append(
                LedgerEntry(
                    line=more.line,
                    fate=Fate.UNCHANGED,
                    what="due on that day already",
                    text=found.title,
                )
            )
        else:
            added.append(found)
    ledger.append(
        LedgerEntry(
            line=more.line,
            fate=Fate.IMPORTED,
            what=f"added to the row of {session.day or 'the class above'}",
            text=", ".join([*(d.title for d in added), *(r.title for r in more.readings)]),
        )
    )
    groups = max((r.group for r in session.readings if r.group is not None), default=0)
    readings = tuple(
        replace(r, group=r.group + groups) if r.group is not None else r for r in more.readings
    )
    return replace(
        session,
        deliverables=(*session.deliverables, *added),
        readings=(*session.readings, *readings),
    )
