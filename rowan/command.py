"""The `rowan` command: routes `rowan ROOM …` to the room's own command and keeps tracebacks from people."""

import os
import sys

# Django's own commands that a person running Rowan may need; the rest stay out of sight.
DJANGO_COMMANDS = {"migrate", "makemigrations", "collectstatic", "check", "shell"}


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit status: 0 done, 1 could not be done, 2 wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rowan.website.settings")
    arguments = list(sys.argv[1:] if argv is None else argv)
    import django
    from django.core.management import ManagementUtility, get_commands
    from django.core.management.base import CommandError

    from rowan.refusals import Refusal

    try:
        django.setup()
        known = {
            name for name, app in get_commands().items() if str(app).startswith("rowan.")
        } | DJANGO_COMMANDS
        if not arguments or arguments[0] in {"-h", "--help", "help"}:
            print(_usage(known))
            return 0 if arguments else 2
        if arguments[0] not in known:
            print(f"rowan: there is no command '{arguments[0]}'. `rowan --help` lists them.", file=sys.stderr)
            return 2
        ManagementUtility(["rowan", *arguments]).execute()
    except (Refusal, CommandError) as refusal:
        print(f"rowan: {refusal}", file=sys.stderr)
        return getattr(refusal, "returncode", 1) or 1
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except KeyboardInterrupt:
        print("rowan: stopped. What was finished is kept; run the command again to go on.", file=sys.stderr)
        return 130
    except Exception as error:  # noqa: BLE001 - the last door before a person: say it plainly, keep the detail for the log
        if os.environ.get("ROWAN_TRACEBACK"):
            raise
        print(
            f"rowan: something went wrong that Rowan did not expect ({type(error).__name__}). Nothing half-done is kept. "
            "Set ROWAN_TRACEBACK=1 and run it again for the detail.",
            file=sys.stderr,
        )
        return 1
    return 0


def _usage(known: set[str]) -> str:
    own = sorted(known - DJANGO_COMMANDS)
    return (
        "Usage: rowan COMMAND …\n\nCommands:\n"
        + "\n".join(f"  {name}" for name in own)
        + "\n\n`rowan COMMAND --help` says more."
    )


if __name__ == "__main__":
    sys.exit(main())
