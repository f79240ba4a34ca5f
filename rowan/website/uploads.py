"""How an upload reaches Rowan: held in memory while it is looked at; one that is too large is let go as it comes."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from rowan.records.uploads.kinds import LARGEST_BYTES

# A little over the limit is read to its end, so that a page can say so; beyond that the line is cut.
READ_NO_FURTHER = 5 * LARGEST_BYTES


class InMemoryAndNoLarger(FileUploadHandler):
    """A file over the limit arrives as its first bytes and one more than the limit allows, for the form to refuse."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.held = BytesIO()
        self.read = 0

    def receive_data_chunk(self, raw_data, start):
        self.read += len(raw_data)
        if self.read > READ_NO_FURTHER:
            raise StopUpload(connection_reset=True)
        room = LARGEST_BYTES + 1 - self.held.tell()
        if room > 0:
            self.held.write(raw_data[:room])

    def file_complete(self, file_size):
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held,
            self.field_name,
            self.file_name,
            self.content_type,
            self.held.getbuffer().nbytes,
            self.charset,
            self.content_type_extra,
        )
