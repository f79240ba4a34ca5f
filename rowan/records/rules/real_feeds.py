"""When a home in service may take a real agency's file. Any other home takes what it is given: nobody in it is served by it."""

NO_ASSESSMENT = (
    "this home is in service, and no data protection impact assessment (DPIA) is recorded in it. Record the one that was approved "
    "with `rowan records record-assessment`"
)
ASSESSMENT_LAPSED = "the data protection impact assessment was to be reviewed by {review_on}. Record the reviewed one with `rowan records record-assessment`"
NO_AGREEMENT = "no signed agreement is recorded for {feed} from {agency}. Record it with `rowan records record-agreement`"
INVENTED_AMONG_REAL = "everybody in this file is invented, and this home is there for real children"
# Postcodes and schools are about no person.
ABOUT_NOBODY = frozenset({"places"})


def refusal_to_take(
    *,
    feed: str,
    feed_name: str,
    agency: str,
    invented: bool,
    assessed: bool,
    review_on: str | None,
    agreed: bool,
) -> str | None:
    """`review_on` is the day by which an assessment was to be reviewed, where that day has passed."""
    if invented:
        return INVENTED_AMONG_REAL if assessed else None
    if feed in ABOUT_NOBODY:
        return None
    if not assessed:
        return NO_ASSESSMENT
    if review_on:
        return ASSESSMENT_LAPSED.format(review_on=review_on)
    return None if agreed else NO_AGREEMENT.format(feed=feed_name, agency=agency)
