"""What reaches the log: what went wrong and where in the code, never about whom."""

import logging
import traceback


class SaysWhatNeverWho(logging.Formatter):
    """A page by its route and not its address; an exception by its kind and lines and not its words, which may hold a name."""

    def format(self, record):
        # Another handler may have kept the exception's own words on the record.
        record.exc_text = None
        return super().format(record)

    def formatMessage(self, record):
        request = getattr(record, "request", None)
        if request is None:
            return super().formatMessage(record)
        match = getattr(request, "resolver_match", None)
        route = (match.view_name or match.route) if match else "no such page"
        return f"{record.levelname} {request.method} {route}: {getattr(record, 'status_code', '')}"

    def formatException(self, ei):
        kind, _, trace = ei
        frames = "".join(
            f"  {frame.filename}:{frame.lineno} in {frame.name}\n" for frame in traceback.extract_tb(trace)
        )
        return f"{kind.__name__}\n{frames}"
