"""An answer as somebody gives it, before it is taken: what it lacks, whether it stands already, and how it looks beside another."""

from datetime import date

from rowan.agencies.in_words import by_and_when
from rowan.refusals import Both

from ..models import Answer, AnswerKind
from ..rules.answers import refusal_to_take


class Said:
    def __init__(self, kind: str, text: str, how_known: str, agency, look_again_on: date | None):
        self.kind, self.agency = str(kind), agency
        self.text, self.how_known = text.strip(), how_known.strip()
        self.look_again_on = look_again_on if self.kind == AnswerKind.LOOK_AGAIN else None

    def refusal(self, today: date) -> str | None:
        return refusal_to_take(
            self.kind,
            text=self.text,
            how_known=self.how_known,
            asks_an_agency=self.agency is not None,
            look_again_on=self.look_again_on,
            today=today,
        )

    def are_the_words_of(self, given: Answer, by) -> bool:
        return (
            given.by_id == by.pk
            and given.kind == self.kind
            and given.text == self.text
            and given.how_known == self.how_known
            and given.agency_id == (self.agency.pk if self.agency else None)
            and given.look_again_on == self.look_again_on
        )

    def beside(self, standing: Answer) -> list[Both]:
        """Both answers, side by side; hers is in the form of a correction and waits for her to send it."""
        kinds = dict(AnswerKind.choices)
        return [
            Both("Answer", standing.get_kind_display(), kinds.get(self.kind, self.kind)),
            Both("In words", standing.text, self.text),
            Both("How we know", standing.how_known, self.how_known),
            Both("Agency to ask", _name(standing.agency), _name(self.agency)),
            Both("When to look again", _day(standing.look_again_on), _day(self.look_again_on)),
            Both("Answered by", by_and_when(standing.by.display_name, standing.at), "Not sent"),
        ]


def _name(agency) -> str:
    return agency.name if agency else ""


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""
