"""Photographs are read and written again: the picture stays, and place, time, camera and whatever was hidden behind it go."""

import io
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError

from rowan.refusals import NotPossible

MOST_PIXELS = 25_000_000
NOT_A_PICTURE = "The picture cannot be read. Open it on your own machine, save it again, and send that."
# Our own limit is asked before a pixel is read; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None
# One at a time: a large picture takes a few hundred megabytes while it is turned.
_one_at_a_time = Lock()


def without_what_the_camera_hid(content: bytes, form: str) -> bytes:
    with _one_at_a_time:
        try:
            return _written_again(content, form)
        except NotPossible:
            raise
        except (
            UnidentifiedImageError,
            OSError,
            ValueError,
            SyntaxError,
            EOFError,
            MemoryError,
            ArithmeticError,
        ):
            raise NotPossible(NOT_A_PICTURE) from None
        except (
            Exception
        ) as fault:  # whatever a broken picture makes its reader raise, nobody may meet an error page
            raise NotPossible(NOT_A_PICTURE) from fault


def _written_again(content: bytes, form: str) -> bytes:
    with Image.open(io.BytesIO(content), formats=[form]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NotPossible(
                f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels. Send a smaller copy."
            )
        upright = ImageOps.exif_transpose(picture)
        plain = upright.convert("RGBA" if form == "PNG" and _has_see_through_parts(upright) else "RGB")
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    written = io.BytesIO()
    clean.save(written, form, **({"quality": 90} if form == "JPEG" else {}))
    return written.getvalue()


def _has_see_through_parts(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
