"""What a person types to answer a question. Each kind of answer asks for what it needs, and nothing else."""

from datetime import timedelta

from django import forms

from rowan.agencies.models import Agency
from rowan.timescales.forms import DayField

from .models import AnswerKind
from .rules.answers import ASKS_OF_OTHERS, LOOK_AGAIN_WITHIN_DAYS, OTHER_CHILDREN
from .rules.feed_silent import EXPECTED_WITHIN_DAYS


def opened_on() -> forms.CharField:
    """What stood there when the form was opened: somebody else may answer meanwhile."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """One radio and, beneath it, that answer's own boxes. Boxes of the other kinds are kept as typed and not read."""

    kind = forms.ChoiceField(
        label="What is your answer?",
        choices=AnswerKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    concern_text = forms.CharField(
        label="What worries you, or which concern this joins (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    strategy_text = forms.CharField(
        label="Why today, and whom you have told (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    plan_text = forms.CharField(
        label="Which plan, and what it says about this",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    explained_text = forms.CharField(label="What explains it", required=False)
    how_known = forms.CharField(
        label="How we know",
        required=False,
        help_text="For example, spoke to her mother on 3 June 2026",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agency = forms.ModelChoiceField(
        label="Which agency to ask",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Choose an agency",
    )
    ask_text = forms.CharField(
        label="What to ask (optional)", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    look_again_on = DayField(
        label="When to look again",
        required=False,
        help_text="For example, 3 6 2026. The question comes back then.",
    )
    opened_on = opened_on()

    TEXT_OF = {
        AnswerKind.CONCERN: "concern_text",
        AnswerKind.STRATEGY: "strategy_text",
        AnswerKind.IN_PLAN: "plan_text",
        AnswerKind.EXPLAINED: "explained_text",
        AnswerKind.LOOK_AGAIN: "ask_text",
    }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["agency"].queryset = Agency.objects.order_by("name")

    def clean(self):
        typed = super().clean()
        kind = typed.get("kind")
        # A box of an answer that was not chosen is no reason to refuse the page.
        for name in [name for name in self.errors if name not in self._boxes_of(kind)]:
            del self._errors[name]
        if not kind:
            return typed
        if kind == AnswerKind.IN_PLAN and not typed.get("plan_text"):
            self.add_error("plan_text", "Say which plan already covers this")
        if kind == AnswerKind.EXPLAINED:
            if not typed.get("explained_text"):
                self.add_error("explained_text", "Say what explains it")
            if not typed.get("how_known"):
                self.add_error("how_known", "Say how we know")
        if kind == AnswerKind.LOOK_AGAIN:
            self._refuse_look_again(typed)
        return typed

    def _refuse_look_again(self, typed: dict) -> None:
        if not typed.get("agency"):
            self.add_error("agency", "Choose an agency")
        if "look_again_on" in self.errors:
            return
        on = typed.get("look_again_on")
        if not on:
            self.add_error("look_again_on", "Enter the date to look again")
        elif not self.today < on <= self.today + timedelta(days=LOOK_AGAIN_WITHIN_DAYS):
            self.add_error(
                "look_again_on",
                f"The date must be after today and within {LOOK_AGAIN_WITHIN_DAYS} days",
            )

    def _boxes_of(self, kind) -> set[str]:
        boxes = {"kind", self.TEXT_OF[kind]} if kind else {"kind"}
        if kind == AnswerKind.EXPLAINED:
            boxes.add("how_known")
        if kind == AnswerKind.LOOK_AGAIN:
            boxes |= {"agency", "look_again_on"}
        return boxes

    @property
    def options(self) -> list[tuple]:
        """Each radio with the boxes that belong under it."""
        return [
            (option, [self[name] for name in self.fields if name in self._boxes_of(value) - {"kind"}])
            for option, (value, _) in zip(self["kind"], AnswerKind.choices, strict=True)
        ]

    @property
    def said(self) -> dict:
        """What the action takes: the chosen answer's own boxes only."""
        kind = self.cleaned_data["kind"]
        look_again = kind == AnswerKind.LOOK_AGAIN
        return {
            "kind": kind,
            "text": self.cleaned_data[self.TEXT_OF[kind]],
            "how_known": self.cleaned_data["how_known"] if kind == AnswerKind.EXPLAINED else "",
            "agency": self.cleaned_data["agency"] if look_again else None,
            "look_again_on": self.cleaned_data["look_again_on"] if look_again else None,
        }

    @classmethod
    def as_answered(cls, answer) -> dict:
        """The boxes filled with an earlier answer, to correct it."""
        return {
            "kind": answer.kind,
            cls.TEXT_OF[answer.kind]: answer.text,
            "how_known": answer.how_known,
            "agency": answer.agency,
            "look_again_on": answer.look_again_on,
        }


class StrategyForm(forms.Form):
    opened_on = opened_on()
    held = forms.ChoiceField(
        label="Was a strategy discussion held?",
        choices=[("yes", "Held"), ("no", "Not held")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was held"},
    )
    reason = forms.CharField(
        label="Why, and what was decided",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, and what was decided"},
    )
    manager = forms.CharField(
        label="The manager who decided",
        help_text="Name and job",
        max_length=200,
        error_messages={"required": "Say which manager decided"},
    )
    other_children = forms.CharField(
        label=f"{OTHER_CHILDREN}?",
        help_text="Who else may be affected, and what is done for them. If nobody is known, say how you looked.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": ASKS_OF_OTHERS.removesuffix(".")},
    )


class NotThisChildForm(forms.Form):
    why = forms.CharField(
        label="How you know it is somebody else",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how you know it is somebody else"},
    )


class OldSignsForm(StrategyForm):
    """One answer for the whole list that a first file brought."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["other_children"]
        self.fields["held"].label = "Were these known, and was each acted on?"
        self.fields["held"].choices = [("yes", "Known and acted on"), ("no", "Not all of them")]
        self.fields["held"].error_messages["required"] = "Say whether they were known and acted on"
        self.fields["reason"].label = "How you know, or what happens now"
        self.fields["reason"].error_messages["required"] = "Say how you know, or what happens now"


class SettleForm(forms.Form):
    outcome = forms.CharField(
        label="What came of it",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what came of it"},
    )


class SilentFeedForm(forms.Form):
    why = forms.CharField(
        label="Why nothing comes",
        help_text="For example, the register system was changed. Name no pupil.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why nothing comes"},
    )
    expected_on = DayField(
        label="When files will come again",
        required=False,
        help_text="For example, 3 6 2026. If nothing has come by then, Rowan asks again.",
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_expected_on(self):
        on = self.cleaned_data["expected_on"]
        if not on:
            raise forms.ValidationError("Enter the day when files will come again")
        if not self.today < on <= self.today + timedelta(days=EXPECTED_WITHIN_DAYS):
            raise forms.ValidationError(
                f"The date must be after today and within {EXPECTED_WITHIN_DAYS} days"
            )
        return on


class SwitchForm(forms.Form):
    """`to` is what the page offered: pressed again, or beside somebody else, it never switches the other way."""

    to = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], widget=forms.HiddenInput)
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the rule is switched"},
    )
