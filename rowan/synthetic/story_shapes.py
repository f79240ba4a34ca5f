"""The shapes of stories of harm, from a file: who sees what, when, how often and how strongly (docs/county.md)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rowan.synthetic.rates import FOLDER
from rowan.synthetic.story_file import Fault, Faults, Row, WrongStoriesFile, meant, plain, rows_of, value_of
from rowan.synthetic.story_parameters import (
    NEEDED_OF_A_SHAPE,
    OF_A_KIND,
    OF_A_SHAPE,
    Given,
    Parameter,
    Value,
    parameters_of,
)

USUAL_FILE = FOLDER / "stories.csv"
# The shape that comes with Rowan, copied into many a file before there was a word for it.
NOTHING_VISIBLE = "nothing_visible"

__all__ = ["USUAL_FILE", "Shape", "SignShape", "WrongStoriesFile", "read_shapes"]


class SignShape(Given):
    def __init__(self, label: str, kind: str, said: Mapping[str, Value]):
        super().__init__(parameters_of(kind), said)
        self.label, self.kind = label, kind

    def may_happen(self) -> bool:
        often = self.number("once") or self.number("per_30_days")
        return bool(often and self.number("chance") and self.number("ends"))

    def seen_by(self, agency: str) -> bool:
        return agency in self.words("seen_by")


class Shape(Given):
    def __init__(self, name: str, said: Mapping[str, Value], signs: list[SignShape]):
        super().__init__(OF_A_SHAPE, said)
        self.name, self.signs = name, signs


@dataclass
class Written:
    """What a file says of one shape or one sign: each parameter with its line."""

    line: int
    rows: dict[str, Row] = field(default_factory=dict)

    def take(self, row: Row, faults: Faults) -> None:
        before = self.rows.setdefault(row.parameter, row)
        if before.value != row.value:
            faults.add(
                row.line,
                f"'{row.parameter}' says something else on line {before.line}; if this is another {'sign' if row.sign else 'shape'}, "
                "it needs another name",
            )


def read_shapes(path: Path = USUAL_FILE) -> list[Shape]:
    """The shapes of a stories file; says in one sentence, by line, what is wrong with a file that is not one."""
    faults = Faults(path)
    shapes: dict[str, Written] = {}
    signs: dict[tuple[str, str], Written] = {}
    for row in rows_of(path, faults):
        shapes.setdefault(row.shape, Written(row.line))
        about = signs.setdefault((row.shape, row.sign), Written(row.line)) if row.sign else shapes[row.shape]
        about.take(row, faults)
    found = [
        Shape(name, _said(written, OF_A_SHAPE, f"the shape '{name}'", faults), [])
        for name, written in shapes.items()
    ]
    for shape in found:
        _check_shape(shape, shapes[shape.name], faults)
        for (of, label), written in signs.items():
            if of == shape.name and (sign := _sign(label, shape.name, written, faults)):
                shape.signs.append(sign)
        _check_visible(shape, shapes[shape.name], {label for of, label in signs if of == shape.name}, faults)
    _check_shares(shapes, found, faults)
    faults.refuse()
    return found


def _said(written: Written, declared: Mapping[str, Parameter], whose: str, faults: Faults) -> dict:
    said = {}
    for name, row in written.rows.items():
        if name not in declared:
            faults.add(row.line, f"{whose} has no parameter '{name}'{meant(name, declared)}")
            continue
        try:
            said[name] = value_of(declared[name], row.value)
        except Fault as fault:
            faults.add(row.line, f"'{name}' {fault}")
    return said


def _check_shape(shape: Shape, written: Written, faults: Faults) -> None:
    for name in NEEDED_OF_A_SHAPE:
        if name not in written.rows:
            faults.add(written.line, f"the shape '{shape.name}' lacks '{name}'")
    if shape.number("age_from") > shape.number("age_to"):
        faults.add(
            _line_of(written, "age_to", "age_from"), f"the shape '{shape.name}' has 'age_from' above 'age_to'"
        )


def _line_of(written: Written, *names: str) -> int:
    return next((written.rows[name].line for name in names if name in written.rows), written.line)


def _check_visible(shape: Shape, written: Written, labels: set[str], faults: Faults) -> None:
    """Nothing to see is a story worth asking about, when it is meant; else somebody forgot the signs."""
    declared = shape.word("visible") == "no" or (
        "visible" not in written.rows and plain(shape.name) == NOTHING_VISIBLE
    )
    if declared and labels:
        faults.add(
            _line_of(written, "visible"),
            f"the shape '{shape.name}' says that nothing of it is visible, and has the sign '{min(labels)}'",
        )
    elif (
        not declared
        and not any(sign.may_happen() for sign in shape.signs)
        and len(shape.signs) == len(labels)
    ):
        why = (
            "no sign that can happen ('per_30_days', 'once', 'chance' or 'ends' of each is 0)"
            if labels
            else "no sign"
        )
        faults.add(
            written.line,
            f"the shape '{shape.name}' has {why}, so nobody's file would show it; give it one, or the parameter 'visible' with the value no",
        )


def _sign(label: str, shape: str, written: Written, faults: Faults) -> SignShape | None:
    whose = f"the sign '{label}' of '{shape}'"
    row = written.rows.get("kind")
    if row is None:
        faults.add(written.line, f"{whose} has no kind; it is one of {', '.join(OF_A_KIND)}")
        return None
    try:
        kind = str(value_of(parameters_of("late")["kind"], row.value))
    except Fault as fault:
        faults.add(row.line, f"'kind' {fault}")
        return None
    sign = SignShape(label, kind, _said(written, parameters_of(kind), f"{whose}, of kind '{kind}',", faults))
    if sign.number("begins") > sign.number("ends"):
        faults.add(_line_of(written, "ends", "begins"), f"{whose} has 'begins' after 'ends'")
    if "once" in written.rows and "per_30_days" in written.rows:
        faults.add(written.rows["once"].line, f"{whose} has both 'once' and 'per_30_days'; choose one")
    if "once" in written.rows and kind in {"absence", "late"}:
        faults.add(
            written.rows["once"].line, f"{whose} counts sessions, so it needs 'per_30_days', not 'once'"
        )
    if not {"once", "per_30_days"} & set(written.rows):
        faults.add(
            written.line, f"{whose} says neither how often ('per_30_days') nor how many times ('once')"
        )
    return sign


def _check_shares(shapes: Mapping[str, Written], found: list[Shape], faults: Faults) -> None:
    if not found:
        faults.add(1, "there is no shape in it")
        return
    rows = [written.rows["share"] for written in shapes.values() if "share" in written.rows]
    total = sum(shape.number("share") for shape in found)
    if rows and not total:
        faults.add(rows[0].line, "no shape has a share above nought")
    numbers = [row for row in rows if not row.value.endswith("%")]
    if rows and len(numbers) < len(rows):
        if numbers:
            faults.add(
                numbers[0].line,
                f"the share '{numbers[0].value}' is a plain number and others are per cents; write all of them in one way",
            )
        elif not math.isclose(total, 1, abs_tol=0.005):
            faults.add(
                rows[-1].line, f"shares in per cent have to make 100% over all shapes; these make {total:.1%}"
            )
