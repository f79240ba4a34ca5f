"""Every address by every role, whole, on the database it runs on; in `make test` a quarter of the roles is swept on each."""

import logging
import os
from collections import Counter

import pytest
from django.db import transaction

from rowan.agencies.rules.roles import Role
from tests.integration.sweep.addresses import ADDRESSES
from tests.integration.sweep.conftest import clients, made, nobody_sat_idle, world  # noqa: F401 (fixtures)
from tests.integration.sweep.looking import look_at_everything

# A few by hand, apart by commas, leave no figure: ROWAN_SWEEP_ROLES=mentor,councillor.
SOME = [Role(name) for name in os.environ.get("ROWAN_SWEEP_ROLES", "").split(",") if name]
ROLES = SOME or sorted(Role)


@pytest.mark.django_db
def test_every_address_by_every_role(world, clients, caplog, measured):  # noqa: F811 (the fixtures)
    """Every address of the site opened by every role, with a child of theirs, another's, a hidden one, one they are kept out of and one that is not there: nothing shown that the role may not see, in page, log or letter, and nothing changed.

    Every word about every child is a mark of its own (a canary), so that one that shows where it should not names itself.
    """
    found = measured(is_whole=not SOME)
    answers, seen, faults = Counter(), set(), []
    found |= {
        "roles": 0,
        "addresses": len(ADDRESSES),
        "canaries planted": len(world.canaries.planted),
        "answers looked at": 0,
        "answers by status": {},
        "canaries seen by somebody who may": 0,
        "forbidden seen": 0,
        "other faults": 0,
    }
    for role in ROLES:
        caplog.clear()
        with caplog.at_level(logging.DEBUG), transaction.atomic():
            nobody_sat_idle()
            looked = look_at_everything(world, clients[role], role, caplog)
            # As the tests do that sweep one role each: what a look left, its line above all, is not there for the next.
            transaction.set_rollback(True)
        answers, seen = answers + looked.answers, seen | looked.seen
        faults += [f"{role}: {fault}" for fault in looked.faults]
        found["roles"] += 1
        found["answers looked at"] = answers.total()
        found["answers by status"] = dict(sorted(answers.items()))
        found["canaries seen by somebody who may"] = len(seen)
        found["forbidden seen"] += len(looked.forbidden)
        found["other faults"] += len(looked.wrong)
    assert faults == [], "\n".join(faults)
    assert seen or SOME, "a sweep that no page answers finds nothing"
