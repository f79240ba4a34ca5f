"""Whoever decides about a child, about sharing or about who may see does so in a place of their agency's chain of leads, or in none.

Every stored name of somebody who did something is sorted here: a decision, which keeps that place beside the name, or no decision, with
why. A new one that is in neither list fails the build.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

DECISIONS = {
    "questions.Answer.by", "questions.StrategyAnswer.by",
    "concerns.Decision.by", "concerns.Matched.by", "concerns.Resolved.by", "concerns.UrgencySet.by",
    "matching.Judgement.by", "matching.Judgement.undone_by", "missing.Event.by", "missing.FoundToBe.by", "plans.Action.ended_by",
    "matching.AwaitedJoin.by", "matching.AwaitedJoin.second_by", "single_view.LooksQuestion.answered_by",
    "access.Restriction.set_by", "access.Restriction.lifted_by", "access.RestrictionChange.by",
    "access.KeptOut.set_by", "access.KeptOut.lifted_by", "access.Opening.reviewed_by",
    "sharing.SharingDecision.by", "sharing.Notice.by", "sharing.StandingDecision.by", "sharing.StandingDecision.ended_by",
    "sharing.Approval.decided_by", "sharing.Agreement.by", "sharing.AgreementEvent.by", "sharing.RequestEvent.by",
    "assessments.Assessment.by", "assessments.Approval.by", "assessments.StepDownDecided.by", "assessments.LookBack.by",
    "assessments.StepTaken.by", "assessments.Dissent.by",
    "meetings.Item.decided_by", "meetings.Meeting.approved_by", "meetings.Dissent.by",
    "escalation.OverdueAnswer.by", "escalation.Disagreement.by", "escalation.Disagreement.resolved_by",
    "escalation.Stage.by", "escalation.Response.by",
}  # fmt: skip

NO_DECISION = {
    "the decision is the row beside it, or the one it belongs to": {
        "access.LetIn.by", "assessments.Strand.state_by", "concerns.Told.by", "matching.RecordLink.judged_by",
        "sharing.SharedFile.by",
    },
    "asks for a decision, which somebody else takes": {
        "sharing.Approval.asked_by", "sharing.Request.by", "assessments.StepDown.by", "concerns.Challenge.by",
        "concerns.Check.asked_by", "agencies.AwaitedRole.asked_by", "agencies.SecondFactorReset.asked_by",
    },
    "what somebody saw, heard, wrote or was told, and what was done": {
        "assessments.ChildSeen.seen_by", "assessments.ChildSeen.by", "assessments.Dissent.said_by",
        "assessments.StatutoryFact.by", "assessments.Transition.by", "chronology.Entry.written_by",
        "concerns.AddedWords.by", "concerns.Check.answered_by", "concerns.Concern.by", "concerns.Concern.told_by",
        "concerns.ConcernDraft.by", "assessments.VersionDraft.by", "concerns.JoinedAnswer.by", "concerns.LicensingLookUp.by", "concerns.NameHeard.said_by", "concerns.OneTimeLink.made_by",
        "concerns.PartKnown.known_by", "concerns.PartKnown.by", "concerns.ProtectionStep.by", "concerns.Reply.by",
        "concerns.Source.told_by", "concerns.StatutoryFact.by", "escalation.Disagreement.learnt_by", "meetings.Minutes.by",
        "missing.Episode.by", "missing.HomeInterview.by", "missing.Sheet.by", "missing.UnknownChild.known_by", "missing.UnknownChild.by", "missing.SheetPrint.by", "missing.Photograph.by", "missing.Photograph.taken_off_by",
        "people.SafeContact.said_by", "people.SafeContact.recorded_by", "people.SafeContact.ended_by",
        "questions.Owed.settled_by", "records.Attachment.added_by", "sharing.DecisionDraft.by",
        "sharing.ServiceConsent.by",
    },
    "plans the hub's work and decides nothing about a child": {
        "meetings.Item.added_by", "meetings.Item.taken_off_by", "meetings.Series.by", "plans.Action.by",
        "missing.Action.by", "missing.Action.done_by",
    },
    "keeps accounts, calendars, settings and papers": {
        "agencies.Absence.entered_by", "agencies.ApiClient.answered_for_by", "agencies.AwaitedRole.decided_by",
        "agencies.OwnSignIn.named_by", "agencies.OwnSignIn.vouched_by", "agencies.SecondFactorReset.confirmed_by",
        "escalation.Place.by", "questions.FeedQuestion.answered_by", "questions.RuleSwitch.by", "records.FeedAgreement.signed_by",
        "records.ImpactAssessment.approved_by", "timescales.DryRun.started_by", "timescales.SettingValue.set_by",
    },
    "a day or a way, no name": {"concerns.LicensingLookUp.kept_by", "concerns.Concern.came_by", "sharing.SharedFile.destroy_by"},
}  # fmt: skip

SORTED = [DECISIONS, *NO_DECISION.values()]


def names_of_doers(tables: Iterable[type[models.Model]]) -> set[str]:
    """`by` and everything that ends in it, but for a row that follows another of its own table."""
    return {
        f"{table._meta.label}.{field.name}"
        for table in tables
        for field in table._meta.local_concrete_fields
        if (field.name == "by" or field.name.endswith("_by")) and field.related_model is not table
    }


def without_their_place(doers: Iterable[str]) -> list[str]:
    """Decisions whose table keeps no `acting_as` beside the name: `decided_acting_as` beside `decided_by`."""
    lacking = []
    for doer in sorted(doers):
        label, name = doer.rsplit(".", 1)
        kept = {field.name for field in apps.get_model(label)._meta.local_concrete_fields}
        if f"{name.removesuffix('by')}acting_as" not in kept:
            lacking.append(doer)
    return lacking


def of_rowan() -> list[type[models.Model]]:
    return [table for table in apps.get_models() if table.__module__.startswith("rowan.")]


def test_every_name_of_somebody_who_did_something_is_sorted_once():
    sorted_here = [doer for doers in SORTED for doer in doers]
    assert sorted(sorted_here) == sorted(names_of_doers(of_rowan()))


def test_every_decision_says_in_whose_place_it_was_taken():
    assert without_their_place(DECISIONS) == []


@isolate_apps("rowan.website")
def test_a_new_name_is_found():
    class Verdict(models.Model):
        given_by = models.CharField(max_length=10)
        follows = models.OneToOneField("self", on_delete=models.PROTECT, related_name="followed_by")

        class Meta:
            app_label = "website"

    assert names_of_doers([Verdict]) == {"website.Verdict.given_by"}
