"""Lines left before the trail was chained are chained as they stand."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from rowan.audit_trail.keys import current_key
from rowan.audit_trail.rules.chain import BEFORE_THE_FIRST, FIELDS, digest, moment_in_words
from rowan.website.management.commands.migrate import as_owner

BEFORE = ("audit_trail", "0001_initial")


@pytest.fixture
def before_the_chain(transactional_db):
    """The trail as it was; afterwards everything as it is."""
    with as_owner("default"):
        executor = MigrationExecutor(connection)
        newest = executor.loader.graph.leaf_nodes()
        yield executor.migrate([BEFORE]).apps.get_model("audit_trail", "Entry")
        again = MigrationExecutor(connection)
        again.migrate(newest)
        again.loader.check_consistent_history(connection)
        from rowan.audit_trail.guards import stand_guard

        stand_guard()


def test_lines_that_stand_are_numbered_and_chained_in_the_order_they_came(before_the_chain):
    before_the_chain.objects.bulk_create(
        before_the_chain(
            at=timezone.now(), by_kind="rowan", did=f"act {n}", particulars={"rows": n, "an": [1.5, None]}
        )
        for n in (1, 2, 3)
    )
    apps = (
        MigrationExecutor(connection).migrate([(BEFORE[0], "0002_each_line_is_bound_to_the_one_before")]).apps
    )
    (key_id, key), before = current_key(), BEFORE_THE_FIRST
    lines = list(apps.get_model("audit_trail", "Entry").objects.all())
    assert [(line.position, line.did, line.particulars["rows"]) for line in lines] == [
        (1, "act 1", 1),
        (2, "act 2", 2),
        (3, "act 3", 3),
    ]
    for line in lines:
        kept = [getattr(line, field) for field in FIELDS[1:-1]]
        words = [moment_in_words(line.at), *kept, f'{{"an":[1.5,null],"rows":{line.position}}}']
        assert line.digest == digest(key, before, line.position, key_id, words)
        before = line.digest
