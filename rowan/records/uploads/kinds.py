"""The kinds of file that may be attached. What is not here is refused."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LARGEST_BYTES = 10 * MEGABYTE
LONGEST_NAME = 120


@dataclass(frozen=True)
class Kind:
    name: str
    endings: tuple[str, ...]
    content_type: str


JPEG = Kind("JPEG photograph", ("jpg", "jpeg"), "image/jpeg")
PNG = Kind("PNG picture", ("png",), "image/png")
PDF = Kind("PDF document", ("pdf",), "application/pdf")
DOCX = Kind(
    "Word document", ("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)
XLSX = Kind("Excel workbook", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
CSV = Kind("CSV table", ("csv",), "text/csv; charset=utf-8")
TEXT = Kind("plain text", ("txt",), "text/plain; charset=utf-8")

KINDS = (JPEG, PNG, PDF, DOCX, XLSX, CSV, TEXT)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}

# Kinds people will try, with what to do instead.
NOT_YET = {
    "heic": "an HEIC photograph, which Rowan does not read: send it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)",
    "heif": "an HEIF photograph, which Rowan does not read: send it as JPEG",
    "doc": "an old Word document: save it as DOCX",
    "docm": "a Word document with macros: save it as DOCX",
    "xls": "an old workbook: save it as XLSX",
    "xlsm": "a workbook with macros: save it as XLSX",
    "zip": "an archive: attach what is in it, one file at a time",
    "msg": "a saved e-mail: save it as PDF",
    "eml": "a saved e-mail: save it as PDF",
}
EVERY_KIND = "JPEG and PNG pictures, PDF, Word (DOCX) and Excel (XLSX) documents, CSV and plain text"
