"""What happens when Rowan starts: the guards are set after every `rowan migrate`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditTrail(AppConfig):
    name = "rowan.audit_trail"

    def ready(self):
        from .guards import stand_guard

        # After every migration, not in one: SQLite makes a table anew when a field changes, and its triggers go with the old one.
        post_migrate.connect(stand_guard, sender=self)
