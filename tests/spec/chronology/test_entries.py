"""One dated line for each thing that happened, in words that blame nobody."""

from datetime import date

from rowan.chronology.tables.council_entries import (
    assessment_entries,
    case_entries,
    enquiry_entries,
    placement_entries,
    plan_entries,
    referral_entries,
)
from rowan.chronology.tables.missing_entries import missing_entries
from rowan.chronology.tables.police_entries import arrest_entries
from rowan.chronology.tables.school_entries import log_entries, roll_entries

title = "The chronology's lines"


def test_looked_after_moved_and_home_again(spec):
    spec(placement_entries, {"placements": """
        person_id | source | record_id | began_on   | ended_on   | placement | reason_began | reason_ended | reason_place_change | received_on
        ----------+--------+-----------+------------+------------+-----------+--------------+--------------+---------------------+------------
        Ada       | c      | 1         | 2025-01-01 | 2025-03-01 | U6        | S            | X1           | CREQB               | 2026-04-01
        Ada       | c      | 2         | 2025-03-01 | 2025-04-01 | k2        | P            | X1           |                     | 2026-04-01
        Ada       | c      | 3         | 2025-04-01 | 2025-05-01 | K2        | L            | E4B          |                     | 2026-04-01
        """}, """
        person_id | happened_on | ended_on   | kind            | title                                                              | observed | observed_code
        ----------+-------------+------------+-----------------+--------------------------------------------------------------------+----------+--------------
        Ada       | 2025-01-01  | 2025-03-01 | placement_began | Became looked after by the council, placed with foster carers      | V        | CARE-01
        Ada       | 2025-03-01  |            | placement_ended | Placement ended: the carers asked for it to end                    |          |
        Ada       | 2025-03-01  | 2025-04-01 | placement_began | Moved placement, to a children's home                              | V        | CARE-02
        Ada       | 2025-05-01  |            | placement_ended | Stopped being looked after by the council: returned home unplanned |          |
        """, as_of=date(2026, 6, 1))  # fmt: skip


def test_a_year_in_one_placement_is_a_strength(spec):
    spec(placement_entries, {"placements": """
        person_id | source | record_id | began_on   | placement | reason_began | received_on
        Ada       | c      | 1         | 2025-01-01 | U6        | P            | 2026-04-01
        Ben       | c      | 2         | 2026-01-01 | U6        | P            | 2026-04-01
        """}, """
        person_id | happened_on | kind              | observed | title
        Ada       | 2025-01-01  | placement_began   | V        | Moved placement, to foster carers
        Ada       | 2026-01-01  | placement_settled | P        | A year in the same placement, with foster carers
        Ben       | 2026-01-01  | placement_began   | V        | Moved placement, to foster carers
        """, as_of=date(2026, 6, 1))  # fmt: skip


def test_an_assessment_says_what_was_recorded_and_exploitation_is_an_indicator(spec):
    spec(assessment_entries, {"cin_assessments": """
        person_id | source | record_id | began_on   | authorised_on | factors | received_on
        Ada       | c      | 1         | 2026-05-01 | 2026-06-03    | 11A;10A | 2026-07-01
        Ben       | c      | 2         | 2026-05-01 | 2026-06-03    | 16A     | 2026-07-01
        Cal       | c      | 3         | 2026-05-01 | 2026-06-03    |         | 2026-07-01
        Dee       | c      | 4         | 2026-05-01 |               |         | 2026-07-01
        """}, """
        person_id | happened_on | observed | title
        Ada       | 2026-06-03  | I        | Assessment on 3 June 2026 recorded going missing, child sexual exploitation
        Ben       | 2026-06-03  |          | Assessment on 3 June 2026 recorded neglect
        Cal       | 2026-06-03  |          | Assessment on 3 June 2026 recorded no factor
        Dee       | 2026-05-01  |          | Assessment by a social worker began
        """)  # fmt: skip


def test_referrals_enquiries_and_plans(spec):
    spec(referral_entries, {"cin_referrals": """
        person_id | source | record_id | referred_on | referral_source | closed_on  | reason_closed | no_further_action | received_on
        Ada       | c      | 1         | 2026-05-01  | 6               | 2026-06-03 | RC8           | no                | 2026-07-01
        Ben       | c      | 2         | 2026-05-01  | 2A              |            |               | yes               | 2026-07-01
        """}, """
        person_id | happened_on | kind            | title
        Ada       | 2026-05-01  | referral        | Referred to children's social care by police
        Ada       | 2026-06-03  | referral_closed | Children's social care closed its work: closed after assessment
        Ben       | 2026-05-01  | referral        | Referred to children's social care by school; no further action was taken
        """)  # fmt: skip
    spec(enquiry_entries, {"cin_section47": """
        person_id | source | record_id | began_on   | conference_on | received_on
        Ada       | c      | 1         | 2026-05-01 | 2026-05-20    | 2026-07-01
        """}, """
        happened_on | kind      | title
        2026-05-01  | section47 | Enquiry began into whether the child was being harmed (section 47)
        2026-05-20  | section47 | Initial child protection conference
        """)  # fmt: skip
    spec(plan_entries, {"cin_plans": """
        person_id | source | record_id | began_on | ended_on | received_on
        """, "cin_protection_plans": """
        person_id | source | record_id | began_on   | ended_on   | category | received_on
        Ada       | c      | 1         | 2026-05-01 | 2026-05-20 | NEG      | 2026-07-01
        """}, """
        happened_on | kind                  | title
        2026-05-01  | child_protection_plan | Child protection plan began: neglect
        2026-05-20  | child_protection_plan | Child protection plan ended
        """)  # fmt: skip


def test_when_a_case_was_open(spec):
    spec(case_entries, {"council_cases": """
        person_id | source | record_id | opened_on  | closed_on  | team       | received_on
        Ada       | c      | 1         | 2026-05-01 | 2026-05-20 | North Team | 2026-07-01
        """}, """
        happened_on | kind        | compartment | title
        2026-05-01  | case_opened | core        | Children's social care began to work with the child: North Team
        2026-05-20  | case_closed | core        | Children's social care stopped working with the child
        """)  # fmt: skip


def test_school_moves_and_notes_with_their_author(spec):
    spec(roll_entries, {"school_pupils": """
        person_id | agency   | laestab | source | record_id | entry_on   | left_on    | leaving_reason | destination | received_on
        Ada       | school-1 | 8994001 | s      | 1         | 2024-09-01 | 2026-05-20 | Moved away     | 8994002     | 2026-07-01
        Ben       | school-1 | 8994001 | s      | 2         | 2024-09-01 |            |                |             | 2026-07-01
        Cal       | school-1 | 8994001 | s      | 3         |            | 2026-05-20 | Moved away     |             | 2026-07-01
        """, "schools": """
        laestab | name
        8994001 | Oak School
        8994002 | Ash School
        """}, """
        person_id | happened_on | kind          | agency_code | observed_code | title
        Ada       | 2024-09-01  | school_joined | school-1    |               | Joined Oak School
        Ada       | 2026-05-20  | school_left   | school-1    |               | Left Oak School: moved away; went to Ash School
        Ben       | 2024-09-01  | school_joined | school-1    |               | Joined Oak School
        Cal       | 2026-05-20  | school_left   | school-1    | EDU-05        | Left Oak School: moved away
        """)  # fmt: skip
    spec(log_entries, {"school_log": """
        person_id | agency   | source | record_id | on         | category    | note        | recorded_by | action_taken | received_on
        Ada       | school-1 | s      | 1         | 2026-03-01 | Bullying    | Said "stop" | Ms Hill     | Told home    | 2026-07-01
        Ben       | school-1 | s      | 2         | 2026-03-01 | Friendships | A row       | Ms Hill     |              | 2026-07-01
        """}, """
        person_id | title                   | text        | observed | observed_code | compartment | particulars
        Ada       | School log: bullying    | Said "stop" | V        | PEER-01       | education   | {"author": "Ms Hill", "category": "Bullying", "action_taken": "Told home"}
        Ben       | School log: friendships | A row       |          |               | education   | {"author": "Ms Hill", "category": "Friendships"}
        """)  # fmt: skip


def test_an_arrest_is_worded_as_something_that_happened_to_a_child(spec):
    spec(arrest_entries, {"arrests": """
        person_id | agency | source | record_id | arrested_at      | offence | company     | charged_on | received_on
        Ada       | police | p      | 1         | 2026-03-01 01:20 | Theft   | with adults | 2026-03-09 | 2026-07-01
        Ben       | police | p      | 2         | 2026-03-01 01:20 |         | not known   |            | 2026-07-01
        """}, """
        person_id | happened_on | kind     | observed | observed_code | title
        Ada       | 2026-03-01  | arrested | I        | CJ-01         | Was arrested on suspicion of: theft; was with adults
        Ada       | 2026-03-09  | charged  | I        | CJ-01         | Was charged with: theft
        Ben       | 2026-03-01  | arrested | I        | CJ-01         | Was arrested
        """)  # fmt: skip


def test_a_missing_episode_is_one_line_for_all_who_reported_it(spec):
    spec(missing_entries, {"missing_episodes": """
        episode_id | person_id | kind    | began_at         | ended_at         | times_known | overnight | confirmed | found_place
        a          | Ada       | missing | 2026-03-01 19:00 | 2026-03-02 09:30 | yes         | yes       | yes       | the bus station
        b          | Ben       | away    | 2026-03-01 00:00 | 2026-03-01 00:00 | no          | no        | no        |
        """, "missing_episode_sources": """
        episode_id | person_id | record_kind     | source | record_id | agency  | received_on
        a          | Ada       | police_missing  | p      | 1         | police  | 2026-03-05
        a          | Ada       | ssda903_missing | c      | 1         | council | 2026-07-01
        b          | Ben       | ssda903_missing | c      | 2         | council | 2026-07-01
        """}, """
        person_id | happened_on | happened_at      | ended_on   | kind                | agency_code | compartment | observed | known_on   | confirmed | title
        Ada       | 2026-03-01  | 2026-03-01 19:00 | 2026-03-02 | went_missing        | police      | police      | I        | 2026-03-05 | yes       | Was reported missing, overnight; found: the bus station
        Ben       | 2026-03-01  |                  | 2026-03-01 | away_from_placement | council     | social_care |          | 2026-07-01 | no        | Was away from placement, at a place that was known (not in the council's later return)
        """)  # fmt: skip
