"""`rowan agencies post …`: an agency's posts, who sits in them, their deputies and the chain of leads, for an operator."""

from datetime import date

from django.core.management.base import CommandError
from django.utils import timezone

from rowan.agencies import posts as acts
from rowan.agencies.in_words import day_in_words
from rowan.agencies.models import Agency, Post, PostHolding, Practitioner
from rowan.agencies.rules.posts import CAN_BE_MADE
from rowan.audit_trail.actions import OPERATOR, record


def add_post_verbs(verbs) -> None:
    post = verbs.add_parser("post", help="posts, who sits in them, and the chain of leads")
    what = post.add_subparsers(dest="post_verb", required=True)
    listed = what.add_parser("list", help="the posts of an agency, who sits there, and the chain of leads")
    make = what.add_parser("make", help="make a post")
    make.add_argument("title")
    make.add_argument("--kind", required=True, choices=[kind.value for kind in CAN_BE_MADE])
    seat = what.add_parser("seat", help="somebody sits in a post from a day on")
    end = what.add_parser(
        "end-seat", help="somebody sits there no longer from a day on; what waits for them passes on"
    )
    for verb in (seat, end):
        verb.add_argument("username")
        verb.add_argument("--title", required=True, help="the post's title")
    deputy = what.add_parser("deputy", help="the post that stands in for another; without --deputy none")
    deputy.add_argument("title")
    deputy.add_argument("--deputy", help="the deputy post's title")
    chain = what.add_parser("chain", help="from a day on, the posts in the order in which they are asked")
    chain.add_argument("titles", nargs="+")
    for verb in (listed, make, seat, end, deputy, chain):
        verb.add_argument("--agency", required=True, help="the agency's code, such as council-899")
    for verb in (seat, end, chain):
        verb.add_argument("--from", dest="from_on", type=date.fromisoformat, help="a day; today if not given")


def do(options: dict, write) -> None:
    """Carry out one verb; `write` says what was done."""
    agency = Agency.objects.filter(code=options["agency"]).first()
    if agency is None:
        raise CommandError(f"There is no agency '{options['agency']}'.")
    now = timezone.now()
    from_on = options.get("from_on") or timezone.localdate(now)
    match options["post_verb"]:
        case "list":
            _list(agency, write)
        case "make":
            post = acts.make_post(agency=agency, kind=options["kind"], title=options["title"], by=OPERATOR)
            write(f"{agency.name} has the post {post.title}.\n")
        case "seat":
            post = _post(agency, options["title"])
            holding = acts.seat(post, _person(options["username"]), from_on=from_on, by=OPERATOR, now=now)
            write(f"{holding.practitioner.display_name}: {post.title}, {acts.seat_in_words(holding)}.\n")
        case "end-seat":
            post = _post(agency, options["title"])
            acts.end_seat(_seat(post, options["username"]), from_on=from_on, by=OPERATOR, now=now)
            write(f"{options['username']} sits in {post.title} no longer from {day_in_words(from_on)}.\n")
        case "deputy":
            post = _post(agency, options["title"])
            deputy = _post(agency, options["deputy"]) if options["deputy"] else None
            acts.name_deputy(post, deputy, by=OPERATOR)
            write(f"{post.title}: {deputy.title if deputy else 'no post'} stands in.\n")
        case "chain":
            posts = [_post(agency, title) for title in options["titles"]]
            acts.order_chain(agency, posts, from_on=from_on, by=OPERATOR, now=now)
            write(f"From {day_in_words(from_on)}: {', then '.join(post.title for post in posts)}.\n")


def _list(agency: Agency, write) -> None:
    today = timezone.localdate()
    record(by=OPERATOR, did="looked at an agency's posts", about_kind="agency", about_id=agency.pk)
    for place, post in enumerate(acts.chain_of(agency, today), start=1):
        write(f"lead {place}  {post.title}\n")
    for post in Post.objects.filter(agency=agency).select_related("deputy").order_by("title", "pk"):
        write(f"{post.title} ({post.kind}){f', deputy: {post.deputy.title}' if post.deputy else ''}\n")
        for holding in post.holdings.on(today).select_related("practitioner"):
            write(f"    {holding.practitioner.username}  {acts.seat_in_words(holding)}\n")


def _post(agency: Agency, title: str) -> Post:
    found = list(Post.objects.filter(agency=agency, title=title).select_related("agency"))
    if len(found) != 1:
        raise CommandError(
            f"{agency.name} has {'no post' if not found else 'several posts'} called '{title}'."
        )
    return found[0]


def _person(username: str) -> Practitioner:
    person = Practitioner.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"Nobody signs in as '{username}'.")
    return person


def _seat(post: Post, username: str) -> PostHolding:
    seats = post.holdings.filter(practitioner__username=username).select_related("post", "practitioner")
    # The one that is open, else the last.
    holding = seats.filter(until_on=None).first() or seats.order_by("from_on").last()
    if holding is None:
        raise CommandError(f"'{username}' does not sit in {post.title}.")
    return holding
