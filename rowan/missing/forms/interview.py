"""What a return home interview found, in the order in which people talk: before, during, after."""

from django import forms

from rowan.chronology.rules.observations import Kind

from ..actions.interviews import Heard, names_in
from ..rules.findings import PULL, PUSH, TOLD_OF_HARM, to_pick_from
from .episodes import StepForm, text_box

BOXES = ("held_where", "childs_words", "why_words", "where_words", "with_whom", "harm_words", "way_back", "what_would_help")  # fmt: skip


def _several(label: str, choices, **more) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple, **more
    )


class InterviewForm(StepForm):
    asks = "it was held"
    held_where = text_box("Where it was held (optional)", rows=1)
    independent = forms.ChoiceField(
        label="Was the interviewer independent of those who care for the child?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the interviewer was independent"},
    )
    childs_words = text_box("What the child said, in the child’s words (optional)", rows=4)
    why_words = text_box(
        "Before: why the child went (optional)",
        help_text="What made staying hard, what drew the child away. The child is not to blame for either.",
    )
    push = _several("What pushed (optional)", PUSH.items())
    pull = _several("What pulled (optional)", PULL.items())
    where_words = text_box("During: where the child was (optional)")
    with_whom = text_box("With whom (optional)")
    names = text_box(
        "Names heard, as they were said, one a line (optional)",
        help_text="Just as the child said them, nicknames too. A name here is a name that was heard, and nothing more.",
    )
    told_of_harm = forms.ChoiceField(
        label="Did the child tell of harm, or show signs of it?",
        help_text="A yes asks at once whether a strategy discussion is held today. If the child is in danger now, ring 999 first.",
        choices=TOLD_OF_HARM.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the child told of harm"},
    )
    harm_words = text_box(
        "What was told or seen of harm (optional)", help_text="Enough to act on, and no detail beyond it."
    )
    signs = _several(
        "Signs of harm in what was said (optional)",
        [(each.code, each.words) for each in to_pick_from(Kind.SIGN_OF_HARM)],
    )
    way_back = text_box("After: how the child got back (optional)")
    what_would_help = text_box("What would help, says the child (optional)")
    intelligence = text_box(
        "Intelligence for the police (optional)",
        help_text="Kept apart: read by the police team and those who handle intelligence. Names no source.",
    )
    health = text_box(
        "Health (optional)",
        help_text="Kept apart: read by the health lead and the child’s lead professional.",
    )

    def clean(self):
        typed = super().clean()
        if not self.errors and not any(typed.get(box) for box in BOXES if box != "held_where"):
            self.add_error(
                "childs_words", "Write down something of what was said, in the child’s words if you can"
            )
        return typed

    def heard(self) -> Heard:
        typed = self.cleaned_data
        return Heard(
            independent=typed["independent"] == "yes",
            told_of_harm=typed["told_of_harm"],
            factors=(*typed["push"], *typed["pull"]),
            noticed=tuple(typed["signs"]),
            names=names_in(typed["names"]),
            words={box: typed[box] for box in BOXES},
            intelligence=typed["intelligence"],
            health=typed["health"],
        )
