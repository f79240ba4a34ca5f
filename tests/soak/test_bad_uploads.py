"""2,000 bad uploads through the page that takes them, counted by kind, in a process whose memory is watched."""

import resource
from collections import Counter

from django.core.files.uploadedfile import SimpleUploadedFile

from rowan.access.models import Why
from rowan.agencies.rules.roles import Role
from rowan.records.models import Attachment
from tests import people_in_tests as invented
from tests.bad_uploads import bad_uploads

UPLOADS = 2000
# What making the bad files takes is in it too.
MOST_MB = 512


def test_two_thousand_bad_uploads_are_refused_and_nothing_is_kept(client, db, settings, tmp_path, measured):
    """2,000 bad uploads through the page that takes them: each refused with a plain reason, no error 500, nothing kept, and memory bounded."""
    found = measured()
    settings.ROWAN_HOME = tmp_path
    invented.finished_run()
    agencies = invented.three_agencies()
    child = invented.child("Amina", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])
    invented.involve(child, agencies[invented.COUNCIL], Why.WORKING_WITH)
    client.force_login(invented.practitioner("worker", Role.LEAD_PROFESSIONAL, agencies[invented.COUNCIL]))
    refused, status = Counter(), Counter()
    for upload in bad_uploads(UPLOADS):
        file = SimpleUploadedFile(upload.name or "file", upload.content)
        answer = client.post(f"/children/{child.id}/documents/", {"compartment": "core", "file": file})
        status[answer.status_code] += 1
        refused[upload.kind] += "There is a problem" in answer.text
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["bad uploads"], found["refused"] = UPLOADS, sum(refused.values())
    found["of these"] = dict(sorted(refused.items()))
    found["errors 500"] = sum(number for code, number in status.items() if code >= 500)
    found["kept"], found["peak memory, MB"] = Attachment.objects.count(), round(peak)
    assert status == {200: UPLOADS}
    assert sum(refused.values()) == UPLOADS
    assert not Attachment.objects.exists()
    assert not [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]
    assert peak < MOST_MB
