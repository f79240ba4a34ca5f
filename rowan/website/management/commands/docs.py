"""Make the generated documentation, or say which of it is stale."""

from django.core.management.base import BaseCommand, CommandError

from rowan.website import generated


class Command(BaseCommand):
    help = "Make docs/generated from the code; with --check, only say what is stale."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 when a page is stale"
        )

    def handle(self, *args, check, **options):
        if check:
            if stale := generated.stale():
                raise CommandError(
                    f"docs/generated is stale: {', '.join(stale)}. Run `make docs` and commit what it changes."
                )
            return
        for name in generated.write():
            self.stdout.write(f"made docs/generated/{name}\n")
