"""Every box in which a concern is told, bound to the whole draft; a page shows and checks its own."""

from django import forms
from django.core.validators import validate_email
from django.http import QueryDict

from rowan.agencies.models import Agency
from rowan.chronology.rules.observations import KIND_NAMES, Kind, observations_of

from ..rules.form_steps import NAME_PARTS, NAMES_AT_MOST, REFERRER
from ..rules.pregnancy import GROUNDS, Pregnancy
from ..rules.told import (
    ALL_DETAILS,
    CHILD_KNOWS,
    DETAILS,
    FIRST_HAND,
    SEEN_OR_HEARD,
    HeardName,
    Referrer,
    Told,
    tells_of_an_ended_pregnancy,
    what_is_missing,
)
from ..rules.what_it_is_about import ABOUT_NAMES, About
from ..rules.who_raises import RAISES_NAMES, Raises

YES_OR_NO = [("yes", "Yes"), ("no", "No")]
NAME_LABELS = {
    "as_said": "Name {}, as it was said",
    "said_by": "Who said name {}",
    "child_calls_them": "What the child calls them ({})",
    "description": "If you have no name: who they are, for example “driver of a silver hatchback” ({})",
}


def _words(label: str, *, rows: int = 3, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": rows}), strip=False
    )


def _line(label: str, *, hint: str = "", **attrs) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"max_length": "This is longer than 500 letters. Shorten it."},
    )


def _radios(label: str, choices, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, help_text=hint
    )


def _ticks(label: str, choices, hint: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=hint,
    )


def _noticed(kind: Kind) -> forms.MultipleChoiceField:
    return _ticks(
        f"{KIND_NAMES[kind]} (optional)", [(each.code, each.words) for each in observations_of(kind)]
    )


class ConcernForm(forms.Form):
    about = _radios("What are you worried about?", [(each.value, name) for each, name in ABOUT_NAMES.items()])
    raises = _radios(
        "Which of these are you?",
        [(each.value, name) for each, name in RAISES_NAMES.items()],
        "It decides what we may tell you afterwards.",
    )
    please_contact = _ticks(
        "Do you want to say no more than “please contact me”?",
        [("yes", "Please contact me about this child. I will not write down why.")],
        "Whoever reads it sees that a health professional asks to be contacted. The name of your service stays in its own compartment.",
    )
    about_a_professional = _radios(
        "Is it about somebody who works or volunteers with children?",
        YES_OR_NO,
        "Such as a teacher, carer, driver, coach or social worker. It then goes to the local authority designated officer, and not to that person’s employer.",
    )
    how_to_reach = _words(
        "How to reach you, and when",
        rows=2,
        hint="A number or address that does not name your service, if that matters.",
    )
    immediate_danger = _radios(
        "Is a child in danger now?", YES_OR_NO, "If yes, ring 999 first, then send this."
    )
    what_worries = _words(
        "What worries you, in your own words",
        rows=6,
        hint="What happened, what you saw or heard. A few words are enough.",
    )
    cannot_say_why = _ticks(
        "Or:", [("yes", "I am worried, but I cannot say why")], "That is a good reason to tell us."
    )
    childs_words = _words(
        "What the child said, in the child’s own words (optional)",
        hint="As nearly as you remember. Leave out your own view of it. Do not question the child to fill this in.",
    )
    seen_or_heard = _radios("Did you see it, or hear about it?", SEEN_OR_HEARD.items())
    first_hand = _radios("How do you know?", FIRST_HAND.items())
    told_by = _line("If somebody told you: who (optional)")
    when_words = _line("When was it (optional)", hint="A date, or “most Fridays since September”")
    where_words = _line("Where was it (optional)")
    professionals_name = _line("Their name, or what you know of them")
    professionals_agency = forms.ModelChoiceField(
        label="Where they work, if it is on this list",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Not on the list, or not known",
    )
    noticed_s = _noticed(Kind.SIGN_OF_HARM)
    noticed_i = _noticed(Kind.INDICATOR)
    noticed_v = _noticed(Kind.VULNERABILITY)
    noticed_p = _noticed(Kind.PROTECTIVE)
    pregnant = _radios(
        "Is the child pregnant, as far as you know? (optional)",
        [*YES_OR_NO, ("not_known", "I do not know")],
        "Pregnancy is no proof of exploitation. Do not write what is to become of it: that is kept in health’s own records.",
    )
    pregnancy_grounds = _ticks("If she is: does any of these hold? (optional)", GROUNDS.items())
    child_knows = _radios("Does the child know that you are telling us?", CHILD_KNOWS.items())
    why_child_does_not_know = _words("If telling would not be safe: why", rows=2)
    already_done = _words("What has been done already (optional)", hint="Who was rung or told, and when")
    ref_name = _line("Your name (optional)", autocomplete="name")
    ref_phone = _line("A telephone number (optional)", autocomplete="tel", inputmode="tel")
    ref_email = _line("An email address (optional)", autocomplete="email", inputmode="email")
    ref_works_at = _line("Where you work, if you tell us as part of your work (optional)")
    ref_how_to_reach = _words("When it is safe to reach you, and when not (optional)", rows=2)
    ref_stays_unnamed = _radios(
        "May the family be told that it was you?",
        [("yes", "No, do not tell them it was me"), ("no", "Yes, they may know")],
        "We do not tell them unless a court orders it.",
    )

    def __init__(
        self, *args, boxes=(), raises: str = "", about: str = "", professional: bool = True, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.boxes, self.known_raises, self.professional = list(boxes), raises, professional
        if raises == Raises.POLICE:
            self.fields[
                "told_by"
            ].help_text = (
                "It stays sealed: nobody reads it here, and it opens only for two people of your unit."
            )
        labels = DETAILS.get(about, DETAILS[About.CHILD])
        for key in ALL_DETAILS:
            self.fields[f"detail_{key}"] = _line(labels.get(key, key))
        for number in range(1, NAMES_AT_MOST + 1):
            for part in NAME_PARTS:
                self.fields[f"name_{number}_{part}"] = _line(NAME_LABELS[part].format(number))
        if "professionals_agency" in self.boxes or self.is_bound:
            self.fields["professionals_agency"].queryset = Agency.objects.order_by("name")

    def __iter__(self):
        return (self[name] for name in self.boxes)

    def full_clean(self):
        super().full_clean()
        if not self.is_bound:
            return
        for name in [name for name in self._errors if name not in self.boxes]:
            del self._errors[name]
        for box, words in self.lacks().items():
            if box in self.boxes and box not in self._errors:
                self.add_error(box, words)

    def lacks(self) -> dict[str, str]:
        told = told_of(self.data, raises=self.known_raises)
        lacks = what_is_missing(told)
        if self.professional:
            # Nobody else is turned back for a word.
            lacks |= tells_of_an_ended_pregnancy(told)
        if email := self.data.get("ref_email", "").strip():
            try:
                validate_email(email)
            except forms.ValidationError:
                lacks["ref_email"] = "Enter an email address such as name@example.com, or leave it empty."
        return {name: words for name, words in lacks.items() if name in self.fields}


def told_of(query, *, raises: str = "") -> Told:
    """What the boxes say, whatever page they stood on."""

    def said(box: str) -> str:
        return query.get(box, "").strip()

    about = said("about")
    return Told(
        about=about,
        raises=raises or said("raises"),
        details=tuple((key, said(f"detail_{key}")) for key in DETAILS.get(about, DETAILS[About.CHILD])),
        what_worries=said("what_worries"),
        cannot_say_why=said("cannot_say_why") == "yes",
        childs_words=said("childs_words"),
        seen_or_heard=_one_of(said("seen_or_heard"), SEEN_OR_HEARD),
        first_hand=_one_of(said("first_hand"), FIRST_HAND),
        told_by=said("told_by"),
        when_words=said("when_words"),
        where_words=said("where_words"),
        already_done=said("already_done"),
        immediate_danger=said("immediate_danger") == "yes",
        child_knows=_one_of(said("child_knows"), CHILD_KNOWS),
        why_child_does_not_know=said("why_child_does_not_know"),
        please_contact=said("please_contact") == "yes",
        how_to_reach=said("how_to_reach"),
        about_a_professional=said("about_a_professional") == "yes",
        professionals_name=said("professionals_name"),
        names=tuple(
            HeardName(*(said(f"name_{number}_{part}") for part in NAME_PARTS))
            for number in range(1, NAMES_AT_MOST + 1)
        ),
        noticed=tuple(code for kind in "sivp" for code in query.getlist(f"noticed_{kind}")),
        pregnancy=Pregnancy(said("pregnant") == "yes", frozenset(query.getlist("pregnancy_grounds"))),
    )


def referrer_of(query) -> Referrer:
    said = {box.removeprefix("ref_"): query.get(box, "").strip() for box in REFERRER}
    return Referrer(**said | {"stays_unnamed": said["stays_unnamed"] != "no"})


def _one_of(value: str, known) -> str:
    return value if value in known else ""


def as_query(boxes: dict) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in boxes.items():
        query.setlist(name, values)
    return query


def boxes_posted(post, boxes) -> dict:
    """What the page sent for its own boxes; one left empty is kept as empty. What no database keeps is let go."""
    return {box: [value.replace("\x00", "") for value in post.getlist(box)] for box in boxes}
