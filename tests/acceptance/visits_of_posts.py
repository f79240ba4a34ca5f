"""The pages of posts and leads, for the visit of every page: address, path, who looks, and how."""

from rowan.agencies.models import PostHolding
from rowan.agencies.rules.posts import PostKind
from tests.acceptance.conftest import World

PAGES_OF_POSTS = ("posts", "agency_posts", "new_post", "chain_of_leads", "seat", "deputy", "end_seat")


def visits_of_posts(world: World) -> list[tuple]:
    """Of the council, whose chain has leads and whose posts have people."""
    council = world.triage.agency
    seat = PostHolding.objects.filter(post__agency=council, post__kind=PostKind.LEAD.value).first()
    here = f"/posts/{council.pk}/"
    post = f"/posts/post/{seat.post_id if seat else 0}/"
    return [
        ("timescales:posts", "/posts/", "administrator"),
        ("timescales:posts", "/posts/", "missing", "refused"),
        ("timescales:agency_posts", here, "administrator"),
        ("timescales:new_post", f"{here}new/", "administrator"),
        ("timescales:chain_of_leads", f"{here}chain/", "administrator"),
        ("timescales:seat", f"{post}seat/", "administrator"),
        ("timescales:deputy", f"{post}deputy/", "administrator"),
        ("timescales:end_seat", f"/posts/seat/{seat.pk if seat else 0}/end/", "administrator"),
    ]
