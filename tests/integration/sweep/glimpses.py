"""What of a record stands on a page beside the tables the page is for: who she is, how she may be reached, the line that is answered.

What an address shows is what `shows` says of it in `addresses.py`, and this; one word more, or one word less, fails the build.
"""

from collections.abc import Iterable


def fields(table: str, *names: str) -> frozenset[str]:
    return frozenset(f"{table}.{name}" for name in names)


NAMED = fields("people.KnownAs", "first_name", "surname")
HEEDED = fields("people.SafeContact", "words", "said_by")
# A school is shown its own name for her, and not what the hub calls her.
AS_HER_SCHOOL_SAYS = fields("people.Name", "first_name", "surname")
A_PAGE_OF_HERS = NAMED | HEEDED
A_PAGE_OF_HERS_AT_SCHOOL = A_PAGE_OF_HERS | AS_HER_SCHOOL_SAYS
# Signs of harm, which whoever assesses must see to, by their headings; at a meeting, whatever its pack tells.
SIGNS = fields("chronology.Entry", "title")
ASKED = fields("questions.Reason", "sentence")
EVIDENCE = fields("questions.EvidenceRow", "what", "how_matched")
WHAT_IS_TO_BE_DONE = fields("plans.Action", "what")
WHAT_IS_SOUGHT = fields("escalation.Disagreement", "sought")


def each(names: str, shown: Iterable[str]) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), frozenset(shown))


GLIMPSES: dict[str, frozenset[str]] = {
    # questions
    "questions:dry_run": NAMED,
    "questions:for_me": NAMED | AS_HER_SCHOOL_SAYS | fields("questions.Question", "why_you"),
    "questions:question": NAMED | AS_HER_SCHOOL_SAYS,
    "questions:answer": A_PAGE_OF_HERS | EVIDENCE | ASKED | fields("questions.Question", "why_you"),
    "questions:not_this_child": A_PAGE_OF_HERS | EVIDENCE,
    "questions:strategy": NAMED | fields("chronology.Entry", "title", "text"),
    "questions:settle": A_PAGE_OF_HERS_AT_SCHOOL,
    # sharing
    "sharing:requests": NAMED | AS_HER_SCHOOL_SAYS,
    **each(
        "sharing:ask sharing:request sharing:close_request sharing:service_consent sharing:child sharing:share sharing:not_share",
        A_PAGE_OF_HERS_AT_SCHOOL,
    ),
    **each(
        "sharing:file sharing:decision sharing:withdraw sharing:draft sharing:check sharing:share_under",
        A_PAGE_OF_HERS,
    ),
    # one child
    "single_view:child": ASKED,
    "single_view:documents": A_PAGE_OF_HERS_AT_SCHOOL,
    "single_view:who_has_looked": A_PAGE_OF_HERS,
    **each("records:document sharing:ask_to_delete", fields("records.Attachment", "name")),
    **each("people:safe_contact people:end_safe_contact", A_PAGE_OF_HERS_AT_SCHOOL),
    # missing: the lists say who, and no more
    **each("missing:board missing:huddle concerns:arrests", NAMED),
    **each("missing:child missing:report missing:sheet missing:photograph", A_PAGE_OF_HERS_AT_SCHOOL),
    "missing:fill_in": A_PAGE_OF_HERS_AT_SCHOOL
    | fields(
        "missing.Sheet", "looks", "needs", "places", "friends", "phones", "travel", "carers_know", "do_first", "approach"
    ),
    "missing:episode": A_PAGE_OF_HERS | SIGNS,
    **each("missing:step missing:interview missing:add_action missing:print_sheet", A_PAGE_OF_HERS),
    # of a child whom nobody knew yet: how the child could be told
    "missing:who": A_PAGE_OF_HERS | fields("missing.UnknownChild", "known_by"),
    "missing:action_done": A_PAGE_OF_HERS | fields("missing.Action", "what"),
    # concerns: the queue names nobody
    **each("concerns:protections concerns:protection", A_PAGE_OF_HERS),
    # by the name that was heard; found to be her, she is named
    "concerns:resolve": A_PAGE_OF_HERS | fields("concerns.NameHeard", "as_said"),
    # an answer that joined it, and what its question rests on
    "concerns:triage_one": A_PAGE_OF_HERS
    | fields("questions.Answer", "text")
    | fields("questions.Reason", "sentence")
    | fields("questions.EvidenceRow", "what"),
    # assessments
    "assessments:listed": NAMED,
    **each(
        "assessments:compare assessments:begin assessments:hand_over assessments:look_back assessments:seen assessments:dissent"
        " assessments:statutory assessments:transition",
        A_PAGE_OF_HERS_AT_SCHOOL,
    ),
    **each("assessments:child assessments:ask_to_step_down", A_PAGE_OF_HERS_AT_SCHOOL | SIGNS),
    "assessments:step_down": A_PAGE_OF_HERS | SIGNS,
    "assessments:look_at": A_PAGE_OF_HERS,
    "assessments:version": A_PAGE_OF_HERS | fields("assessments.Dissent", "words"),
    # the version that stands, to be written on
    "assessments:write": A_PAGE_OF_HERS_AT_SCHOOL
    | SIGNS
    | fields(
        "assessments.Assessment", "narrative", "childs_words", "child_view", "child_not_sought", "carer_view", "carer_not_sought",
        "school_view", "school_not_sought", "why_state", "harm_words",
    ),
    # plans, meetings, escalation
    "plans:mine": NAMED | WHAT_IS_TO_BE_DONE,
    **each("plans:plan plans:add", A_PAGE_OF_HERS_AT_SCHOOL),
    **each("plans:action meetings:outcome", A_PAGE_OF_HERS | WHAT_IS_TO_BE_DONE),
    "meetings:item": A_PAGE_OF_HERS | WHAT_IS_TO_BE_DONE | SIGNS,
    "meetings:meeting": NAMED,
    "meetings:add_child": A_PAGE_OF_HERS_AT_SCHOOL,
    "meetings:decide": A_PAGE_OF_HERS | fields("meetings.Item", "reason", "childs_view"),
    **each("meetings:dissent meetings:set_action meetings:take_off", A_PAGE_OF_HERS),
    "escalation:mine": NAMED,
    "escalation:overdue": A_PAGE_OF_HERS,
    **each(
        "escalation:about_child escalation:raise escalation:disagreement", A_PAGE_OF_HERS_AT_SCHOOL
    ),
    **each(
        "escalation:respond escalation:go_up escalation:resolve escalation:learn", A_PAGE_OF_HERS_AT_SCHOOL | WHAT_IS_SOUGHT
    ),
}  # fmt: skip
