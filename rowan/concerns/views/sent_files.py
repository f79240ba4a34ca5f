"""A file that came with a report, for whoever may read the report: a download, never a page."""

from uuid import UUID

from django.utils import timezone
from django.views.decorators.http import require_safe

from rowan.records.downloads import as_a_download, never_a_page

from ..actions.sent_files import fetch_file


@require_safe
@never_a_page
def fetch(request, concern_id: UUID, file_id: UUID):
    file, content = fetch_file(concern_id, file_id, by=request.user, now=timezone.now())
    return as_a_download(content, name=file.name, kind=file.kind)
