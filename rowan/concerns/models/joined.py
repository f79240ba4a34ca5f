"""That the answer to a question joined a concern which was open already: the answer and what the question rests on are read with it."""

from django.db import models

from rowan.questions.models import Answer
from rowan.sharing.models.added_to import AddedTo

from .concern import Concern


class JoinedAnswer(AddedTo):
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="joined_answers")
    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="joined_concern")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
