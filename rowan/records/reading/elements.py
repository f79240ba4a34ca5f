"""Children of an XML return, one at a time with the line each begins on. No document type, no entity, no outside file.

Read with expat, which counts every line of a file, however long; lxml stops telling them apart after line 65,535.
"""

import codecs
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from rowan.records.sources.cin_census import Element
from rowan.refusals import NotPossible

from .bytes_of_a_file import BLOCK, FileLookedAt

DEEPEST = 60
LONGEST_TEXT = 1 << 20
MOST_ELEMENTS_IN_A_CHILD = 50_000


class _Open:
    """An element whose end has not been read yet."""

    __slots__ = ("children", "line", "tag", "text")

    def __init__(self, tag: str, line: int):
        self.tag, self.line = tag, line
        self.text: list[str] = []
        self.children: list[Element] = []

    def closed(self) -> Element:
        own = "".join(self.text).strip()
        if not self.children:
            return Element(self.tag, own, self.line, [])
        return Element(self.tag, "", self.line, self.children, stray=own)


class Tree:
    """The children (elements of one name) of a document, and the few header elements before them."""

    def __init__(self, looked_at: FileLookedAt, row_tag: str):
        self._looked_at = looked_at
        self._row_tag = row_tag
        self._path: list[_Open] = []
        self._ready: list[Element] = []
        self._elements = 0
        self._text_length = 0
        self.root = ""
        self.header: dict[str, str] = {}

    def children(self) -> Iterator[Element]:
        parser = self._parser()
        decoder = codecs.getincrementaldecoder(self._looked_at.encoding)(errors="replace")
        own_encoding = self._looked_at.encoding in {"utf-8", "utf-8-sig"}
        with open(self._looked_at.path, "rb") as file:
            while block := file.read(BLOCK):
                self._feed(parser, block if own_encoding else decoder.decode(block).encode("utf-8"), False)
                yield from self._take_ready()
        self._feed(parser, b"", True)
        yield from self._take_ready()

    def _take_ready(self) -> list[Element]:
        ready, self._ready = self._ready, []
        return ready

    def _parser(self) -> expat.XMLParserType:
        # UTF-8 as looked at, whatever the document says of itself: the bytes were checked, the words were not.
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._says
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype
        parser.ExternalEntityRefHandler = self._refuse_doctype
        self._expat = parser
        return parser

    def _feed(self, parser: expat.XMLParserType, block: bytes, final: bool) -> None:
        try:
            parser.Parse(block, final)
        except expat.ExpatError as error:
            if final:
                raise NotPossible(f"the XML is cut short (it ends at line {error.lineno})") from None
            raise NotPossible(
                f"the XML cannot be read beyond line {error.lineno} ({expat.ErrorString(error.code)})"
            ) from None

    def _refuse_doctype(self, *_: object) -> NoReturn:
        raise NotPossible("the XML declares a document type or entities, which no return has")

    def _begins(self, tag: str, _attributes: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        if not self.root:
            self.root = tag
        if len(self._path) >= DEEPEST:
            raise NotPossible("the XML is nested too deeply to be a return")
        self._elements += 1
        self._text_length = 0
        if tag == self._row_tag and not self._within_a_row():
            self._elements = 0
        elif self._elements > MOST_ELEMENTS_IN_A_CHILD:
            raise NotPossible("one part of the XML holds too many elements to be a return")
        self._path.append(_Open(tag, self._expat.CurrentLineNumber))

    def _says(self, text: str) -> None:
        self._text_length += len(text)
        if self._text_length > LONGEST_TEXT:
            raise NotPossible("the XML holds a text too long to be a return")
        # The white space between one row and the next would add up to as much as the file.
        if self._path and not text.isspace():
            self._path[-1].text.append(text)

    def _ends(self, _tag: str) -> None:
        element = self._path.pop().closed()
        if element.tag == self._row_tag and not self._within_a_row():
            self._ready.append(element)
        elif self._within_a_row():
            self._path[-1].children.append(element)
        elif element.text:
            self.header.setdefault(element.tag, element.text)

    def _within_a_row(self) -> bool:
        return any(open_.tag == self._row_tag for open_ in self._path)


def root_of(looked_at: FileLookedAt) -> str:
    """The root element's name, read from the first block only; refuses a document type before any of it is read."""
    tree = Tree(looked_at, row_tag="")
    parser = tree._parser()
    try:
        parser.Parse(looked_at.begins_with.lstrip("\ufeff").encode("utf-8"), False)
    except expat.ExpatError as error:
        if not tree.root:
            raise NotPossible(f"the XML cannot be read beyond line {error.lineno}") from None
    return tree.root
