"""A decision, page by page: every page checks its own boxes and keeps what the others hold."""

from datetime import date

from django import forms
from django.http import QueryDict

from rowan.agencies.models import Agency
from rowan.timescales.forms import DayField

from ..rules.deciding import (
    ADVICE,
    AS_THE_RECORDS_SAY,
    CAPACITY,
    DECIDED_NAMES,
    FACTS,
    FILLED_IN,
    ON_ONE_PAGE,
    PURPOSES,
    REASONS_NOT,
    ROUTES,
    TOLD_NAMES,
    Decided,
    Said,
    Told,
    what_is_missing,
)
from ..rules.items import HEALTH, to_pick_from
from ..rules.law import Kind, to_choose_from, usual_ground
from ..rules.who_decides import WHOSE_NAMES, Whose, decides_jointly

TELLING = [(told.value, name) for told, name in TOLD_NAMES.items() if told != Told.STANDING]


def _words(label: str, *, rows: int = 3, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _radios(label: str, choices, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, help_text=hint
    )


def _list(label: str, choices, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "Choose one"), *choices], required=False, help_text=hint
    )


class SaysForm(forms.Form):
    """The boxes that a decision and a standing decision have in common."""

    recipient_agency = forms.ModelChoiceField(
        label="Which agency receives it",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Choose an agency",
    )
    recipient_body = forms.CharField(
        label="Or another body, in words (optional)", required=False, max_length=200
    )
    recipient_person = forms.CharField(
        label="Which person there",
        help_text="A name, or a post such as duty social worker",
        required=False,
        max_length=200,
    )
    whose = _radios("Whose information is it?", [(whose.value, name) for whose, name in WHOSE_NAMES.items()])
    items = forms.MultipleChoiceField(
        label="What is shared",
        help_text="Pick the least that does the job.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = _list("What it is for", PURPOSES.items())
    purpose_words = _words("What it is for, in your words (optional)")
    article6 = _list(
        "Lawful basis", [], "Public task is the usual one for councils, police, schools and the NHS."
    )
    condition = _list(
        "Condition for sensitive information",
        [],
        "For health, ethnicity, religion and sex life, and for offences. Safeguarding of children is the usual one.",
    )
    duty = _list("Duty or power", [])
    necessary = _words("Why this much is needed, and no less would do")
    route = _list("How it gets there", ROUTES.items())
    handling = _words(
        "What the recipient may not do with it (optional)", hint="For example, not to be shown to the family"
    )

    def __init__(self, *args, by, sees_joint: bool, shows, today: date, settings, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.settings = today, settings
        self.fields["recipient_agency"].queryset = Agency.objects.order_by("name")
        self.fields["items"].choices = [(item.key, item.name) for item in to_pick_from(shows)]
        if not decides_jointly(by.role, sees_joint=sees_joint):
            self.fields["whose"].choices = [(Whose.OWN.value, WHOSE_NAMES[Whose.OWN])]
        for box, kind in (("article6", Kind.ARTICLE_6), ("condition", Kind.CONDITION), ("duty", Kind.DUTY)):
            self.fields[box].choices = [
                ("", "Choose one"),
                *((law.key, law.name) for law in to_choose_from(kind, settings, today)),
            ]

    def said(self, **more) -> Said:
        typed = self.cleaned_data
        agency = typed.get("recipient_agency")
        known = {name: typed[name] for name in Said.__dataclass_fields__ if typed.get(name)}
        known["items"] = tuple(typed.get("items") or ())
        known["recipient"] = agency.name if agency else typed.get("recipient_body", "")
        return Said(**{**known, **more})


class DecisionForm(SaysForm):
    """Every box of a decision, bound to the whole draft; only `boxes` are shown and checked."""

    decided = _radios("What is decided?", [(decided.value, name) for decided, name in DECIDED_NAMES.items()])
    items_words = _words("Anything else that is shared (optional)")
    told_child = _radios("Has the child been told?", TELLING)
    told_parent = _radios("Has a parent or carer been told?", TELLING)
    why_not_told = _words(
        "If not: why",
        hint="Telling is not needed where it would put somebody in danger, or is not possible in time.",
    )
    childs_view = _words("What the child thinks, in her or his words (optional)")
    facts = _radios("Is it fact or opinion?", FACTS.items())
    accuracy = _words("How old is it, and how sure are you?")
    danger_if_seen = _words(
        "Who could be harmed if the wrong person saw it (optional)",
        hint="For example, the child, if the adult named in it learned who told us",
    )
    advice = forms.ChoiceField(label="Whose advice was taken", choices=ADVICE.items(), required=False)
    advice_words = _words("What they advised (optional)")
    reason_not = _radios(
        "Why it is not shared, or not all of it", [(key, name) for key, (name, _) in REASONS_NOT.items()]
    )
    why_not = _words("How that applies to this child")
    review_on = DayField(
        label="When this is looked at again", required=False, help_text="For example, 3 6 2027"
    )
    weighing = _words("How the public interest in sharing weighs against the confidence")
    capacity = _radios("Does the child understand what sharing means?", CAPACITY.items())
    under_13 = _radios("Is the child under 13?", [("yes", "Yes"), ("no", "No")])
    caldicott = _words("What the Caldicott guardian advised (optional, but not for a child under 13)")

    def __init__(self, *args, boxes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.boxes = list(boxes)

    def __iter__(self):
        return (self[name] for name in self.boxes)

    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            lacks = what_is_missing(self.said(), today=self.today, settings=self.settings)
            for name in [name for name in self._errors if name not in self.boxes]:
                del self._errors[name]
            for box in self.boxes:
                if box in lacks and box not in self._errors:
                    self.add_error(box, lacks[box])


class ShareForm(DecisionForm):
    """The ordinary decision to share, on one page. Health told in confidence, part of it, or a family not told: the full form."""

    def __init__(self, *args, by, shows, **kwargs):
        filled_in = usual_ground(by.agency.kind) | {"whose": Whose.OWN.value, "accuracy": AS_THE_RECORDS_SAY}
        super().__init__(
            *args,
            by=by,
            shows=lambda compartment: compartment not in HEALTH and shows(compartment),
            boxes=(*ON_ONE_PAGE, *FILLED_IN),
            initial=filled_in,
            **kwargs,
        )
        for name in set(self.fields) - set(self.boxes):
            del self.fields[name]
        self.fields["purpose"] = _radios("What it is for", PURPOSES.items())
        self.fields["purpose"].choices = [choice for choice in PURPOSES.items() if choice[0] != "other"]
        self.fields["route"] = _radios("How it gets there", ROUTES.items())
        for box in ("told_child", "told_parent"):
            self.fields[box].choices = [choice for choice in TELLING if choice[0] != Told.NOT_TOLD]

    def said(self, **more) -> Said:
        return super().said(**{"decided": Decided.SHARE, **more})

    def on_the_page(self):
        return [self[name] for name in ON_ONE_PAGE]

    def filled_in(self):
        return [self[name] for name in FILLED_IN]

    def is_wrong_in_what_was_filled_in(self) -> bool:
        return any(name in self.errors for name in FILLED_IN)


class NotShareForm(SaysForm):
    """Three answers and it is on record: who does not get it, why, and when this is looked at again."""

    boxes = ("recipient_agency", "recipient_body", "reason_not", "why_not", "review_on")
    reason_not = _radios("Why it is not shared", [(key, name) for key, (name, _) in REASONS_NOT.items()])
    why_not = _words("How that applies to this child", rows=2)
    review_on = DayField(label="When this is looked at again", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recipient_agency"].label = "Which agency does not receive it"
        # What the page does not ask is not taken either.
        for name in set(self.fields) - set(self.boxes):
            del self.fields[name]
        self.order_fields(self.boxes)

    def clean(self):
        typed = super().clean()
        self.cleaned_data = typed
        lacks = what_is_missing(
            self.said(decided=Decided.NOT_SHARE), today=self.today, settings=self.settings
        )
        for box, words in lacks.items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed


class WithdrawForm(forms.Form):
    words = forms.CharField(
        label="Why it is withdrawn",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )
    how_told = forms.CharField(
        label="How and when its recipient was told to destroy it",
        max_length=300,
        error_messages={"required": "Tell the recipient first, then say how and when"},
    )


def typed_of(decision) -> dict:
    """The boxes of a draft that starts from what was decided."""
    on = decision.review_on
    boxes = {
        name: [getattr(decision, name)]
        for name in Said.__dataclass_fields__
        if name not in {"recipient", "items", "review_on"} and getattr(decision, name)
    }
    boxes["items"] = [item.item for item in decision.items.all()]
    boxes["recipient_agency"] = [str(decision.recipient_agency_id or "")]
    boxes["recipient_body"] = [decision.recipient_body]
    if on:
        boxes |= {f"review_on_{part}": [str(getattr(on, part))] for part in ("day", "month", "year")}
    # As the standing decision said is no answer to a full form.
    return {name: values for name, values in boxes.items() if values != [Told.STANDING.value]}


def as_query(boxes: dict) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in boxes.items():
        query.setlist(name, values)
    return query


def boxes_posted(post, boxes) -> dict:
    """What the page sent for its own boxes, date parts too; a box left empty is kept as empty."""
    parts = [name for box in boxes for name in (box, *(f"{box}_{part}" for part in ("day", "month", "year")))]
    sent = {name: post.getlist(name) for name in parts if name in post}
    return {box: [] for box in boxes} | sent
