"""What triage types: how urgent, who it is about, what agencies are asked, what is decided."""

from django import forms

from rowan.access.rules.matrix import Kind, cell_of
from rowan.agencies.models import Agency
from rowan.chronology.models import Compartment
from rowan.people.rules.finding import Sought
from rowan.timescales.forms import DayField

from ..rules.checks import ASKS
from ..rules.deciding import OTHER_CHILDREN
from ..rules.decisions import ABOUT_A_CHILD, DECIDED_NAMES, FACT_NAMES, Decided
from ..rules.telling import HOW
from ..rules.urgency import Urgency, label
from .kept_in_health import AsksAboutWordsOfHealth


def _words(label_: str, rows: int = 3, **more) -> forms.CharField:
    return forms.CharField(label=label_, widget=forms.Textarea(attrs={"rows": rows}), **more)


class OpenedOn(forms.Form):
    """A form that edits something says what stood there when its page was opened."""

    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)


class UrgencyForm(AsksAboutWordsOfHealth, OpenedOn):
    BOXES = ("why",)
    urgency = forms.ChoiceField(
        label="How urgent is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how urgent it is"},
    )
    why = _words("Why", error_messages={"required": "Say why it is as urgent as this"})

    def __init__(self, *args, settings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["urgency"].choices = [(each.value, label(each, settings)) for each in Urgency]


class LookForForm(forms.Form):
    """What is known of who it is about. It is a look, so it is sent by GET from the concern's own details."""

    first_name = forms.CharField(label="First name", required=False, max_length=120)
    surname = forms.CharField(label="Surname", required=False, max_length=120)
    birth_date = DayField(label="Birth date", required=False)
    age = forms.IntegerField(
        label="Age, if the birth date is not known", required=False, min_value=0, max_value=25
    )
    school = forms.CharField(label="School", required=False, max_length=200)
    address = forms.CharField(label="Where the child lives or stays", required=False, max_length=300)
    postcode = forms.CharField(label="Postcode", required=False, max_length=10)
    number = forms.CharField(label="Pupil number or NHS number", required=False, max_length=20)

    def clean(self):
        typed = super().clean()
        if not self.errors and not self.sought().says_enough:
            raise forms.ValidationError("Give at least two of these, or a birth date, a postcode or a number")
        return typed

    def sought(self) -> Sought:
        typed = self.cleaned_data
        words = {
            name: typed.get(name) or ""
            for name in ("first_name", "surname", "school", "address", "postcode", "number")
        }
        return Sought(**words, birth_date=typed.get("birth_date"), age=typed.get("age"))


class SearchForm(LookForForm):
    why = _words("Why you are looking", rows=2, error_messages={"required": "Say why you are looking"})

    def __init__(self, *args, role: str, **kwargs):
        super().__init__(*args, **kwargs)
        # Who does not see where children live would learn it by trying postcodes.
        if cell_of(role, Kind.ADDRESSES) is None:
            del self.fields["address"], self.fields["postcode"]


class ReachForm(forms.Form):
    why = _words(
        "Why you have to reach them", rows=2, error_messages={"required": "Say why you have to reach them"}
    )


class SayWhoForm(AsksAboutWordsOfHealth, OpenedOn):
    BOXES = ("how_known",)
    person_id = forms.CharField(
        label="Which child is it?", max_length=32, widget=forms.HiddenInput, error_messages={"required": "Choose a child, or say that it is none of them"}
    )  # fmt: skip
    how_known = _words("How you know", rows=2, error_messages={"required": "Say how you know"})


class NobodyKnownForm(AsksAboutWordsOfHealth, OpenedOn):
    BOXES = ("how_known",)
    first_name = forms.CharField(
        label="First name, or what people call the child", required=False, max_length=120
    )
    surname = forms.CharField(label="Surname", required=False, max_length=120)
    birth_date = DayField(label="Birth date (optional)", required=False)
    how_known = _words(
        "How you know that it is none of those found", rows=2, error_messages={"required": "Say how you know"}
    )

    def clean(self):
        typed = super().clean()
        if not (typed.get("first_name") or "").strip() and not (typed.get("surname") or "").strip():
            self.add_error("first_name", "Give a name, or how people call the child")
        return typed


class AskAgencyForm(AsksAboutWordsOfHealth):
    BOXES = ("asks",)
    agency = forms.ModelChoiceField(
        label="Which agency to ask", queryset=Agency.objects.none(), empty_label="Choose an agency", error_messages={"required": "Choose an agency"}
    )  # fmt: skip
    asks = _words("What you ask", initial=ASKS, error_messages={"required": "Say what the agency is asked"})

    def __init__(self, *args, concern, **kwargs):
        super().__init__(*args, **kwargs)
        shut_out = [concern.professionals_agency_id] if concern.about_a_professional else []
        agencies = Agency.objects.exclude(pk__in=shut_out).order_by("name")
        # One that somebody asked since the page was opened is still taken: the act says who asked it, and what.
        self.fields["agency"].queryset = (
            agencies if self.is_bound else agencies.exclude(pk__in=concern.checks.values("agency"))
        )


class AnswerCheckForm(AsksAboutWordsOfHealth):
    BOXES = ("answer",)
    nothing_known = forms.ChoiceField(
        label="Does your agency know anything that bears on this?",
        choices=[("no", "Yes, it does"), ("yes", "No, nothing is known")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether your agency knows anything"},
    )
    answer = _words(
        "What it knows",
        rows=5,
        required=False,
        help_text="Facts with their dates. Say what is somebody’s opinion.",
    )

    def __init__(self, *args, check, **kwargs):
        super().__init__(*args, **kwargs)
        self.in_health = check.compartment == Compartment.HEALTH

    def clean(self):
        typed = super().clean()
        if typed.get("nothing_known") == "no" and not (typed.get("answer") or "").strip():
            self.add_error("answer", "Say what your agency knows")
        if typed.get("nothing_known") == "yes" and (typed.get("answer") or "").strip():
            self.add_error("answer", "Either nothing is known, or say what is: not both")
        return typed


class DecideForm(forms.Form):
    decided = forms.ChoiceField(
        label="What is decided?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is decided"},
    )
    reason = _words("Why", error_messages={"required": "Say why, in words the referrer could read"})
    manager = forms.CharField(label="The manager who decided this with you", required=False, max_length=200, help_text="For a strategy discussion, for a decision anew, and where there is a sign of harm and no referral.")  # fmt: skip
    other_children = _words(f"{OTHER_CHILDREN}?", rows=2, required=False)
    early_help_agreed = forms.BooleanField(label="The family agreed to early help", required=False)
    referral_on = DayField(
        label="Day of the referral (if it is made)", required=False, help_text="For example, 3 6 2026"
    )
    referral_reference = forms.CharField(
        label="Reference in children’s social care’s own system", required=False, max_length=60
    )

    # Beside which box each refusal of the act stands.
    FIELD_OF = (
        ("Name the manager", "manager"), ("There is a sign of harm", "other_children"), ("Early help rests", "early_help_agreed"),
        ("Say why", "reason"), ("Whether a pregnancy", "reason"),
    )  # fmt: skip

    def __init__(self, *args, concern, has_worker: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decided"].choices = [
            (each.value, name)
            for each, name in DECIDED_NAMES.items()
            if _may_be_chosen(each, concern, has_worker)
        ]

    def field_of(self, reason: str) -> str:
        return next((field for begins, field in self.FIELD_OF if reason.startswith(begins)), "decided")


def _may_be_chosen(decided: Decided, concern, has_worker: bool) -> bool:
    if concern.about_a_professional:
        return decided == Decided.LADO
    if decided == Decided.TO_WORKER:
        return has_worker
    if decided in ABOUT_A_CHILD:
        return concern.about == "child"
    if decided == Decided.WORK_ON_THE_PLACE:
        return concern.about != "child"
    return True


class FactForm(forms.Form):
    fact = forms.ChoiceField(
        label="What does children’s social care’s own system say?",
        choices=[(each.value, name) for each, name in FACT_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it says"},
    )
    on = DayField(
        label="On which day", help_text="For example, 3 6 2026", error_messages={"required": "Enter the day"}
    )
    reference = forms.CharField(label="Its reference there", required=False, max_length=60)
    words = _words("In words (optional)", rows=2, required=False)

    def field_of(self, reason: str) -> str:
        return "on" if reason.startswith("That day") else "reference" if "reference" in reason else "fact"


class ToldForm(forms.Form):
    how = forms.ChoiceField(
        label="How were they told?", widget=forms.RadioSelect, choices=list(HOW.items()), error_messages={"required": "Say how they were told"}
    )  # fmt: skip


class ReplyForm(forms.Form):
    words = _words("Your reply", error_messages={"required": "Write the reply"})

    def field_of(self, reason: str) -> str:
        return "words"


class ChallengeForm(forms.Form):
    why = _words("Why you disagree", error_messages={"required": "Say why you disagree"})
    sought = _words("What should happen instead", rows=2, required=False)

    def field_of(self, reason: str) -> str | None:
        return "why" if reason.startswith(("Whether a pregnancy", "Say why", "This is longer")) else None
