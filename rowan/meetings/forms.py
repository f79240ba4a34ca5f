"""What a person types to set up a series, to say who came, what was decided, who does not agree, and the minutes."""

from datetime import date

from django import forms

from rowan.access.rules.matrix import roles_that_open_records
from rowan.agencies.models import Agency, AgencyKind
from rowan.plans.forms import OwnerField, whom_to_ask
from rowan.timescales.forms import DayField

from .models import Meeting, Series
from .rules.decisions import DECIDED_NAMES, Said, what_is_missing
from .rules.quorum import BY_DEFAULT
from .rules.rhythm import RHYTHM_NAMES
from .rules.steps import Step
from .rules.the_list import SERIES_NAMES


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person) -> str:
        return f"{person.display_name}, {person.agency.name}"


class SeriesForm(forms.Form):
    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Give the series a name"}
    )
    kind = forms.ChoiceField(
        label="What kind of meeting",
        choices=[(each.value, name) for each, name in SERIES_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of meeting"},
    )
    rhythm = forms.ChoiceField(
        label="How often",
        choices=[(each.value, name) for each, name in RHYTHM_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often it meets"},
    )
    first_on = DayField(
        label="First meeting",
        help_text="For example, 3 6 2026",
        error_messages={"required": "Give the day of the first meeting"},
    )
    place = forms.CharField(
        label="Where (optional)", max_length=200, required=False, help_text="A room, or how to join a call"
    )
    chair = OwnerField(label="Who chairs", empty_label="Choose somebody")
    organiser = OwnerField(
        label="Who arranges it and draws up its list",
        empty_label="Choose somebody",
        help_text="Somebody whose role opens children’s records.",
    )
    members = PeopleField(
        label="Who else is asked to come",
        queryset=whom_to_ask().none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quorum = forms.MultipleChoiceField(
        label="From whom somebody has to be there",
        choices=AgencyKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Without them the meeting is not quorate. Leave all empty for the usual: the council, the police and health.",
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        people = whom_to_ask()
        self.fields["chair"].queryset = self.fields["members"].queryset = people
        self.fields["organiser"].queryset = people.filter(role__in=roles_that_open_records())

    def clean_quorum(self):
        return self.cleaned_data["quorum"] or list(BY_DEFAULT)

    def clean(self):
        typed = super().clean()
        for box, words in (
            ("chair", "Choose who chairs"),
            ("organiser", "Choose who arranges the meeting"),
        ):
            if typed.get(box) is None and box not in self.errors:
                self.add_error(box, words)
        if (first := typed.get("first_on")) and first < self.today:
            self.add_error("first_on", "Give a day that is today or later")
        return typed


class ChangeSeriesForm(SeriesForm):
    """The same boxes; the kind stays, and the day is that of the meeting which is planned next, where one is."""

    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, series: Series, planned: Meeting | None, **kwargs):
        everybody = set(series.members.values_list("pk", flat=True))
        stands = {
            "name": series.name, "place": series.place, "rhythm": series.rhythm, "quorum": series.quorum,
            "chair": series.chair_id, "organiser": series.organiser_id, "opened_on": str(series.version),
            "members": everybody - {series.chair_id, series.organiser_id}, "first_on": planned.on if planned else None,
        }  # fmt: skip
        super().__init__(*args, initial=stands, **kwargs)
        del self.fields["kind"]
        self.fields["first_on"].label = "Next meeting"
        if planned is None:
            del self.fields["first_on"]


class WhoCameForm(forms.Form):
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)
    came = PeopleField(
        label="Who is here?",
        queryset=whom_to_ask().none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        expected = meeting.expected.values("practitioner")
        came = meeting.expected.filter(came=True).values_list("practitioner", flat=True)
        said = {"came": list(came), "opened_on": kwargs.pop("opened_on")}
        super().__init__(*args, initial=said, **kwargs)
        self.fields["came"].queryset = whom_to_ask().filter(pk__in=expected)


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label="What was decided",
        choices=[(each.value, name) for each, name in DECIDED_NAMES.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What changed, what works and what does not, and what is not known.",
    )  # fmt: skip
    childs_view = forms.CharField(
        label="The child’s own view",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In the child’s words where you have them. Needed before less is done.",
    )
    review_on = DayField(
        label="When the panel looks again", required=False, help_text="For example, 3 6 2026"
    )
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        typed = super().clean()
        said = Said(
            typed.get("decision") or "",
            typed.get("reason") or "",
            typed.get("childs_view") or "",
            typed.get("review_on"),
        )
        for box, words in what_is_missing(said, today=self.today).items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed


class DissentForm(forms.Form):
    agency = forms.ModelChoiceField(
        label="Which agency does not agree",
        queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that does not agree"},
    )
    words = forms.CharField(
        label="Why, in their words",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why they do not agree"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.order_by("name")


class WhyForm(forms.Form):
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )


class AddChildForm(WhyForm):
    meeting = forms.ModelChoiceField(
        label="Which meeting",
        queryset=Meeting.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose a meeting"},
    )
    field_order = ["meeting", "why"]

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda row: (
            f"{row.series.name}, {row.on.day} {row.on:%B %Y}"
        )
        self.fields["why"].label = "Why the meeting should talk about this child"


class MinutesForm(forms.Form):
    words = forms.CharField(
        label="Minutes",
        help_text="Themes, gaps in services and learning. What was decided about each child is recorded with the child, and no child is named here.",
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Write what was said"},
    )
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)


def meetings_to_add_to(by):
    steps = [Step.PLANNED.value, Step.IN_SESSION.value]
    return Meeting.objects.of(by).filter(step__in=steps).select_related("series")
