"""Which questions of the bank are fresh for a semester."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.lists.quizzes import QuizSheet, with_prompts
from kb.views.bank import BankPrompt
from kb.views.models import PromptView, ReadingView

__all__ = ["fresh_sheets"]


def fresh_sheets(
    sheets: tuple[QuizSheet, ...], bank: tuple[BankPrompt, ...], semester: str
) -> tuple[tuple[QuizSheet, ...], tuple[str, ...]]:
    """Give quizzes whose questions were not asked for two years, where the bank has some.

    Returns:
        The sheets, and a sentence for each question that was replaced or could not be.
    """
    by_id = {b.prompt.id: b for b in bank}
    taken = {p.id for s in sheets for p in s.prompts}
    result, notes = [], []
    for sheet in sheets:
        chosen = []
        for prompt in sheet.prompts:
            other = prompt
            known = by_id.get(prompt.id)
            if sheet.date and known and not known.rested(sheet.date, semester):
                other = substitute(sheet, prompt, by_id, taken, semester) or prompt
                taken.add(other.id)
                notes.append(
                    f"{sheet.id}: {prompt.id} was asked in {known.asked[-1].semester}; "
                    + (f"{other.id} instead" if other is not prompt else "the bank has no other")
                )
            chosen.append(other)
        result.append(with_prompts(sheet, tuple(chosen)))
    return tuple(result), tuple(notes)


def substitute(
    sheet: QuizSheet,
    prompt: PromptView,
    bank: Mapping[str, BankPrompt],
    taken: set[str],
    semester: str,
) -> PromptView | None:
    """Give a rested question on the same readings; None when there is none."""
    for other in bank.values():
        fits = other.prompt.id not in taken and set(other.prompt.works) & set(prompt.works)
        if fits and other.rested(sheet.date, semester) and covered(other.prompt, sheet.readings):
            return other.prompt
    return None


def covered(prompt: PromptView, readings: tuple[ReadingView, ...]) -> bool:
    """Tell whether a question can be answered from what is read."""
    read = {r.work: r for r in readings}
    if not set(prompt.works) <= set(read):
        return False
    wanted = numbers(prompt.locator)
    given = [numbers(read[w].locator) for w in prompt.works if read[w].locator]
    return not wanted or not given or wanted <= set().union(*given)


def numbers(locator: str) -> set[int]:
    """Give the numbers a portion names, ranges in full.

    Examples:
        >>> sorted(numbers("Ch. 5, 7-9"))
        [5, 7, 8, 9]
    """
    found: set[int] = set()
    for first, last in re.findall(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", locator):
        found.update(range(int(first), min(int(last or first), int(first) + 500) + 1))
    return found
