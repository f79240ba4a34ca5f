"""Who is signed in, with her agency: asked at the beginning of every page."""

from django.contrib.auth.backends import ModelBackend

from rowan.asked_alike import asked_alike

from .models import Practitioner

_with_agency = asked_alike(lambda pk: Practitioner.objects.filter(pk=pk).select_related("agency"))


class SignedInBackend(ModelBackend):
    def get_user(self, user_id):
        person = _with_agency.first(pk=user_id)
        return person if person and self.user_can_authenticate(person) else None
