"""Which tables stand behind the second wall, through what, and which stand outside it and why (`row_security`, docs/adr/0019).

A test walks the tables: one that holds something of a child, by whatever chain of rows, is named here or the build fails.
"""

# Rows about one person: not there for a reader to whom that person's record is hidden.
ABOUT_A_PERSON = (
    "people_knownas",
    "people_name",
    "people_identifier",
    "people_address",
    "people_schoolplace",
    "people_safecontact",
    "matching_recordlink",
    "chronology_entry",
    "chronology_entrysource",
    "chronology_attendanceterm",
    "questions_strategyanswer",
    "questions_dryrunquestion",
    "records_attachment",
    "sharing_serviceconsent",
    "missing_sheet",
    "missing_sheetprint",
    "missing_photograph",
    "assessments_strand",
    "assessments_versiondraft",
    "missing_episode",
    "escalation_disagreement",
    "concerns_protection",
)
# Rows that belong to another row: not there for a reader to whom that row's child is hidden. By which column, and to what.
THROUGH = {
    "assessments_steptaken": ("strand_id", "assessments_strand"),
    "assessments_assessment": ("strand_id", "assessments_strand"),
    "assessments_noticed": ("assessment_id", "assessments_assessment"),
    "assessments_approval": ("assessment_id", "assessments_assessment"),
    "assessments_stepdown": ("strand_id", "assessments_strand"),
    "assessments_stepdowndecided": ("step_down_id", "assessments_stepdown"),
    "assessments_lookback": ("strand_id", "assessments_strand"),
    "assessments_childseen": ("strand_id", "assessments_strand"),
    "assessments_dissent": ("strand_id", "assessments_strand"),
    "assessments_statutoryfact": ("strand_id", "assessments_strand"),
    "assessments_transition": ("strand_id", "assessments_strand"),
    "missing_unknownchild": ("episode_id", "missing_episode"),
    "missing_foundtobe": ("unknown_id", "missing_unknownchild"),
    "missing_report": ("episode_id", "missing_episode"),
    "missing_event": ("episode_id", "missing_episode"),
    "missing_homeinterview": ("episode_id", "missing_episode"),
    "missing_nameheard": ("home_interview_id", "missing_homeinterview"),
    "missing_action": ("episode_id", "missing_episode"),
    "questions_reason": ("question_id", "questions_question"),
    "questions_evidencerow": ("reason_id", "questions_reason"),
    "questions_answer": ("question_id", "questions_question"),
    "questions_owed": ("answer_id", "questions_answer"),
    "sharing_requestevent": ("request_id", "sharing_request"),
    "concerns_urgencyset": ("concern_id", "concerns_concern"),
    "concerns_joinedanswer": ("concern_id", "concerns_concern"),
    "concerns_licensinglookup": ("concern_id", "concerns_concern"),
    "concerns_protectionstep": ("protection_id", "concerns_protection"),
    "meetings_dissent": ("item_id", "meetings_item"),
    "escalation_stage": ("disagreement_id", "escalation_disagreement"),
    "escalation_response": ("disagreement_id", "escalation_disagreement"),
    "escalation_overduestep": ("overdue_id", "escalation_overdue"),
    "escalation_overdueanswer": ("overdue_id", "escalation_overdue"),
}
# What they belong to stands outside the wall itself: by which column it says whose it is. (Empty: nobody's, or nobody knows yet.)
SAYS_WHOSE = {
    "questions_question": "person_id",
    "sharing_request": "person_id",
    "concerns_concern": "person_id",
    "meetings_item": "person_id",
    "timescales_clock": "about_person",
}
# Or through what it does.
LEADS_ON = {"escalation_overdue": ("clock_id", "timescales_clock")}
# Rows in a compartment: not there for a reader whose role opens none of it, or another agency's.
OF_THE_READERS_AGENCY = (
    "agency_id = (select id from agencies_agency where code = current_setting('rowan.agency', true))"
)
IN_A_COMPARTMENT = {
    "chronology_entry": "agency_code = (select current_setting('rowan.agency', true))",
    "records_attachment": OF_THE_READERS_AGENCY,
    "sharing_serviceconsent": OF_THE_READERS_AGENCY,
}
# Who a source is: not there for anybody but whoever carried out an act of two people about that concern, in the hour after.
OF_TWO_PEOPLE = {
    "concerns_source": """exists (
        select 1 from sharing_approval a
         where a.act = 'unmask_source' and a.approved and a.about_id = concern_id::text
           and a.performed_at > now() - interval '1 hour'
           and a.asked_by_id::text = current_setting('rowan.reader', true))""",
}
# Tables that hold something of a child and stand outside the wall, each with why.
OUTSIDE = {
    "people_person": "an id and where it leads; access follows it before it knows who reads",
    "timescales_clock": "a clock passes to another owner whoever reads: none may be stranded",
    "audit_trail_entry": "the trail tells those who answer for it who looked, hidden records too; it holds no narrative",
    "access_involvement": "what access decides by",
    "access_joinedrecord": "what access decides by",
    "access_restriction": "what access decides by",
    "access_keptout": "what access decides by",
    "access_opening": "what access decides by",
    "access_letin": "what access decides by",
    "access_restrictionchange": "who restricted a record and let whom in: for the trail and for those who answer for it",
    "access_reviewstep": "a review goes up whoever reads; it tells who was asked, and of an opening only its number",
    "matching_unsurepair": "ids and reasons in words such as 'same birth date'; no name",
    "matching_judgement": "ids; a judgement is kept whoever reads",
    "matching_awaitedjoin": "ids, and how two people know; its page asks access for both children",
    "questions_question": "passes to another owner whoever reads; what it rests on is in the walled tables",
    "sharing_decisionitem": "the reader's own decision: its page asks access for each item",
    "sharing_request": "its clock and its chase run whoever reads; every page asks access before it shows one",
    "single_view_openedrecord": "ids of the last weeks' openings, read by Rowan alone to count them",
    "single_view_looksevidence": "numbers of lines of the trail",
    "single_view_looksquestion": "the person's id only; a page for information governance, who are shown no row of a record",
    "concerns_concern": "a concern reaches whoever answers for the child, known or not; every page asks access before it shows one",
    "concerns_matched": "ids, and how triage knows, sealed; its page asks access",
    # concerns, at triage
    "concerns_lookedamongrestricted": "that Rowan told an owner; an id, read by that owner's way in and by Rowan alone",
    "concerns_partknown": "somebody described in a concern; its page asks for the concern first",
    "concerns_resolved": "ids, and how that is known, sealed; its page asks for the concern first",
    # Whoever raised a concern, by account, code or link, writes these, or reads what came of it, whoever the child is.
    "concerns_concerndraft": "what one person, or one device, is typing; opened by its own token alone",
    "concerns_nameheard": "written by whoever raises it, account or none; read with the concern",
    "concerns_noticed": "written by whoever raises it, account or none; read with the concern",
    "concerns_referrer": "written by whoever raises it, sealed; read with the concern",
    "concerns_sentfile": "written by whoever raises it, sealed; fetched with the concern",
    "concerns_receipt": "a digest of the code that opens the replies",
    "concerns_reply": "read by whoever holds the code, and with the concern",
    "concerns_addedwords": "read by whoever added them, and with the concern",
    "concerns_decision": "whoever raised it is told what came of it; and who decided never looks again, whoever passes it on",
    "concerns_statutoryfact": "whoever raised it is told what came of it",
    "concerns_told": "read by whoever was told, and with the concern",
    "concerns_challenge": "written by whoever raised it, and read with the concern",
    "concerns_check": "what one agency is asked, and its answer, sealed; its page asks whose it is",
    # plans, meetings: acts and the schedule reach every row; every page asks access before it shows one.
    "plans_action": "its clock passes on and goes up whoever reads; every page asks access before it shows one",
    "meetings_item": "its meeting carries it forward whoever reads; every page asks the rule on packs and access for each",
    "escalation_overdue": "a clock's number and who has it; it goes up whoever reads",
    "timescales_handover": "a clock's number, and why it passed on in words of Rowan's own",
    "meetings_meeting": "a meeting of many children: who comes and when, and no child",
    "meetings_expected": "who comes to a meeting",
    "meetings_minutes": "a meeting of many children; minutes are meant to name none, and only those who came read them",
    "sharing_sharingdecision": "may be about several children, and the register is of every one; its page asks access before it shows one",
    "sharing_sharingdecision_children": "by which access is asked, before anybody knows who reads",
    "sharing_notice": "as its decision",
    "sharing_sharedfile": "that a file left, by its digest; as its decision",
    "sharing_approval": "two people's yes to an act; its page asks access before it shows one",
    "sharing_decisiondraft": "what one practitioner is typing, shown to nobody else",
    "agencies_typedtext": "a form somebody lost, sealed, given back to them alone",
}
