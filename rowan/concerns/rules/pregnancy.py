"""How a pregnancy is graded, and only that (domain 3.3): it is no proof of exploitation, and what becomes of it is health's alone."""

from dataclasses import dataclass

GROUNDS = {
    "under_13": "The child is under 13",
    "older_or_trusted": "The other person is much older, or in a position of trust",
    "unknown_with_fear": "The child will not say who the other person is, and is afraid",
    "looked_after_and_missing": "The child is looked after and has been missing",
}
PREGNANT = "HLT-04"
WITH_COERCION_OR_AGE_GAP = "HLT-02"
UNDER_13 = "HLT-03"


@dataclass(frozen=True)
class Pregnancy:
    """That the child is pregnant, and what of the published grounds holds."""

    pregnant: bool = False
    grounds: frozenset[str] = frozenset()

    def observation(self) -> dict[str, str]:
        """Its code on the published list and its kind: an indicator, or a sign of harm where one of the grounds holds."""
        known = self.grounds & set(GROUNDS)
        if not self.pregnant:
            return {}
        if "under_13" in known:
            return {UNDER_13: "S"}
        if known:
            return {WITH_COERCION_OR_AGE_GAP: "S"}
        return {PREGNANT: "I"}
