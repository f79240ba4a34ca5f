"""The `rowan` command: routes `rowan ROOM …` to the room's own command and keeps tracebacks from people."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, _SubParsersAction
from datetime import date
from typing import NoReturn

# Django's own commands that a person running Rowan may need; the rest stay out of sight.
DJANGO_COMMANDS = {"migrate", "makemigrations", "collectstatic", "check", "shell"}


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit status: 0 done, 1 could not be done, 2 wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rowan.website.settings")
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        import django
        from django.core.management import get_commands
        from django.core.management.base import CommandError

        from rowan.refusals import Refusal
    except ImportError as missing:
        return _is_not_installed(missing)

    try:
        django.setup()
        known = {name for name, room in get_commands().items() if str(room).startswith("rowan.")}
        known |= DJANGO_COMMANDS
        if not arguments or arguments[0] in {"-h", "--help", "help"}:
            print(_usage(known), file=sys.stdout if arguments else sys.stderr)
            return 0 if arguments else 2
        # A room's name is typed with a hyphen, as it is said: `rowan audit-trail verify`.
        arguments[0] = arguments[0].replace("-", "_")
        if arguments[0] not in known:
            _say(f"there is no command '{arguments[0].replace('_', '-')}'. `rowan --help` lists them.")
            return 2
        _run(arguments[0], arguments[1:])
    except (Refusal, CommandError) as refusal:
        _say(str(refusal))
        return getattr(refusal, "returncode", 1) or 1
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except KeyboardInterrupt:
        _say("stopped. What was finished is kept; run the command again to go on.")
        return 130
    except BrokenPipeError:
        # Whoever was reading has stopped; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ImportError as missing:
        return _is_not_installed(missing)
    except Exception as error:
        if os.environ.get("ROWAN_TRACEBACK"):
            raise
        if _is_not_recorded(error):
            _say(
                "the audit trail could not be written, so this was not done. Look at the database, its rights and the keys; "
                "`rowan audit-trail verify` says more."
            )
            return 1
        _say(
            f"something went wrong that Rowan did not expect ({type(error).__name__}). Nothing half-done is kept. "
            "Set ROWAN_TRACEBACK=1 and run it again for the detail."
        )
        return 1
    return 0


def _is_not_installed(missing: ImportError) -> int:
    """Rowan was brought up to date and what it stands on was not, or nothing was ever installed."""
    if os.environ.get("ROWAN_TRACEBACK"):
        raise missing
    _say(
        f"a part that Rowan needs is not installed here ({missing.name or missing}). In Rowan's folder run `make setup`, "
        "then this again. Nothing half-done is kept."
    )
    return 1


def _is_not_recorded(error: Exception) -> bool:
    from rowan.audit_trail.writing import NotRecorded

    return isinstance(error, NotRecorded)


def _run(name: str, arguments: list[str]) -> None:
    """As Django's own runner, but for how it says no: that is for `main`, in one plain line."""
    from django.core.management import get_commands, handle_default_options, load_command_class

    command = load_command_class(str(get_commands()[name]), name)
    command._called_from_command_line = True
    parser = command.create_parser("rowan", name.replace("_", "-"))
    _say_plainly_what_is_wrong(parser)
    options = parser.parse_args(arguments)
    handle_default_options(options)
    given = vars(options)
    command.execute(*given.pop("args", ()), **given)
    sys.stdout.flush()


def _a_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a date; write it as 2026-03-01") from None


def _a_whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a whole number; write it in digits, such as 200") from None


def _a_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a number; write it in digits, such as 2 or 0.5") from None


def _say_plainly_what_is_wrong(parser: ArgumentParser) -> None:
    """argparse says "invalid int value"; whoever typed it is told how to write it. Holds for every command and its verbs."""
    for kind, read in ((date.fromisoformat, _a_date), (int, _a_whole_number), (float, _a_number)):
        parser.register("type", kind, read)
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for verb in action.choices.values():
                _say_plainly_what_is_wrong(verb)


def _say(text: str) -> None:
    sys.stderr.write(f"rowan: {text}\n")


def _usage(known: set[str]) -> str:
    own = sorted(known - DJANGO_COMMANDS)
    return (
        "Usage: rowan COMMAND …\n\nCommands:\n"
        + "\n".join(f"  {name.replace('_', '-')}" for name in own)
        + "\n\n`rowan COMMAND --help` says more."
    )


def leave(code: int) -> NoReturn:
    """End at once. What a command did is committed by now, and the engines' own threads sometimes abort while Python takes itself apart."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
