"""Where a finding stands in an answer, and how many there are of each sort."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from rambu.assess import Finding

Sort = Literal[
    "to_do", "money", "opportunities", "status", "targets", "country", "coming", "stopped", "unless", "missing",
    "unsaid", "penalty", "ended", "not",
]  # fmt: skip
OF_KIND: dict[str, Sort] = {
    "duty": "to_do", "ban": "to_do", "charge": "money", "incentive": "money", "opportunity": "opportunities",
    "status": "status", "target": "targets", "figure": "targets",
}  # fmt: skip
OPEN: tuple[Sort, ...] = ("unless", "missing", "unsaid")


def sort_of(found: Finding) -> Sort:
    """The one part of the answer that a finding belongs to."""
    if found.verdict == "does_not_apply":
        return "not"
    if found.phase in ("ended", "never", "not_known"):
        return "ended"
    if found.provision.kind == "penalty":
        return "penalty"
    if found.subject_kind == "country":
        return "country"
    if found.verdict == "unknown" or found.phase == "unknown":
        return _open(found)
    if found.phase in ("proposed", "coming"):
        return "coming"
    return "stopped" if found.phase in ("suspended", "exhausted") else OF_KIND[found.provision.kind]


def _open(found: Finding) -> Sort:
    """Waits for an exception only, for a fact, or for a source that says more."""
    if found.unless_open:
        return "unless"
    return "missing" if found.missing else "unsaid"


def tally(findings: Iterable[Finding]) -> Counter[str]:
    """How many findings there are of each sort; money apart in charges and incentives."""
    counted: Counter[str] = Counter()
    for found in findings:
        sort = sort_of(found)
        counted[found.provision.kind + "s" if sort == "money" else sort] += 1
    return counted
