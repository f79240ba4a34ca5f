"""That somebody looked in a licensing register for one person or vehicle that was heard of in a concern, why, and what was found."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.sharing.models.added_to import AddedTo

from ..rules.licensing import FOUND_NAMES, REGISTER_NAMES
from .concern import SEALED_FOR, Concern, NameHeard


class LicensingLookUp(AddedTo):
    """The id is the form's token. A look is for one name that was heard; there is no place for a list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="licensing_look_ups")
    name_heard = models.ForeignKey(NameHeard, on_delete=models.PROTECT, related_name="licensing_look_ups")
    register = models.CharField(
        max_length=12, choices=[(each.value, name) for each, name in REGISTER_NAMES.items()]
    )
    kept_by = models.CharField(max_length=200)  # the council or body whose register it is
    sought = SealedTextField(purpose=SEALED_FOR)
    why = SealedTextField(purpose=SEALED_FOR)
    found = models.CharField(
        max_length=10, choices=[(each.value, name) for each, name in FOUND_NAMES.items()]
    )
    details = SealedTextField(blank=True, purpose=SEALED_FOR)  # of the licence; read at the desk alone
    looked_on = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
