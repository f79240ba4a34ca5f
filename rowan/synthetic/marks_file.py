"""A school year of marks as the bytes of a file, a column at a time, and which of its lines are signs of a story."""

from datetime import date

import numpy as np

from rowan.synthetic.register import CODE, CODES, PRESENT, Marks
from rowan.synthetic.stories import Story

HEADER = b"LAEstab,AdmissionNumber,UPN,Date,Session,Mark,MinutesLate\n"
_GAP = 0  # a byte no CSV holds: left out when the table becomes bytes


def _fixed(texts: list[str], width: int) -> np.ndarray:
    return (
        np.array([text.encode() for text in texts], dtype=f"S{width}")
        .view(np.uint8)
        .reshape(len(texts), width)
    )


_CODE_BYTES = _fixed(CODES, 2)
_LATE_BYTES = _fixed(["", *map(str, range(1, 256))], 3)


def as_bytes(marks: Marks, laestab: str) -> tuple[list[bytes], list[tuple[int, tuple[Story, str]]]]:
    """The file's rows sorted by date, session and pupil, and on which line each mark of a story stands."""
    pieces, story_lines, line = [HEADER], [], 2
    pupil = _fixed([f"{laestab},{s.admission},{s.upn}," for s in marks.stays], 30)
    for session in range(2 * len(marks.days)):
        there = np.flatnonzero(marks.on_register[:, session])
        if not len(there):
            continue
        afternoon = session % 2
        moment = f"{marks.days[session // 2]:%d/%m/%Y},{'PM' if afternoon else 'AM'},".encode()
        table = np.zeros((len(there), 30 + 14 + 2 + 1 + 3 + 1), dtype=np.uint8)
        table[:, :30] = pupil[there]
        table[:, 30:44] = np.frombuffer(moment, dtype=np.uint8)
        codes = marks.codes[there, session]
        table[:, 44:46] = _CODE_BYTES[codes]
        if afternoon:
            table[codes == PRESENT, 44] = ord("\\")
        table[:, 46] = ord(",")
        table[:, 47:50] = _LATE_BYTES[np.where(codes == CODE["L"], marks.late[there, session], 0)]
        table[:, 50] = ord("\n")
        pieces.append(table[table != _GAP].tobytes())
        if marks.stories:
            of_story = marks.story[there, session]
            story_lines += [(line + int(p), marks.stories[of_story[p] - 1]) for p in np.flatnonzero(of_story)]
        line += len(there)
    return pieces, story_lines


def first_moment_of_story_marks(marks: Marks) -> dict[Story, date]:
    """The first day a story shows in these marks."""
    first: dict[Story, date] = {}
    for number, (story, _) in enumerate(marks.stories, start=1):
        sessions = np.flatnonzero(((marks.story == number) & marks.on_register).any(axis=0))
        if len(sessions):
            day = marks.days[int(sessions[0]) // 2]
            first[story] = min(first.get(story, day), day)
    return first
