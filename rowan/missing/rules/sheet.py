"""The boxes of the “if missing” sheet, as the Philomena protocol has the carer keep them: what helps to find the child, and how."""

BOX_NAMES = {
    "do_first": "What to do first, and whom to ring",
    "looks": "What the child looks like",
    "phones": "Telephones and online names",
    "friends": "Friends and family the child may be with",
    "places": "Places the child may go",
    "travel": "How the child travels",
    "needs": "What the child needs",
    "approach": "How to speak with the child when found",
    "carers_know": "What the carers have noticed before",
}
HINTS = {
    "do_first": "For example: ring her aunt, then the police on 101. Ring 999 if she is in danger.",
    "looks": "Height, build, hair, usual clothes. A photograph has a page of its own and is printed with the sheet.",
    "phones": "Numbers, and the names used online.",
    "friends": "As they are called, with a number where there is one. A name here is a name and nothing more.",
    "places": "Streets, parks, shops, friends’ homes, towns gone to before.",
    "travel": "On foot, bus routes, stations, lifts from whom.",
    "needs": "Medicine that must not be missed, communication, what frightens. No diagnosis and no history.",
    "approach": "What calms, what makes it worse, the name to use.",
    "carers_know": "What went before, last time: a call, a mood, a bag packed.",
}
# The sheet itself, as `sharing` names it among what can be shared.
ITEM = "if_missing_sheet"
_NEEDS_ITEMS = frozenset({"name_and_birth_date", ITEM})


def items_it_needs() -> frozenset[str]:
    """What a decision to share has to name before the sheet may leave Rowan."""
    return _NEEDS_ITEMS
