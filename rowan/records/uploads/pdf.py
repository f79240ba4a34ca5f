"""A PDF is kept as it came, if it is one document from its first byte to its last and nothing in it acts by itself."""

import re
import zlib

from rowan.refusals import NotPossible

MOST_BYTES_UNPACKED = 16 * 1024 * 1024
BROKEN = "The PDF cannot be read, or something else is hidden in it. Print it to a new PDF and send that."
ACTS = "The PDF holds a program, a form that sends itself, or an attached file. Print it to a new PDF and send that."
LOCKED = "The PDF is locked with a password. Rowan cannot check it: send it unlocked."

BEGINS = re.compile(rb"%PDF-[12]\.\d")
ENDS_WITHIN = 1024
# Long enough never to stand in a picture's bytes by chance, so they are sought everywhere; the short ones outside streams.
ACTIONS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToR|GoToE|Rendition)(?![A-Za-z0-9])"
)
SHORT_ACTIONS = re.compile(rb"/(JS|XFA|AA|Movie)(?![A-Za-z0-9])")
LOCKS = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
OBJECT_STREAM = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
HEX_IN_A_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
DICTIONARY_WITHIN = 2048


def checked(content: bytes) -> bytes:
    if not BEGINS.match(content) or not _ends_as_it_should(content):
        raise NotPossible(BROKEN)
    plain = _plain_names(content)
    if LOCKS.search(plain):
        raise NotPossible(LOCKED)
    outside, packed = _taken_apart(content)
    # An object stream that hides within another stream is one that is not unpacked here, and would be elsewhere.
    if len(OBJECT_STREAM.findall(plain)) != len(packed):
        raise NotPossible(BROKEN)
    if ACTIONS.search(plain) or SHORT_ACTIONS.search(_plain_names(outside)):
        raise NotPossible(ACTS)
    left = MOST_BYTES_UNPACKED
    for objects in packed:
        unpacked = _plain_names(_unpacked(objects, left))
        left -= len(unpacked)
        if ACTIONS.search(unpacked) or SHORT_ACTIONS.search(unpacked):
            raise NotPossible(ACTS)
    return content


def _ends_as_it_should(content: bytes) -> bool:
    """The last mark of the end, and after it nothing but blanks."""
    end = content.rfind(b"%%EOF")
    return end >= 0 and not content[end + 5 :].strip(b"\r\n\t \x00") and len(content) - end < ENDS_WITHIN


def _plain_names(content: bytes) -> bytes:
    """A name may be written with its letters as figures: /J#53 is /JS."""
    return HEX_IN_A_NAME.sub(lambda found: bytes([int(found[1], 16)]), content)


def _taken_apart(content: bytes) -> tuple[bytes, list[bytes]]:
    """What is outside streams, and the streams that hold packed objects, in one pass."""
    outside, packed, at = [], [], 0
    for begin in STREAM.finditer(content):
        if begin.start() < at:
            continue
        outside.append(content[at : begin.start()])
        end = content.find(b"endstream", begin.end())
        at = len(content) if end < 0 else end
        dictionary = _plain_names(outside[-1][-DICTIONARY_WITHIN:].rpartition(b" obj")[2])
        if OBJECT_STREAM.search(dictionary):
            if b"/FlateDecode" not in dictionary or len(re.findall(rb"/\w+Decode(?!\w)", dictionary)) > 1:
                raise NotPossible(BROKEN)
            packed.append(content[begin.end() : at])
    return b" ".join([*outside, content[at:]]), packed


def _unpacked(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        objects = unpacking.decompress(packed, max(1, most) + 1)
    except zlib.error:
        raise NotPossible(BROKEN) from None
    if len(objects) > most:
        raise NotPossible(BROKEN)
    return objects
