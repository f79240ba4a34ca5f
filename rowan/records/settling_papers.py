"""The words of `rowan records begin-service`, `record-assessment` and `record-agreement`."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR

from .governance import begin_service, record_agreement, record_assessment


def add_governance(ways) -> None:
    ways.add_parser(
        "begin-service",
        help="this home serves real children from now on: a file needs an assessment and an agreement",
    )
    assessment = ways.add_parser(
        "record-assessment", help="record the approved data protection impact assessment (DPIA)"
    )
    assessment.add_argument("--reference", required=True, help="where the signed paper is filed")
    assessment.add_argument("--approved-by", required=True, metavar="NAME", help="name and post")
    assessment.add_argument("--approved-on", required=True, type=date.fromisoformat, metavar="DATE")
    assessment.add_argument("--review-on", required=True, type=date.fromisoformat, metavar="DATE")
    agreement = ways.add_parser("record-agreement", help="record an agency's signed agreement to send a feed")
    agreement.add_argument("--feed", required=True, help="such as police_missing")
    agreement.add_argument("--agency", required=True, help="the agency's code, such as council-899")
    agreement.add_argument("--reference", required=True, help="where the signed paper is filed")
    agreement.add_argument("--signed-by", required=True, metavar="NAME", help="name and post")
    agreement.add_argument("--purpose", required=True)
    agreement.add_argument(
        "--whose-rows", required=True, metavar="WORDS", help="whose rows are kept, in the agreement's words"
    )
    agreement.add_argument("--how-far-back-days", type=int, metavar="DAYS")
    agreement.add_argument("--own-watch", action="store_true", help="a school that chose its own watch")
    agreement.add_argument("--from", dest="from_on", required=True, type=date.fromisoformat, metavar="DATE")
    agreement.add_argument("--until", dest="until_on", type=date.fromisoformat, metavar="DATE")


def settle(way: str, options: dict) -> str:
    """Do it, and say what is next."""
    if way == "begin-service":
        begin_service(settings.ROWAN_HOME, by=OPERATOR)
        return "This home is in service. It takes a real file once `rowan records record-assessment` and `record-agreement` are done."
    if way == "record-assessment":
        told = {name: options[name] for name in ("reference", "approved_by", "approved_on", "review_on")}
        record_assessment(**told, by=OPERATOR, now=timezone.now())
        return f"The assessment {told['reference']} is recorded; it is to be reviewed by {told['review_on']}."
    names = [
        "feed",
        "agency",
        "reference",
        "signed_by",
        "purpose",
        "whose_rows",
        "how_far_back_days",
        "own_watch",
        "from_on",
        "until_on",
    ]
    record_agreement(**{name: options[name] for name in names}, by=OPERATOR)
    return (
        f"The agreement {options['reference']} is recorded: {options['agency']} may send {options['feed']}."
    )
