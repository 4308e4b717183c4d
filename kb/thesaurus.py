"""Words that mean the same, for searching: a small thesaurus, and British beside American spelling.

A course adds groups of its own in `bib/thesaurus.yaml`.
"""

from __future__ import annotations

import re

__all__ = ["GROUPS", "twins"]

GROUPS: tuple[tuple[str, ...], ...] = (
    ("concept drift", "data drift", "dataset shift", "distribution shift", "covariate shift"),
    ("CI/CD", "CICD", "continuous integration", "continuous delivery", "continuous deployment"),
    ("explainability", "interpretability", "explainable AI", "XAI"),
    ("A/B testing", "online controlled experiments", "online experimentation"),
    ("red teaming", "red-team", "adversarial testing"),
    ("anomaly detection", "outlier detection"),
    ("large language model", "LLM", "foundation model"),
    ("postmortem", "post-mortem", "incident report"),
    ("machine learning operations", "MLOps"),
    ("differential privacy", "DP-SGD"),
    ("computational notebook", "Jupyter notebook"),
    ("safety case", "assurance case"),
    ("fault tree analysis", "FTA"),
    ("hazard analysis", "STPA"),
    ("Internet of Things", "IoT"),
    ("requirements engineering", "requirements elicitation"),
    ("user experience", "UX"),
    ("graphics card", "GPU"),
    ("teaching assistant", "TA"),
    ("knowledge base", "knowledgebase"),
)
"""Groups in which each word or phrase finds the others; narrow, because what is found for another
word must be what was meant."""

ENDINGS = (
    (r"is(e|es|ed|er|ers|ing|ation|ations)", r"iz\1"),
    (r"ys(e|es|ed|er|ers|ing)", r"yz\1"),
    (r"our(s|ed|ing|al|able|ful|ite|ites|hood|less|y)?", r"or\1"),
    (r"(cent|theat|met|fib|spect|lit|calib)re(s?)", r"\1er\2"),
    (r"(def|lic|off|pret)ence(s?)", r"\1ense\2"),
    (r"ogue(s?)", r"og\1"),
    (r"(cata|dia|ana)log(s?)", r"\1logue\2"),
    (r"ll(ing|ed|er|ers)", r"l\1"),
    (r"ement(s?)", r"ment\1"),
)
"""British endings and the American ones."""

STEMS = tuple(
    tuple(pair.split("/"))
    for pair in (
        "sceptic/skeptic artefact/artifact programme/program grey/gray ageing/aging practis/practic"
        " judgement/judgment acknowledgement/acknowledgment paediatric/pediatric anaesthe/anesthe"
        " orthopaedic/orthopedic haemo/hemo tumour/tumor mould/mold sulph/sulf aluminium/aluminum"
        " aeroplane/airplane cheque/check tyre/tire plough/plow enrol/enroll fulfil/fulfill"
        " skilful/skillful"
    ).split()
)
"""Beginnings that differ, British first."""

OUR = frozenset(
    "behavi col fav flav harb hon hum lab neighb rum vap vig arm rig sav endeav glam tum val "
    "parl clam"
    " cand od splend ferv ranc demean".split()
)
"""Words whose `our` is `or` in America: `four` and `tour` are none of them."""


def twins(word: str) -> frozenset[str]:
    """Give the spellings that a folded word may have on the other side of the Atlantic.

    They are candidates: some are no words, so that only those that occur may be used.

    Examples:
        >>> sorted(twins("behaviour")), sorted(twins("analyze")), sorted(twins("sceptical"))
        (['behavior'], ['analyse'], ['skeptical'])
    """
    found: set[str] = set()
    for british, american in STEMS:
        for one, other in ((british, american), (american, british)):
            if word.startswith(one):
                found.add(other + word.removeprefix(one))
    for british, american in ENDINGS:
        match = re.fullmatch(rf"(.{{2,}}?){british}", word)
        if match and (not british.startswith("our") or match[1] in OUR):
            found.add(match[1] + re.sub(british, american, word[len(match[1]) :]))
    if match := re.fullmatch(r"(.{2,})iz(e|es|ed|er|ers|ing|ation|ations)", word):
        found.add(f"{match[1]}is{match[2]}")
    if match := re.fullmatch(r"(.{2,})yz(e|es|ed|er|ers|ing)", word):
        found.add(f"{match[1]}ys{match[2]}")
    match = re.fullmatch(r"(.{2,}?)or(s|ed|ing|al|able|ful|ite|ites|hood|less|y)?", word)
    if match and match[1] in OUR:
        found.add(f"{match[1]}our{match[2] or ''}")
    return frozenset(found - {word})
