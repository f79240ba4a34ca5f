"""What kind of act a line about no child is, in the words of the trail itself; and over which days information governance reads such lines."""

from datetime import date, timedelta
from enum import StrEnum

ASKED_WHAT = "looked at the trail"
NOT_YOURS_TO_READ = "The trail is read by information governance. If you are worried about something that was done, ring them."


class Act(StrEnum):
    SIGN_IN = "sign_in"
    RIGHTS = "rights"
    SETTINGS = "settings"
    FILES = "files"
    LOOK = "look"
    OTHER = "other"


ACT_NAMES = {
    Act.SIGN_IN: "Signed in or out, or tried to",
    Act.RIGHTS: "Accounts, roles, posts and what a system may ask",
    Act.SETTINGS: "Settings, rules, laws, agreements and keys",
    Act.FILES: "Files that came in or went out",
    Act.LOOK: "Looked or searched",
    Act.OTHER: "Anything else",
}
# Whole, as the lines say it: a word of one room may begin a line of another.
SAID = {
    Act.SIGN_IN: (
        "signed in",
        "signed out",
        "was signed out",
        "tried to sign in",
        "ended own sessions",
        "made a demonstration sign-in address",
    ),
    Act.RIGHTS: (
        "made an account",
        "changed an account",
        "changed a role",
        "asked for a role that approves",
        "confirmed a role that approves",
        "turned down a role that approves",
        "ended an account",
        "gave a starting password",
        "changed own password",
        "asked to reset a second factor",
        "reset a second factor",
        "made a second factor",
        "removed a second factor",
        "renamed a passkey",
        "made a post",
        "gave a post",
        "ended a seat",
        "named a deputy",
        "ordered a chain of leads",
        "added a team",
        "added an agency",
        "named an agency",
        "entered an absence",
        "ended an absence",
        "set up an own sign-in",
        "ended an own sign-in",
        "linked to an own sign-in",
        "unlinked from an own sign-in",
        "let a system ask",
        "ended a system's asking",
        "gave a system a token",
    ),
    Act.SETTINGS: (
        "changed a setting",
        "switched a rule on",
        "switched a rule off",
        "dated a law",
        "took in feed agreements",
        "recorded a feed agreement",
        "recorded an agreement",
        "recorded a new version of an agreement",
        "ended an agreement",
        "recorded the data protection impact assessment",
        "put this home in service",
        "made a key",
        "rotated a key",
        "retired older keys",
        "erased search words",
        "read the words of a search",
    ),
    Act.FILES: (
        "exported the audit trail",
        "made a file",
        "checked a file that left Rowan",
        "began to import",
        "tried to import a file",
        "imported a file",
    ),
}
LOOKS_BEGIN = ("looked ", "opened ", "read ", "searched", "asked whether")
# Of these a line's counts, codes and reason of refusal are shown: they are of staff, agencies and settings. Of anything else they may lead to a child.
SHOWN_IN_FULL = (Act.SIGN_IN, Act.RIGHTS, Act.SETTINGS, Act.FILES)

# So that a page reads no more of the trail than one index holds together, however old the hub is.
MOST_DAYS = 92
DAYS_UNLESS_ASKED = 28
THE_FIRST, THE_LAST = date(2000, 1, 1), date(2099, 12, 31)


def act_of(did: str) -> Act:
    """The kind of one line. The page asks the database the same (`whole_trail.py`)."""
    for act, said in SAID.items():
        if did in said:
            return act
    return Act.LOOK if did.startswith(LOOKS_BEGIN) else Act.OTHER


def refusal_of_days(from_on: date | None, until_on: date | None) -> str | None:
    for day in (from_on, until_on):
        if day is not None and not THE_FIRST <= day <= THE_LAST:
            return "Choose days of this century"
    if from_on is None or until_on is None:
        return None
    if until_on < from_on:
        return "The last day is before the first"
    if until_on - from_on >= timedelta(days=MOST_DAYS):
        return f"Choose at most {MOST_DAYS} days at a time"
    return None


def days_asked(from_on: date | None, until_on: date | None, today: date) -> tuple[date, date]:
    """The days to read: those asked for, or as many as are usual from the first or up to the last."""
    length = timedelta(days=DAYS_UNLESS_ASKED - 1)
    if from_on is None:
        until_on = until_on or today
        return until_on - length, until_on
    return from_on, until_on or from_on + length
