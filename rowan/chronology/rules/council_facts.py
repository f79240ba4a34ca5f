"""What a council's files tell of a child as facts of a day: that it happened, and when. Never why, who asked, which need or which factor."""

PLACED = "placed"
REFERRED = "referred"
ASSESSED = "assessed"
ENQUIRED = "enquired"
CONFERRED = "conferred"
NEED_PLAN, NEED_PLAN_ENDED = "need_plan", "need_plan_ended"
PROTECTION_PLAN, PROTECTION_PLAN_ENDED = "protection_plan", "protection_plan_ended"
CASE_OPENED, CASE_CLOSED = "case_opened", "case_closed"

# Each fact as a row of evidence says it, before its day.
IN_WORDS = {
    PLACED: "A placement began on ",
    REFERRED: "Referred to children's social care on ",
    ASSESSED: "Assessed by a social worker on ",
    ENQUIRED: "Enquiry into whether the child was being harmed (section 47) began on ",
    CONFERRED: "Child protection conference on ",
    NEED_PLAN: "Child in need plan began on ",
    NEED_PLAN_ENDED: "Child in need plan ended on ",
    PROTECTION_PLAN: "Child protection plan began on ",
    PROTECTION_PLAN_ENDED: "Child protection plan ended on ",
    CASE_OPENED: "Children's social care began to work with the child on ",
    CASE_CLOSED: "Children's social care stopped working with the child on ",
}
