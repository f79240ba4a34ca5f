"""Who says which records are one child, and who may be the second where a link would join two people with work on them."""

from rowan.agencies.rules.roles import Role

# The hub's own posts: they see across agencies, and a typed reason opens them the limited view of any child.
JUDGES = frozenset({Role.TRIAGE_OFFICER, Role.EXPLOITATION_COORDINATOR, Role.ANALYST})

NOT_YOURS = "The hub’s triage, co-ordinator and analysts say which records are one child. If a page shows another child’s row, tell triage."
NO_REASON = "Say how you know."
NO_ANSWER = "Choose an answer."
YOURS_WAITS = "You have answered. Somebody else answers now, without seeing what you said."
YOURS_STANDS = (
    "You have said so already. Where two differ, somebody else decides, or one of the two says otherwise."
)
NOBODY_ELSE = "This joins two children with work on them, so two people say so, and nobody else here could. Tell whoever keeps accounts."
ONE_ALREADY = "These two records stand with one person already."


def judges(role: str) -> bool:
    return Role(role) in JUDGES


def refusal_to_judge(role: str) -> str | None:
    return None if judges(role) else NOT_YOURS


def takes_two(verdict: str, *, worked_on: int) -> bool:
    """A link that joins two people with work on both opens each one's record to whoever works with the other: two say so."""
    return verdict == "same" and worked_on == 2
