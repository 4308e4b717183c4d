"""A semester's rules in the words of one who wants to know what happens when."""

from __future__ import annotations

from collections.abc import Mapping

from kb.text import plural

__all__ = ["all_rules", "homework_rules", "late_line", "price_text", "prices", "quiz_rules"]

PRICE = "prices."
"""Rules of the area `tokens` that begin so are prices: `1; who: individual; until: final
presentation`.
"""

Policy = Mapping[str, Mapping[str, str]]


def price_text(value: str) -> str:
    """Give a price in words.

    Examples:
        >>> price_text("1; who: individual; until: final presentation")
        '1 token, until the final presentation'
        >>> price_text("3; who: team; times: once per milestone")
        '3 tokens of the team, once per milestone'
    """
    amount, *conditions = (part.strip() for part in value.split(";"))
    text = plural(int(amount), "token") if amount.isdigit() else amount
    rest = []
    for condition in conditions:
        name, _, what = (part.strip() for part in condition.partition(":"))
        if name == "who":
            text += (
                " of the team" if what == "team" else "" if what == "individual" else f" ({what})"
            )
        else:
            rest.append(
                {
                    "until": f"until the {what}",
                    "except": f"not for the {what}",
                    "gain": f"for {what}",
                }.get(name, what)
            )
    return ", ".join([text, *rest])


def prices(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Give what tokens buy: (action, price in words), in the order written."""
    return tuple(
        (rule.removeprefix(PRICE), price_text(value))
        for rule, value in policy.get("tokens", {}).items()
        if rule.startswith(PRICE)
    )


def quiz_rules(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Give what holds for a quiz: (label, rule); empty when the semester has no quizzes or says
    nothing.
    """
    quiz = policy.get("quiz", {})
    rules = []
    if quiz.get("late"):
        rules.append(("Late", quiz["late"]))
    for action, price in prices(policy):
        words = action.split()
        if "quiz" in words:
            label = " ".join(w for w in words if w != "quiz")
            rules.append((label[:1].upper() + label[1:], price))
    if quiz.get("grading") not in {None, "", "none"}:
        effort = f", for a {quiz['expectation']}" if quiz.get("expectation") else ""
        rules.append(("Graded", quiz["grading"] + effort))
    if quiz.get("collaboration"):
        rules.append(("Together", quiz["collaboration"]))
    return tuple(rules)


def late_line(policy: Policy) -> str:
    """Say in one line what late work costs; empty where nothing is said of it.

    Examples:
        >>> late_line({"late": {"": "20 percent a day"}})
        'Late work: 20 percent a day'
    """
    said = [
        value
        for area in ("late", "deliverables", "quiz", "tokens")
        for rule, value in policy.get(area, {}).items()
        if area == "late" or rule == "late"
    ]
    if not said:
        bought = [f"{a}: {price}" for a, price in prices(policy) if "late" in a.split()]
        without = [v for r, v in policy.get("tokens", {}).items() if r.startswith("exhausted")]
        said = [*bought[:1], *without[:1]]
    return f"Late work: {'; '.join(dict.fromkeys(said))}" if said else ""


def all_rules(policy: Policy) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Give every rule of a semester: areas in the order written, each with (rule, value).

    A rule with a path of names (`minutes.reading`) is shown with spaces, prices in words.
    """
    return tuple(
        (
            area,
            tuple(
                (
                    rule.removeprefix(PRICE).replace(".", " "),
                    price_text(value) if rule.startswith(PRICE) else value,
                )
                for rule, value in rules.items()
            ),
        )
        for area, rules in policy.items()
    )


def homework_rules(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Give what holds for late homework and milestones: prices without those of quizzes and labs,
    then what follows without tokens.
    """
    bought = tuple(
        (action[:1].upper() + action[1:], price)
        for action, price in prices(policy)
        if not {"quiz", "lab"} & set(action.split())
    )
    without = tuple(
        ("Without tokens", value)
        for rule, value in policy.get("tokens", {}).items()
        if rule.startswith("exhausted")
    )
    return bought + without
