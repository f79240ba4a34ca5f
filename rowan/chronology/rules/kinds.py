"""What each kind of line in the chronology is called."""

# What a kind of line is called in a filter. A kind not listed here is shown as it is written.
KIND_NAMES = {
    "went_missing": "Went missing",
    "away_from_placement": "Away from placement",
    "arrested": "Arrested",
    "charged": "Charged",
    "placement_began": "Placement began",
    "placement_ended": "Placement ended",
    "placement_settled": "Settled in a placement",
    "referral": "Referral",
    "referral_closed": "Referral closed",
    "review": "Review of care",
    "assessment": "Assessment",
    "section47": "Section 47 enquiry",
    "child_protection_plan": "Child protection plan",
    "child_in_need_plan": "Child in need plan",
    "school_joined": "Joined a school",
    "school_left": "Left a school",
    "school_log": "School’s safeguarding log",
    "case_opened": "Case opened",
    "case_closed": "Case closed",
    "sign_of_harm": "Sign of harm",
    "concern_raised": "Concern raised",
    "observed": "Observed",
    "return_interview": "Return home interview",
    "where_a_child_stands": "Where the child stands",
    "meeting_decision": "Decision of a meeting",
}


def kind_name(kind: str) -> str:
    return KIND_NAMES.get(kind, kind.replace("_", " ").capitalize())
