"""Measures the page on which triage says which child a concern is about: `make bench` runs it in a home of its own, once a run.

Beside it, in the same run, the anchor: the notices page, which is little more than a signed-in page with its queries.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rowan.website.settings")
ASKED_ABOUT = 300
SEED = 4711


def main(people: int) -> None:
    django.setup()
    from django.test import Client
    from django.urls import reverse

    from tests import concerns_in_tests, told_of
    from tests import people_in_tests as invented
    from tests.signing_in import mark_as_whole

    invented.finished_run(as_of=told_of.UNTIL)
    officer, raiser = _people(invented)
    told = told_of.write_index(people, SEED, ask_about=ASKED_ABOUT)[:ASKED_ABOUT]
    client = Client(HTTP_HOST="localhost")
    client.force_login(officer)
    session = client.session
    mark_as_whole(session, officer)
    session.save()
    anchor = sorted(_seconds(client, reverse("notices:for_me"))[0] for _ in range(60))
    taken, found = [], 0
    for each in told:
        said = each.sought
        details = {
            "name": f"{said.first_name} {said.surname}",
            "age": said.birth_date.isoformat(),
            "address": f"{said.address}, {said.postcode}",
        }
        concern = concerns_in_tests.concern(by=raiser, details=details)
        seconds, page = _seconds(client, reverse("concerns:who", args=[concern.pk]))
        taken.append(seconds)
        found += f"person_id={each.person_id}" in page
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)]
    measured = {
        "people": people,
        "asked": len(told),
        "p50_ms": round(1000 * taken[len(taken) // 2], 1),
        "p95_ms": round(1000 * p95, 1),
        "times_a_bare_page": round(p95 / anchor[int(len(anchor) * 0.95)], 2),
        "among_the_first_five": round(found / len(told), 4),
    }
    sys.stdout.write(json.dumps(measured) + "\n")


def _people(invented):
    from rowan.agencies.rules.posts import PostKind
    from rowan.agencies.rules.roles import Role

    agencies = invented.three_agencies()
    officer = invented.practitioner("desk", Role.TRIAGE_OFFICER, agencies[invented.COUNCIL])
    raiser = invented.practitioner("raises", Role.SCHOOL_SAFEGUARDING_LEAD, agencies[invented.SCHOOL])
    invented.post(PostKind.TRIAGE, agencies[invented.COUNCIL], officer)
    return officer, raiser


def _seconds(client, path: str) -> tuple[float, str]:
    began = time.perf_counter()
    answer = client.get(path)
    taken = time.perf_counter() - began
    assert answer.status_code == 200, answer.status_code
    return taken, answer.content.decode()


if __name__ == "__main__":
    main(int(sys.argv[1]))
