"""What happens when Rowan starts: the second wall stands after every `rowan migrate`, and each connection says who reads."""

from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class Website(AppConfig):
    name = "rowan.website"

    def ready(self):
        from rowan.access.reading import tell

        from .row_security import raise_the_wall

        connection_created.connect(tell)
        # After the owner's migrations: a table made anew has lost its policies.
        # (Django says so room by room, and only of rooms that store something: this one does not.)
        post_migrate.connect(raise_the_wall, sender=apps.get_app_config("chronology"))
