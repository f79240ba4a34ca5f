"""The seven golden rules of sharing, in plain words (HM Government, Information sharing advice, 2024), and whom to ask."""

GOLDEN_RULES = (
    (
        "The child’s safety comes first",
        "The law is there to help you share well. It does not put anybody’s privacy before a child’s protection.",
    ),
    (
        "Tell the child and the family, when it is safe",
        "Say what you share, with whom and why. Do not tell them first if that would put anybody in danger.",
    ),
    (
        "You do not always need consent",
        "Where a child is or may be at risk you need a lawful reason, not agreement. If you would share anyway, do not ask for consent.",
    ),
    (
        "Ask if you are not sure, and soon",
        "Advice takes minutes. Waiting for it must not leave a child in danger.",
    ),
    (
        "Keep safe those who could be harmed",
        "Think who would be in danger if this reached the wrong person, and take out what points to them.",
    ),
    (
        "Share what is needed, with those who need it",
        "Relevant, accurate and up to date; no more than the job takes; in time; by a secure way.",
    ),
    (
        "Write down what you decided, either way",
        "Whether you share or not: what, with whom, and why. Rowan does this with you.",
    ),
)
ADVISERS = (
    ("Your data protection officer", "about the lawful basis, and when a family objects"),
    ("The Caldicott guardian", "about health information and confidence"),
    ("Your council’s or agency’s lawyers", "about courts, orders and proceedings"),
    ("The hub manager", "about what the hub’s agreements already cover"),
)
