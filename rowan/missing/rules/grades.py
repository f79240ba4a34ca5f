"""How the police grade a missing child. "Absent" was withdrawn: a missing child is missing (domain 3.5)."""

GRADES = {
    "no_apparent_risk": "No apparent risk",
    "low": "Low risk",
    "medium": "Medium risk",
    "high": "High risk",
}


def grade_in_words(grade: str) -> str:
    """A word that a feed sends and nobody knows is shown as it was sent."""
    return GRADES.get(grade.strip().lower().replace(" ", "_"), grade)


def grade_known(grade: str) -> str:
    """The grade as Rowan keeps it; an empty word for one nobody knows."""
    key = grade.strip().lower().replace(" risk", "").replace(" ", "_")
    return {"no_apparent": "no_apparent_risk"}.get(key, key if key in GRADES else "")
