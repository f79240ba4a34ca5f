"""The page of published rules, made from their declarations and from the specs that hold them: what an expert signs is what is tested."""

from django.conf import settings

from rowan.agencies.rules.posts import POST_NAMES
from rowan.questions.rules.asked_elsewhere import ASKED_ELSEWHERE, AskedElsewhere
from rowan.questions.rules.declaration import Rule, some
from rowan.questions.rules.register import NO_RULE_ABOUT, PUBLISHED
from rowan.timescales.declared import declared_settings

from .reading_specs import NOTHING, read_spec

SPECS = "tests/spec/questions"
NO_SCORE = (
    "A rule asks a named person a question and shows the rows that made it ask. It is no score and no finding, and that no rule has asked "
    "is no sign that all is well. People decide."
)


def questions_page() -> str:
    """Every rule as published, then each spec as a sentence with its small tables."""
    specs = [read_spec(file.read_text()) for file in sorted((settings.CHECKOUT / SPECS).glob("test_*.py"))]
    of_rule = {spec["rule"]: spec for spec in specs if spec["rule"]}
    parts = [
        "# The rules and the questions they put",
        NO_SCORE,
        *[part for rule in PUBLISHED for part in _rule(rule, of_rule.get(rule.name))],
        *[part for asked in ASKED_ELSEWHERE for part in _asked_elsewhere(asked)],
        *[f"**There is no rule about {what}.** {why}" for what, why in NO_RULE_ABOUT.items()],
        *[part for spec in specs if spec["title"] and not spec["rule"] for part in _spec(spec, "## ")],
    ]
    return "\n\n".join(parts)


def _rule(rule: Rule, spec: dict | None) -> list[str]:
    due = some(int(rule.due_working_days.default), "working day")
    return [
        f"## {rule.title}",
        f"**{rule.published({})}**",
        rule.question,
        f"*Why.* {rule.why}",
        f"*Asks* {POST_NAMES[rule.asks]}{_or_else(rule)}. Due within {due}.",
        f"*Version* {rule.version} · *owner* {rule.owner} · *review* {rule.review_on.day} {rule.review_on:%B %Y} · *source* {rule.source}",
        f"*Equality.* {rule.equality_note}",
        "*Ordinary reasons to think of first:* " + "; ".join(rule.could_be) + ".",
        "*Does not see:* " + "; ".join(rule.not_seen({})) + ".",
        *(_spec(spec, "### ") if spec else []),
    ]


def _asked_elsewhere(asked: AskedElsewhere) -> list[str]:
    return [
        f"## {asked.title}",
        f"**{asked.published({setting.name: setting.default for setting in declared_settings()})}**",
        asked.question,
        f"*Asks* {asked.asks}. No rule of the night asks this: the clocks do, and the room `rowan/{asked.carried_by}/` carries it up.",
        f"*Source* {asked.source}",
    ]


def _or_else(rule: Rule) -> str:
    if rule.about_a_feed:
        return ", then that post's deputy; whoever keeps the feeds may answer too"
    if rule.asks_the_school:
        return ", then the school's deputies in their order, never the hub"
    deputy = f"; deputy: {POST_NAMES[rule.deputy]}" if rule.deputy else ""
    return f"{deputy}; a child with an open case: the allocated worker, else whoever leads the hub's plan for the child"


def _spec(spec: dict, heading: str) -> list[str]:
    parts = [heading + spec["title"]]
    for sentence, tables in spec["tests"]:
        parts.append(f"**{sentence}.**")
        parts += [f"{name}:\n\n{_markdown(text)}" for name, text in tables if text.strip()]
    return parts


def _markdown(table: str) -> str:
    if table == NOTHING:
        return NOTHING
    lines = [line.strip() for line in table.strip().splitlines() if set(line.strip()) - set("-+| ")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    rule = ["---"] * len(rows[0])
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], rule, *rows[1:]])
