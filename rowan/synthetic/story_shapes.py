"""The shapes of stories of harm, from a file: who sees what, when, how often and how strongly (docs/county.md)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rowan.synthetic.rates import FOLDER
from rowan.synthetic.story_file import Fault, Faults, Row, WrongStoriesFile, meant, rows_of, value_of
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

__all__ = ["USUAL_FILE", "Shape", "SignShape", "WrongStoriesFile", "read_shapes"]


class SignShape(Given):
    def __init__(self, label: str, kind: str, said: Mapping[str, Value]):
        super().__init__(parameters_of(kind), said)
        self.label, self.kind = label, kind

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
            faults.add(row.line, f"'{row.parameter}' says something else on line {before.line}")


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
        faults.add(written.line, f"the shape '{shape.name}' has 'age_from' above 'age_to'")


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
        faults.add(written.line, f"{whose} has 'begins' after 'ends'")
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
    if any(row.value.endswith("%") for row in rows) and not (
        all(row.value.endswith("%") for row in rows) and math.isclose(total, 1, abs_tol=0.005)
    ):
        faults.add(
            rows[0].line,
            f"shares in per cent have to be so for every shape and make 100%; these make {total:.1%}",
        )
