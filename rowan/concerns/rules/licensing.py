"""A look into a licensing register: for one person or vehicle that was heard of, by whoever keeps it or asks them; never a whole list.

Registers are looked up singly, because a list matched against a register tells of everybody who holds a licence and has done nothing.
"""

from enum import StrEnum


class Register(StrEnum):
    DRIVERS = "drivers"
    VEHICLES = "vehicles"
    OPERATORS = "operators"
    PREMISES = "premises"
    DOOR_STAFF = "door_staff"
    OTHER = "other"


REGISTER_NAMES = {
    Register.DRIVERS: "Drivers of taxis and private hire cars",
    Register.VEHICLES: "Taxis and private hire cars",
    Register.OPERATORS: "Private hire operators",
    Register.PREMISES: "Premises licensed for alcohol, late food or entertainment",
    Register.DOOR_STAFF: "Door supervisors and other licensed security",
    Register.OTHER: "Another licensing register",
}


class Found(StrEnum):
    FOUND = "found"
    NOT_FOUND = "not_found"


FOUND_NAMES = {Found.FOUND: "Found", Found.NOT_FOUND: "Not found"}
LONGEST_SOUGHT = 120
ONE_AT_A_TIME = "Give one person or one vehicle. Each look is for one, and is recorded by itself."


def refusal_of_look(
    *, register: str, kept_by: str, sought: str, why: str, found: str, details: str
) -> str | None:
    """What the record of a look still lacks, or None when it is whole."""
    if register not in {each.value for each in Register}:
        return "Choose the register."
    if not kept_by.strip():
        return "Say which council or body keeps it."
    if not sought.strip():
        return "Say who or what was looked for."
    if len(sought) > LONGEST_SOUGHT or any(mark in sought.strip() for mark in "\n\r;,|"):
        return ONE_AT_A_TIME
    if not why.strip():
        return "Say why it was looked up."
    if found not in {each.value for each in Found}:
        return "Say whether it was found."
    if found == Found.NOT_FOUND and details.strip():
        return "Nothing was found: leave the details of the licence empty, or say that it was found."
    return None
