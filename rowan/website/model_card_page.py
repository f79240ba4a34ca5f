"""`docs/generated/model_card.md`: what weighs whether two records are one child, made from the stored weights and the recorded evaluation.

The headings follow Mitchell and others, "Model Cards for Model Reporting" (2019). Nobody types a figure.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from math import log2
from typing import Any

from django.conf import settings

from rowan.matching.rules.judgement import (
    ASK_FROM_BITS,
    BITS_OF_A_DIFFERING_NUMBER,
    BITS_OF_A_SHARED_NUMBER,
    JOIN_FROM_BITS,
)
from rowan.matching.training import PAIRS_DRAWN, RAREST, SEED
from rowan.matching.weighing import NAMES_BEHIND_A_FREQUENCY, VERSION, WEIGHTS

from .evaluation_page import BARS, WORDS, by_sex_and_age, meets, said, what_was_run

Found = Mapping[str, Any]

HEAD = """# Model card: who is who, weights version {version}

A model in Rowan weighs one thing: how likely two agencies' records are about the same child. It weighs no child. What follows is made from the stored weights
(`rowan/matching/weights/{version}.json`, SHA-256 `{digest}`) and from the recorded evaluation (`docs/measured/evaluation.json`); [matching](../matching.md) says how the
judgement around it works and what was tried.
"""
USE = """## What it is for, and what it must not be used for

It is for bringing together records that agencies sent about one child, each night, and for finding whom a concern may be about. What it joins by itself can be taken back to the exact
earlier state; what it cannot tell waits for a person, and two people answer where a link would join children with work on both.

It must not be used

- to say anything of a child's danger, need or behaviour, or to put children in an order;
- to find who an adult is, or whether somebody heard of is a suspect;
- to decide who is entitled to anything, or for immigration, enforcement or fraud;
- alone, where a wrong join would harm: restricted records, and records before and after an adoption order, are never joined by machine;
- on records of another kind or country without counting its errors there first: `rowan matching try` links a file of one's own and keeps nothing.
"""
TRAINING = """## What it was trained on

| | |
|---|---|
| Trained on | {about}; {records:,} records |
| Learnt from one child's records | how often they agree, on {pairs:,} true pairs of records of different agencies |
| Learnt from different children's | how often they agree by chance, on {drawn:,} pairs drawn at random (seed {seed}) |
| What was never seen | is taken to be as rare as {rarest}, never impossible |
| How common a name is | comes from the night's own records, steadied by the weight of {names:,} names |
| Again | `rowan matching train COUNTY --out FILE` writes the same file from the same county |
| Real people in it | none |

Nothing else is read. Sex, ethnic group, language, nationality, ward and school type are not compared (promise 3), nor is anything a child did or that happened to them.
"""
THRESHOLDS = """## Thresholds, and why

A weight is counted in bits: one more bit is twice the odds that two records are one child.

| | |
|---|---|
| Joined without a shared number | from {join:g} bits |
| Asked of a person | from {ask:g} bits up to that |
| A shared number with a valid check figure | comes before the weight, and stands for {shared:g} bits when the strongest pairs are joined first |
| Lasting numbers that differ | take {differing:g} bits away there |

Both thresholds were chosen on another invented county (seed 9002, 20,000 children), whose truth nothing below is judged by: from -2 to 6 bits its precision and F1 hardly move, beyond that
recall falls, and {join:g} lies at the cautious end of the flat part. No number on this page was looked at to choose them. The judgement may refuse what the weight allows: numbers that contradict each
other, twins, one statement that disagrees outright.
"""
COMPARED = """## What is compared, and what each agreement is worth

*One child's* is the share of true pairs that agree so, *different children's* the share of pairs drawn by chance.

| Compared | Agreement | one child's | different children's | bits | in words |
|---|---|---|---|---|---|
"""
LIMITS = """## Known limits

- Everything here is of invented counties. Their mistakes were chosen by design and not fitted to any agency, and the rules were written by somebody who knew their kinds: real mistakes of other kinds
  will be missed more often. A council should count its own.
- Most invented records carry a pupil number. Where agencies send fewer, more rests on names, and recall will be lower.
- {lowest}Customs of naming that no county was drawn with are not measured at all.
- Pairs within one agency are not in precision and recall.
- Two children of one name and birth date, of whom one has no number and another home, are joined when nothing else speaks against it.
- Twins who share a short or a middle name have been joined; those of one surname, birth date and home with other first names are never joined without a person.
"""
STRENGTHS = ((7, "very strong"), (3, "strong"), (1, "some"), (0, "hardly any"))


def model_card_page() -> str:
    weights = (WEIGHTS / f"{VERSION}.json").read_bytes()
    record = settings.CHECKOUT / "docs" / "measured" / "evaluation.json"
    return page(weights, json.loads(record.read_text(encoding="utf-8")) if record.exists() else {})


def page(weights: bytes, record: Found) -> str:
    learnt = json.loads(weights)
    return "\n".join(
        [
            HEAD.format(version=learnt["version"], digest=sha256(weights).hexdigest()[:16]),
            USE,
            TRAINING.format(
                about=_about(learnt["about"]),
                records=learnt["records"], pairs=learnt["pairs_of_one_person"], drawn=PAIRS_DRAWN, seed=SEED, rarest=f"{RAREST:g}", names=NAMES_BEHIND_A_FREQUENCY,
            ),
            THRESHOLDS.format(join=JOIN_FROM_BITS, ask=ASK_FROM_BITS, shared=BITS_OF_A_SHARED_NUMBER, differing=-BITS_OF_A_DIFFERING_NUMBER),
            COMPARED + "\n".join(_compared(learnt["comparisons"])) + "\n",
            "## How often it is wrong\n",
            *_errors(record),
            LIMITS.format(lowest=_lowest(record)),
        ]
    )  # fmt: skip


def _about(said_at_training: str) -> str:
    """What `--about` said; the command it names stands as one."""
    what, names_a_command, command = said_at_training.partition(": rowan ")
    return f"{what}, made by `rowan {command}`" if names_a_command else what


def _compared(comparisons: Iterable[Found]) -> Iterable[str]:
    for comparison in comparisons:
        what = comparison["output_column_name"].replace("_", " ")
        for level in comparison["comparison_levels"]:
            if level.get("is_null_level"):
                yield f"| {what} | not known to one of them | | | 0 | says nothing |"
                continue
            one, other = level["m_probability"], level["u_probability"]
            bits = log2(one / other)
            words = _in_words(bits)
            if level.get("tf_adjustment_column"):
                words += "; more for a rare name, less for a common one"
            yield f"| {what} | {level['label_for_charts']} | {_percent(one)} | {_percent(other)} | {bits:+.1f} | {words} |"


def _in_words(bits: float) -> str:
    strength = next(words for least, words in STRENGTHS if abs(bits) >= least)
    return f"{strength} evidence {'that they are one child' if bits > 0 else 'that they are two'}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _errors(record: Found) -> Iterable[str]:
    if not record:
        yield "*Nothing is on record yet.*\n"
        return
    name, run = max(record.items(), key=lambda item: item[1]["figures"]["records"])
    yield f"Of the largest run on record, *{name}*. {what_was_run(run)}"
    yield from _rows(run["figures"]["matching"])
    yield "By where a family's names come from, recall in each run:\n"
    yield from _origins(record)
    told = {name: run for name, run in record.items() if run["figures"].get("who_is_who_by_group")}
    if not told:
        yield "By sex and by age nothing is on record yet.\n"
    for name, run in told.items():
        yield f"By sex and by age, in *{name}* ({run['figures']['children']:,} children):\n"
        yield by_sex_and_age(run["figures"]["who_is_who_by_group"])


def _lowest(record: Found) -> str:
    """For whom it misses most, by the run that counted most."""
    if not record:
        return ""
    origins = max(record.values(), key=lambda run: run["figures"]["records"])["figures"]["recall_by_origin"]
    name, each = min(origins.items(), key=lambda item: item[1]["value"])
    return f"By origin of name it misses most among {name} names: recall {said(each)}, of {each['of']:,.0f} pairs. "


def _rows(matching: Found) -> Iterable[str]:
    yield "| | Rowan | asked |\n|---|---|---|\n" + "\n".join(
        f"| {WORDS[name]} | {said(each)} | {_asked(name, each['value'])} |" for name, each in matching.items()
    ) + "\n"  # fmt: skip


def _asked(name: str, value: float | None) -> str:
    if not (bar := BARS.get(name)):
        return ""
    return f"{bar[1]} {bar[0]:g}" + ("" if meets(value, bar) else ": **missed**")


def _origins(record: Found) -> Iterable[str]:
    origins = sorted({origin for run in record.values() for origin in run["figures"]["recall_by_origin"]})
    yield "| Names | " + " | ".join(record) + " |\n" + "|---" * (1 + len(record)) + "|\n" + "\n".join(
        f"| {origin} | " + " | ".join(said(run["figures"]["recall_by_origin"].get(origin)) for run in record.values()) + " |"
        for origin in origins
    ) + "\n"  # fmt: skip
