"""How an interview is offered, and which of these ways safe contact has a say in."""

from rowan.people.rules.safe_contact import Way

HOWS = {
    "in_person": "In person",
    "phone": "By telephone",
    "message": "By a message",
    "letter": "By letter",
    "carer": "Through the carer",
    "worker": "Through a worker the child trusts",
}
# Whoever goes there in person has to know that they may not go alone.
WAYS = {"phone": Way.PHONE, "message": Way.MESSAGE, "letter": Way.LETTER, "in_person": Way.VISIT}
