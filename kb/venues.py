"""Venues by their short names: a table, and what of it a work's venue is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.text import fold_words

__all__ = ["VENUES", "Venue", "venues_of"]


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference or journal."""

    short: str
    """Its acronym today."""
    name: str
    """Its full name, without ordinals and sponsors."""
    others: tuple[str, ...] = ()
    """Former and other acronyms."""
    phrases: tuple[str, ...] = ()
    """Other wordings of the name in proceedings."""


def table(text: str) -> tuple[Venue, ...]:
    """Read lines of `SHORT, OTHER | Full Name | other wording | ...`.

    One that ends in a stroke goes on in the next.
    """
    found = []
    for line in re.sub(r"\|\n\s+", "| ", text.strip()).splitlines():
        shorts, name, *phrases = (part.strip() for part in line.split("|"))
        short, *others = (part.strip() for part in shorts.split(","))
        found.append(Venue(short, name, tuple(others), tuple(phrases)))
    return tuple(found)


VENUES = table("""
AAAI | AAAI Conference on Artificial Intelligence | National Conference on Artificial Intelligence
ACL | Annual Meeting of the Association for Computational Linguistics
AIES | Conference on AI, Ethics, and Society | Artificial Intelligence, Ethics, and Society
AISTATS | International Conference on Artificial Intelligence and Statistics
ASE | International Conference on Automated Software Engineering
ASPLOS | Architectural Support for Programming Languages and Operating Systems
BPM | International Conference on Business Process Management
CACM | Communications of the ACM
CAIN | Conference on AI Engineering | Workshop on AI Engineering
CAV | Computer Aided Verification
CCS | Conference on Computer and Communications Security
CHI | Conference on Human Factors in Computing Systems | Human Factors in Computing Systems
CHIL | Conference on Health, Inference, and Learning
CIDR | Conference on Innovative Data Systems Research
COLING | International Conference on Computational Linguistics
COLT | Conference on Learning Theory
CSCW, PACMHCI | Computer-Supported Cooperative Work | Computer Supported Cooperative Work |
    Proceedings of the ACM on Human-Computer Interaction
CSUR | ACM Computing Surveys
CVPR | Conference on Computer Vision and Pattern Recognition
DIS | Designing Interactive Systems
ECCV | European Conference on Computer Vision
EMNLP | Empirical Methods in Natural Language Processing
EMSE | Empirical Software Engineering
ESEM | Empirical Software Engineering and Measurement
EuroSys | European Conference on Computer Systems
FAccT, FAT*, FAT, FAccT* | Conference on Fairness, Accountability, and Transparency |
    Fairness, Accountability and Transparency
FSE, ESEC/FSE | Foundations of Software Engineering
GECCO | Genetic and Evolutionary Computation Conference
HCOMP | Human Computation and Crowdsourcing
HICSS | Hawaii International Conference on System Sciences
ICCV | International Conference on Computer Vision
ICDE | International Conference on Data Engineering
ICLR | International Conference on Learning Representations
ICML | International Conference on Machine Learning
ICRA | International Conference on Robotics and Automation
ICSE | International Conference on Software Engineering
ICSME | International Conference on Software Maintenance and Evolution |
    International Conference on Software Maintenance
ICST | International Conference on Software Testing, Verification and Validation
ICWSM | International AAAI Conference on Web and Social Media
IJCAI | International Joint Conference on Artificial Intelligence
ISSRE | International Symposium on Software Reliability Engineering
ISSTA | International Symposium on Software Testing and Analysis
IST | Information and Software Technology
IUI | International Conference on Intelligent User Interfaces
JMLR | Journal of Machine Learning Research
JSS | Journal of Systems and Software
KDD, SIGKDD | Knowledge Discovery and Data Mining | Knowledge Discovery & Data Mining
MLSys, SysML | Conference on Machine Learning and Systems |
    Proceedings of Machine Learning and Systems
MSR | Mining Software Repositories
NAACL | North American Chapter of the Association for Computational Linguistics
NDSS | Network and Distributed System Security
NeurIPS, NIPS | Conference on Neural Information Processing Systems |
    Neural Information Processing Systems
NSDI | Networked Systems Design and Implementation
OOPSLA | Object-Oriented Programming, Systems, Languages, and Applications
OSDI | Operating Systems Design and Implementation
PACMPL | Proceedings of the ACM on Programming Languages
PLDI | Programming Language Design and Implementation
PNAS | Proceedings of the National Academy of Sciences
POPL | Principles of Programming Languages
PPSN | Parallel Problem Solving from Nature
QRS | Software Quality, Reliability and Security
RE | International Requirements Engineering Conference
REFSQ | Requirements Engineering: Foundation for Software Quality
S&P, Oakland | Symposium on Security and Privacy
SAFECOMP | International Conference on Computer Safety, Reliability, and Security
SIGCSE | Technical Symposium on Computer Science Education
SIGIR | Research and Development in Information Retrieval
SIGMOD | International Conference on Management of Data
SOSP | Symposium on Operating Systems Principles
TACL | Transactions of the Association for Computational Linguistics
TKDE | Transactions on Knowledge and Data Engineering
TOSEM | Transactions on Software Engineering and Methodology
TSE | IEEE Transactions on Software Engineering
TVCG | Transactions on Visualization and Computer Graphics
UIST | User Interface Software and Technology
VIS | Visualization Conference | IEEE Visualization
VLDB, PVLDB | Very Large Data Bases | Proceedings of the VLDB Endowment | Very Large Databases
WSDM | Web Search and Data Mining
WWW, TheWebConf | World Wide Web Conference | International Conference on World Wide Web |
    The Web Conference
XP | International Conference on Agile Software Development
""")
"""Ours and those next to our field; a work of any other venue is found by the words of its name."""

JOURNALS = frozenset({"EMSE"})
"""Venues whose name is only theirs when it is all of the venue: `ESEM` has the same words."""


@cache
def patterns() -> tuple[tuple[Venue, str, re.Pattern[str]], ...]:
    """Give each venue with its wordings as folded words, and a pattern of its acronyms."""
    found = []
    for venue in VENUES:
        shorts = "|".join(re.escape(short) for short in (venue.short, *venue.others))
        acronym = re.compile(rf"(?<![\w&]){'(?:' + shorts + ')'}(?:'?\d\d(?:\d\d)?)?(?![\w&/])")
        found += [
            (venue, " ".join(fold_words(words)), acronym) for words in (venue.name, *venue.phrases)
        ]
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def venues_of(text: str) -> tuple[Venue, ...]:
    """Give the venues that a venue as written in an entry is, in the order of the table.

    Examples:
        >>> [v.short for v in venues_of("Proc. of the 4th Mining Software Repositories")]
        ['MSR']
        >>> [v.short for v in venues_of("NIPS MLSys Workshop")]
        ['MLSys', 'NeurIPS']
    """
    running = f" {' '.join(fold_words(text))} "
    found = []
    for venue, words, acronym in patterns():
        named = running.strip() == words if venue.short in JOURNALS else f" {words} " in running
        if venue not in found and (named or acronym.search(text)):
            found.append(venue)
    return tuple(found)
