"""What belongs in health's own records: that a pregnancy ends is kept nowhere else (domain 3.3), and of sexual health no more than is needed.

It advises and refuses in words; it never changes what somebody wrote.
"""

import re

_ENDED = re.compile(
    r"\babort(?:ion|ions|ed)\b"
    r"|\bterminat\w*\s+(?:of\s+)?(?:a|her|the|this)?\s*pregnan\w*"
    r"|\bpregnan\w*\s+(?:was|is being|to be|be)?\s*terminat\w*"
    r"|\b(?:had|have|having|wants?|wanted|needs?|needed|booked(?:\s+in)?\s+for|asked\s+(?:for|about)|seeking|considering|after)"
    r"\s+(?:a|her|the)\s+termination\b(?!\s+of\b)"
    r"|\bg[eo]t(?:ting)?\s+rid\s+of\s+(?:a|her|the|it|his)\s*(?:baby|pregnancy)\b",
    re.IGNORECASE,
)
_SEXUAL_HEALTH = re.compile(
    r"\bcontracepti\w*|\bmorning[- ]after pill\b|\bon the pill\b|\bsexual(?:ly)?[- ](?:health|transmitted)\b|\bSTIs?\b|\bSTDs?\b"
    r"|\bchlamydia\b|\bgonorrh\w+|\bsyphilis\b|\bherpes\b|\bHIV\b|\bpregnancy test\b",
    re.IGNORECASE,
)
KEPT_IN_HEALTH = (
    "Whether a pregnancy ends is kept in health’s own records and nowhere else. Take it out here. "
    "If a health professional should be spoken to, say that instead."
)
THINK_OF_ENDED = (
    "You wrote that a pregnancy ends, or has ended. The people who read this work outside health, and it need not be said here. "
    "You can take it out; what you are worried about is heard without it."
)
THINK_OF_SEXUAL_HEALTH = (
    "You wrote about sexual health. Say only what worries you: the rest can stay between the child and health. "
    "If you leave it, it is sent as you wrote it."
)


def tells_of_an_end(words: str) -> bool:
    return bool(_ENDED.search(words))


def refusal_of_words_kept_in_health(*words: str) -> str | None:
    """For what people write outside health, once a concern is there."""
    return KEPT_IN_HEALTH if any(map(tells_of_an_end, words)) else None


def what_to_think_of(words: str) -> list[str]:
    """What whoever wrote this is asked to think of before they send it. They may send it all the same."""
    found = [THINK_OF_ENDED] if tells_of_an_end(words) else []
    return found + ([THINK_OF_SEXUAL_HEALTH] if _SEXUAL_HEALTH.search(words) else [])
