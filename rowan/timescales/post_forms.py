"""What an administrator types about an agency's posts: a post, who sits in it from which day, its deputy, and the chain of leads."""

from datetime import date

from django import forms

from rowan.agencies.models import Agency, Post, Practitioner
from rowan.agencies.posts import chain_of, chain_version, deputy_version, seat_version
from rowan.agencies.rules.posts import CAN_BE_IN_A_CHAIN, CAN_BE_MADE, POST_NAMES, refusal_of_day
from rowan.agencies.rules.roles import SEES_NO_CHILD

from .forms import DayField

KINDS = [("", "Choose a kind"), *((kind.value, POST_NAMES[kind].capitalize()) for kind in CAN_BE_MADE)]


class FromADay(forms.Form):
    """Of something that holds from a day on: within a month back and a year ahead."""

    from_on = DayField(
        label="From which day",
        help_text="For example, 3 6 2026",
        error_messages={"required": "Enter the day"},
    )

    def __init__(self, *args, today: date, **kwargs):
        kwargs["initial"] = {"from_on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_from_on(self):
        if refusal := refusal_of_day(self.cleaned_data["from_on"], today=self.today):
            raise forms.ValidationError(refusal)
        return self.cleaned_data["from_on"]


class PostForm(forms.Form):
    kind = forms.ChoiceField(
        label="Kind", choices=KINDS, error_messages={"required": "Choose a kind of post"}
    )
    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="As colleagues call it, such as Head of Community Services.",
        error_messages={"required": "Enter a title"},
    )


class SeatForm(FromADay):
    practitioner = forms.ModelChoiceField(
        label="Who sits there",
        queryset=Practitioner.objects.none(),
        empty_label="Choose somebody",
        help_text="Somebody of the agency whose role may see a child’s record.",
        error_messages={"required": "Choose who sits there"},
    )
    field_order = ["practitioner", "from_on"]

    def __init__(self, *args, post: Post, by: Practitioner, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = Practitioner.objects.filter(agency=post.agency_id, is_active=True)
        self.fields["practitioner"].queryset = (
            colleagues.exclude(role__in=SEES_NO_CHILD).exclude(pk=by.pk).order_by("display_name", "pk")
        )


class EndSeatForm(FromADay):
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, holding, **kwargs):
        super().__init__(*args, initial={"opened_on": seat_version(holding)}, **kwargs)
        self.fields["from_on"].label = "From which day do they sit there no longer"


class DeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(
        label="Deputy",
        queryset=Post.objects.none(),
        required=False,
        empty_label="None: the agency’s leads are asked",
        help_text="A post of the same agency. Whoever sits there is asked first where nobody in this post is there.",
    )
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, post: Post, **kwargs):
        said = {"deputy": post.deputy_id, "opened_on": deputy_version(post)}
        super().__init__(*args, initial=said, **kwargs)
        self.fields["deputy"].queryset = (
            Post.objects.filter(agency=post.agency_id).exclude(pk=post.pk).order_by("title", "pk")
        )


class ChainForm(FromADay):
    """A number for each post that is in the chain; an empty box for one that is not."""

    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, agency: Agency, today: date, **kwargs):
        kwargs["initial"] = {"opened_on": chain_version(agency)}
        super().__init__(*args, today=today, **kwargs)
        now = {post.pk: place for place, post in enumerate(chain_of(agency, today), start=1)}
        kinds = [kind.value for kind in CAN_BE_IN_A_CHAIN]
        posts = Post.objects.filter(agency=agency, kind__in=kinds)
        self.posts = sorted(posts, key=lambda post: (now.get(post.pk, 1000), post.title, post.pk))
        for post in self.posts:
            self.fields[_box(post)] = forms.IntegerField(
                label=post.title,
                required=False,
                min_value=1,
                initial=now.get(post.pk),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
                error_messages={
                    "invalid": "A place is a number, such as 1",
                    "min_value": "The first place is 1",
                },
            )
        self.order_fields([*(_box(post) for post in self.posts), "from_on", "opened_on"])

    def clean(self):
        typed = super().clean()
        places = [(typed[_box(post)], post) for post in self.posts if typed.get(_box(post))]
        if len({place for place, _ in places}) != len(places):
            raise forms.ValidationError("Give each post a place of its own")
        typed["posts"] = [post for _, post in sorted(places, key=lambda place: place[0])]
        return typed


def _box(post: Post) -> str:
    return f"place_{post.pk}"
