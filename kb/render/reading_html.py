"""A reading list as one HTML page that needs nothing else."""

from __future__ import annotations

from kb.lists.rules import all_rules, late_line
from kb.render.setting import PLAIN, Setting
from kb.render.templating import css, environment
from kb.views.models import ReadingList

__all__ = ["render"]


def render(reading_list: ReadingList, how: Setting = PLAIN) -> str:
    """Give the page; everything from the sources is escaped, addresses that are no links stay
    text."""
    template = environment().get_template("reading_list.html")
    return (
        template.render(
            semester=reading_list.semester,
            sessions=reading_list.sessions,
            offering=reading_list.offering,
            section=reading_list.section,
            late=late_line(reading_list.offering.policy),
            rules=all_rules(reading_list.offering.policy),
            css=css(),
        ).rstrip()
        + "\n"
    )
