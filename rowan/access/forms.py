"""What a person types to open, hide or review a record: always a reason."""

from datetime import date

from django import forms

from rowan.agencies.models import Practitioner
from rowan.timescales.forms import DayField

from .models import RestrictionKind
from .rules.hiding import refusal_of_reason

SO_MANY_AT_MOST = 20


class ReasonForm(forms.Form):
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=200,
        error_messages={"required": "Say why"},
    )

    def clean_why(self):
        if refused := refusal_of_reason(self.cleaned_data["why"]):
            raise forms.ValidationError(refused)
        return self.cleaned_data["why"]


class EmergencyForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].label = "What is the emergency?"
        self.fields[
            "why"
        ].help_text = "Whoever answers for this record and information governance read this today."


class LookForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].label = "Why do you need to look?"


class SomebodyForm(ReasonForm):
    """Somebody is named by their user name: nobody's role is guessed, and no list of staff is shown."""

    user_name = forms.CharField(
        label="Their user name", max_length=60, error_messages={"required": "Enter their user name"}
    )
    field_order = ["user_name", "why"]

    def clean_user_name(self):
        return _named(self.cleaned_data["user_name"])


class ColleagueForm(ReasonForm):
    """Somebody of `people`, by name; when several are so called, which of them. Nobody is listed unasked."""

    called = forms.CharField(
        label="Their name or user name",
        help_text="Only people who sign in and whose role opens records are found.",
        max_length=200,
        error_messages={"required": "Enter their name"},
    )
    which = forms.ModelChoiceField(
        queryset=Practitioner.objects.none(),
        label="Which of them?",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    owner_was = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["called", "which", "why", "owner_was"]

    def __init__(self, *args, people, owner_was: int | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = _so_called(people, str(self.data.get("called", "")).strip()) if self.is_bound else []
        if 1 < len(self.found) <= SO_MANY_AT_MOST:
            self.fields["which"].queryset = people.filter(pk__in=[each.pk for each in self.found])
            self.fields["which"].label_from_instance = _told_apart
        else:
            del self.fields["which"]
        if owner_was is None:
            del self.fields["owner_was"]
        else:
            self.fields["owner_was"].initial = owner_was

    def clean(self):
        typed = super().clean()
        if not typed.get("called"):
            return typed
        if not self.found:
            self.add_error("called", f"Nobody whose role opens records is called {typed['called']}")
        elif len(self.found) > SO_MANY_AT_MOST:
            self.add_error("called", "Many people are called that. Enter more of the name")
        elif len(self.found) > 1 and not typed.get("which") and "which" not in self.errors:
            self.add_error("which", "Choose which of them you mean")
        else:
            typed["practitioner"] = typed.get("which") or self.found[0]
        return typed


class WorksWithForm(ColleagueForm):
    from_on = DayField(
        label="From which day",
        help_text="For example, 3 6 2026",
        error_messages={"required": "Enter the day from which they work with the child"},
    )
    discreet = forms.BooleanField(
        label="Call them only “a health professional” to everybody outside their own service",
        help_text="For a service whose very name would tell why. A sexual-health clinician is always called that.",
        required=False,
    )
    field_order = ["called", "which", "from_on", "discreet"]

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = today
        del self.fields["why"]


class LastDayForm(forms.Form):
    until_on = DayField(
        label="Their last day",
        help_text="For example, 3 6 2026",
        error_messages={"required": "Enter their last day"},
    )


class RestrictForm(ReasonForm):
    kind = forms.ChoiceField(
        label="What kind of restriction is it?",
        choices=RestrictionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a kind"},
    )
    owner = forms.CharField(
        label="User name of the person who answers for the record",
        help_text="Questions and concerns about this child go to this person alone.",
        max_length=60,
        error_messages={"required": "Enter a user name"},
    )
    let_in = forms.CharField(
        label="User names of others who are let in (optional)",
        help_text="One on each line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["kind", "why", "owner", "let_in"]

    def clean_owner(self):
        return _named(self.cleaned_data["owner"])

    def clean_let_in(self):
        return [_named(name) for name in self.cleaned_data["let_in"].split()]


class ReviewForm(forms.Form):
    justified = forms.ChoiceField(
        label="Was the access justified?",
        choices=[("yes", "Justified"), ("no", "Not justified")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was justified"},
    )
    words = forms.CharField(
        label="How you know, and what happens now",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say how you know"},
    )

    def clean_words(self):
        if refused := refusal_of_reason(self.cleaned_data["words"]):
            raise forms.ValidationError(refused)
        return self.cleaned_data["words"]


def _so_called(people, called: str) -> list[Practitioner]:
    """One by the user name; else everybody whose name holds what was typed."""
    if not called:
        return []
    people = people.select_related("agency")
    one = list(people.filter(username__iexact=called))
    return one or list(people.filter(display_name__icontains=called).order_by("display_name")[: SO_MANY_AT_MOST + 1])  # fmt: skip


def _told_apart(person: Practitioner) -> str:
    return f"{person.display_name}, {person.get_role_display().lower()}, {person.agency.name} ({person.username})"


def _named(user_name: str) -> Practitioner:
    found = Practitioner.objects.filter(username=user_name.strip(), is_active=True).first()
    if found is None:
        raise forms.ValidationError(f"Nobody signs in as {user_name.strip()}")
    return found
