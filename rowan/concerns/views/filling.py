"""A form being filled in: which pages it has, what each holds, and what the whole says. The same for every door."""

from dataclasses import dataclass

from rowan.agencies.models import Agency

from ..actions.drafts import read, version_of
from ..forms import ConcernForm, as_query, referrer_of, told_of
from ..models import ConcernDraft, SentFile
from ..rules.form_steps import FormStep, Teller, steps_for
from ..rules.saving import Kept, Sent
from ..rules.told import to_think_of


@dataclass
class Filling:
    draft: ConcernDraft
    teller: Teller

    @property
    def boxes(self) -> dict:
        return read(self.draft)[0]

    @property
    def steps(self) -> list[FormStep]:
        return steps_for(self.boxes, self.teller)

    def step(self, name: str) -> FormStep | None:
        return next((step for step in self.steps if step.name == name), None)

    def version(self, step: str) -> int:
        return read(self.draft)[1].get(step, Kept()).version

    def before(self, here: FormStep) -> FormStep | None:
        names = [step.name for step in self.steps]
        place = names.index(here.name) if here.name in names else 0
        return self.steps[place - 1] if place else None

    def next(self, here: FormStep) -> FormStep | None:
        """The page after this one; None when the next is to check it all."""
        names = [step.name for step in self.steps]
        return next(iter(self.steps[names.index(here.name) + 1 :]), None) if here.name in names else self.steps[0]  # fmt: skip

    def filled(self, step: FormStep) -> ConcernForm:
        """A page as it was kept, without complaining of what is not typed yet."""
        form = self._form(step.boxes)
        query = as_query(self.boxes)
        form.initial = {
            name: form.fields[name].widget.value_from_datadict(query, {}, name)
            for name in step.boxes
            if name in query
        }
        return form

    def checked(self, step: FormStep, sent: dict | None = None) -> ConcernForm:
        form = self._form(step.boxes, as_query(self.boxes | (sent or {})))
        form.is_valid()
        return form

    def whole(self) -> ConcernForm:
        """Everything on the pages that stand now: what was typed on one that fell away is not part of it."""
        names = [name for step in self.steps for name in step.boxes]
        form = self._form(names, as_query({name: self.boxes[name] for name in names if name in self.boxes}))
        form.is_valid()
        return form

    def lacking(self) -> list[FormStep]:
        errors = self.whole().errors
        return [step for step in self.steps if any(name in errors for name in step.boxes)]

    def told(self):
        return told_of(self.whole().data, raises=self.teller.raises)

    def to_think_of(self) -> list[str]:
        return to_think_of(self.told())

    def referrer(self):
        return referrer_of(self.whole().data)

    @property
    def may_add_files(self) -> bool:
        """Somebody without an account may, and not where only a call back is asked for."""
        return not self.teller.signed_in and self.step("contact") is None

    def files(self) -> list[SentFile]:
        return list(self.draft.files.all())

    def professionals_agency(self) -> Agency | None:
        return self.whole().cleaned_data.get("professionals_agency")

    def opened_on(self) -> str:
        return version_of(self.draft)

    def rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """By page, each box that says something, in words."""
        form = self.whole()
        return [
            (step, [(form.fields[name].label, said) for name in step.boxes if (said := in_words(form, name))])
            for step in self.steps
        ]

    def _form(self, names, data=None) -> ConcernForm:
        about = next(iter(self.boxes.get("about", [])), "")
        return ConcernForm(
            data,
            boxes=names,
            raises=self.teller.raises,
            about=about,
            professional=self.teller.is_a_professional,
        )


def in_words(form: ConcernForm, name: str) -> str:
    """What a box says to somebody who reads it: the words of a choice, and a text as typed."""
    values = [value for value in form.data.getlist(name) if value.strip()]
    choices = getattr(form.fields[name], "choices", None)
    if choices is None:
        return "\n".join(values)
    named = {str(value): str(label) for value, label in choices}
    return "\n".join(named.get(value, "") for value in values)


def sent_by(post) -> Sent:
    """Which version a page was opened on, which page it is, and the how-manieth time it saves."""
    return Sent(
        _number(post.get("version", ""), otherwise=-1),
        post.get("page", "")[:36],
        _number(post.get("time", "")),
    )


def _number(typed: str, otherwise: int = 0) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else otherwise


def differences(form: ConcernForm, saved: ConcernForm, names) -> list[tuple[str, str, str]]:
    """Where what is kept and what a page holds differ, in words."""
    found = []
    for name in names:
        kept, typed = in_words(saved, name), in_words(form, name)
        if kept != typed:
            found.append((form.fields[name].label, kept, typed))
    return found
