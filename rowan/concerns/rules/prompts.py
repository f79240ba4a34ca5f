"""What is easily overlooked, shown to everybody whoever the child is: nobody has to say what a child is to be shown it."""

PROMPTS = (
    "Boys are harmed too, and are more often seen as offenders. Would you worry more if this were a girl?",
    "A disabled child may show it in other ways, or be disbelieved. What is different from how they usually are?",
    "Harm can begin and stay online. A child who never leaves the house can be harmed.",
    "Harm can come from somebody of the same sex, and a child may fear what else they would have to tell.",
    "A child who harms others, or brings others in, may be made to do so.",
    "Most children who are exploited have never been reported missing. No missing episode means nothing by itself.",
    "You need no proof. If you are worried and cannot say why, that is reason enough to tell us.",
)
