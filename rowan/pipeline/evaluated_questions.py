"""Which questions would have been asked, of whom, whether they were right, and which stories they found in time."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from rowan.questions.rules.asking_again import Asked, questions_of
from rowan.questions.rules.dry_run import ANSWERED_AFTER_DAYS

from .county_signs import Sign
from .evaluation_kinds import (
    FoundStory,
    Judged,
    LinkedRow,
    Place,
    PutOccasion,
    Story,
    Truth,
)


def judged_questions(truth: Truth, links: list[LinkedRow], occasions: list[PutOccasion]) -> list[Judged]:
    """Questions as they would have been asked, each with whom it was about and the stories it was true for."""
    who = who_most_records_are(truth, links)
    places = {put.occasion.name: put.places for put in occasions}
    stories: dict[str, list[Story]] = defaultdict(list)
    for story in truth.stories:
        stories[story.person].append(story)
    asked = questions_of((put.occasion for put in occasions), answered_after_days=ANSWERED_AFTER_DAYS)
    return [_judge(question, who.get(question.person), stories, truth, places) for question in asked]


def _judge(
    question: Asked,
    person: str | None,
    stories: Mapping[str, list[Story]],
    truth: Truth,
    places: Mapping[str, frozenset[Place]],
) -> Judged:
    judged = Judged(question.on, person, {}, set())
    for occasion in question.occasions:
        signs = set().union(*(truth.signs.get(place, frozenset()) for place in places[occasion.name]))
        true_for = {
            story.story
            for story in stories.get(person or "", [])
            if story.covers(question.on) and story.story in signs
        }
        judged.rules[occasion.rule] = judged.rules.get(occasion.rule, False) or bool(true_for)
        judged.stories |= true_for
    return judged


def who_most_records_are(truth: Truth, links: list[LinkedRow]) -> dict[str, str]:
    """For each person of the run, the child that most of the records are; nobody when no child has most."""
    records: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in links:
        if person := truth.person_of.get(row.place):
            records[row.person_id].add((row.rid, person))
    found = {}
    for person_id, held in records.items():
        [(person, most)] = Counter(person for _, person in held).most_common(1)
        if 2 * most > len(held):
            found[person_id] = person
    return found


def found_stories(
    truth: Truth,
    judged: list[Judged],
    seen: Mapping[str, list[Sign]] | None = None,
    lost: Mapping[str, str] | None = None,
) -> list[FoundStory]:
    """`seen` are the signs of each story, and `lost` is why it was not found: where somebody looked."""
    first_on: dict[str, date] = {}
    harm_on = {story.story: story.first_recorded_harm_on for story in truth.stories}
    for question in judged:
        for story in question.stories:
            harm = harm_on[story]
            if harm is None or question.on < harm:
                first_on[story] = min(first_on.get(story, question.on), question.on)
    signs = Counter(story for stories in truth.signs.values() for story in stories)
    agencies: dict[str, set[str]] = defaultdict(set)
    for (file, _), stories in truth.signs.items():
        for each in stories:
            agencies[each].add(file.split("/")[0])
    return [
        FoundStory(
            sex=story.sex,
            ethnic_group=story.ethnic_group,
            signs=signs[story.story],
            found=story.story in first_on,
            lead_days=(story.first_recorded_harm_on - first_on[story.story]).days
            if story.story in first_on and story.first_recorded_harm_on
            else None,
            shape=story.shape,
            agencies=len(agencies[story.story]),
            in_time=story.first_sign_on is not None
            and (story.first_recorded_harm_on is None or story.first_sign_on < story.first_recorded_harm_on),
            seen_by=", ".join(
                sorted({"school" if name == "schools" else name for name in agencies[story.story]})
            ),
            may_be_read=None if seen is None else _may_be_read(story, seen.get(story.story, [])),
            why_lost=None if lost is None else lost[story.story],
        )
        for story in truth.stories
    ]


def _may_be_read(story: Story, signs: list[Sign]) -> bool:
    harm = story.first_recorded_harm_on
    return any(sign.may_be_read and (harm is None or sign.on is None or sign.on < harm) for sign in signs)
