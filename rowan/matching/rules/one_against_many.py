"""Holds one person's name against many, as `one_by_one` holds it against each: a first name or a surname is weighed once, however many bear it."""

from collections.abc import Callable, Mapping
from functools import cache

from .one_by_one import Described, Weights, may_be_swapped

LESS = float("-inf")


class Against:
    """A name that was told, to hold others against. `called` describes a name, of which one half may be empty."""

    def __init__(
        self, told: Described, weights: Weights, how_often: Mapping[str, float], called: Callable[[str, str], Described]
    ) -> None:  # fmt: skip
        self._told, self._weights, self._how_often, self._called = told, weights, how_often, called
        self._first_name, self._surname = cache(self._weigh_first_name), cache(self._weigh_surname)
        most_of_first_name, self._most_of_surname = (
            weights.most_of(comparison, how_often) for comparison in ("first_name", "surname")
        )
        self.most = most_of_first_name + self._most_of_surname

    def bits(self, first_name: str, surname: str, at_least: float) -> float:
        """As `Weights.of_names`; or LESS, where it is less than `at_least`."""
        first, may_be_swapped = self._first_name(first_name)
        if may_be_swapped:
            return self._weights.of_names(self._told, self._called(first_name, surname), self._how_often)
        if first + self._most_of_surname < at_least:
            return LESS
        return first + self._surname(surname)

    def _weigh_first_name(self, name: str) -> tuple[float, bool]:
        its = self._called(name, "")
        return self._weights.of_first_name(self._told, its, self._how_often), may_be_swapped(self._told, its)

    def _weigh_surname(self, name: str) -> float:
        return self._weights.of_surname(self._told, self._called("", name), self._how_often)
