"""Checks an exported audit trail of Rowan. One file, nothing but Python's own library, and no code of Rowan's.

    python3 verifier.py EXPORT --public-key HEX [--anchors FILE] [--key FILE]

EXPORT and its .anchors.jsonl come from `rowan audit-trail export`. Take the public key from paper or from somebody you trust
(`rowan keys public audit-trail-anchors`), and better still the anchors from the folder outside the home. With the trail's key
(--key, the file audit-trail.keys) every line is checked against the one before it; without it: that the export is as Rowan
signed it, that no line is missing, and that the lines at the anchors are those that were signed then.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sys

FORM = "rowan trail 1"
BEFORE_THE_FIRST = "0" * 64

# Ed25519 (RFC 8032, section 6), to check a signature; slow and plain.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def x_of(y, sign):
    if y >= P:
        return None
    squared = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if squared == 0:
        return None if sign else 0
    x = pow(squared, (P + 3) // 8, P)
    if (x * x - squared) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - squared) % P:
        return None
    return P - x if x & 1 != sign else x


def point_of(octets):
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def is_signed(public_key, message, signature):
    """Whether the holder of the private half of `public_key` (hex) signed `message` with `signature` (hex)."""
    try:
        key, signature = bytes.fromhex(public_key), bytes.fromhex(signature)
    except ValueError:
        return False
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(h, a))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


def spelt(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def read_keys(path):
    """The trail's keys, one a line, by the short name that lines bear."""
    with open(path) as file:
        keys = [base64.urlsafe_b64decode(line) for line in file.read().split()]
    return {hashlib.sha256(b"rowan audit trail key|" + key).hexdigest()[:8]: key for key in keys}


def read_anchors(path, public_keys, every_signature, say):
    """By position, what was signed. Each anchor holds the hash of the one before, so the newest signature vouches for all."""
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = [line.strip() for line in file if line.strip()]
    anchors, before = {}, "0" * 64
    for number, line in enumerate(lines, start=1):
        try:
            anchor = json.loads(line)
            signed = spelt({name: anchor[name] for name in ("position", "digest", "at", "previous")})
            public_key, signature = anchor["public_key"], anchor["signature"]
        except (ValueError, KeyError, TypeError):
            say(f"anchor {number} cannot be read")
            continue
        if public_key not in public_keys:
            say(f"anchor {number} is by a key that is not among those you gave")
            continue
        needed = every_signature or number == len(lines)
        if needed and not is_signed(public_key, signed, signature):
            say(f"anchor {number} is not signed by the key it names")
            continue
        if anchor["previous"] != before:
            say(f"before anchor {number}, anchors were taken out or changed")
        before = hashlib.sha256(spelt(anchor)).hexdigest()
        anchors[anchor["position"]] = anchor["digest"]
    return anchors


def check(export, keys, anchors, public_keys, say):
    """Read the export once, line by line. Returns how many lines there are and the position of the last."""
    one = hmac.digest
    whole, expected, before, last_line, position, lines = hashlib.sha256(), 1, BEFORE_THE_FIRST, b"", 0, 0
    first = export.readline()
    whole.update(first)
    if json.loads(first).get("export") != FORM:
        raise ValueError("This is not an export of Rowan's audit trail.")
    for last_line in export:
        if last_line[:1] != b"[":
            break
        whole.update(last_line)
        lines += 1
        position, key_id, digest, *words = json.loads(last_line)
        if position != expected:
            kind = (
                f"lines {expected} to {position - 1} are missing"
                if position > expected
                else "a line too many"
            )
            say(f"at line {position}: {kind}")
            before = None
        if keys is not None and before is not None:
            octets = [
                word.encode("utf-8", "surrogatepass")
                for word in (FORM, before, str(position), key_id, *words)
            ]
            message = b"".join([b"%d:%b," % (len(each), each) for each in octets])
            key = keys.get(key_id)
            if key is None:
                say(f"at line {position}: bound by the key {key_id}, which you did not give")
            elif one(key, message, "sha256").hex() != digest:
                say(f"at line {position}: does not fit behind the line before it")
        if anchors.get(position, digest) != digest:
            say(f"at line {position}: not the line that was anchored")
        expected, before = position + 1, digest
    if last_line[:1] != b"{":
        say(f"the export breaks off after line {position}")
        return lines, position
    end = json.loads(last_line)
    public_key, signature = end.pop("public_key"), end.pop("signature")
    if public_key not in public_keys or not is_signed(public_key, spelt(end), signature):
        say("the export is not signed by a key you gave")
    if end != {"lines": lines, "position": position, "digest": before, "sha256": whole.hexdigest()}:
        say("the export is not as it was signed")
    if anchors and position < max(anchors):
        say(f"lines {position + 1} to {max(anchors)} were anchored and are missing")
    return lines, position


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", metavar="EXPORT")
    parser.add_argument(
        "--public-key", action="append", required=True, metavar="HEX", help="may be given again"
    )
    parser.add_argument("--anchors", metavar="FILE", help="by default EXPORT.anchors.jsonl")
    parser.add_argument(
        "--key", metavar="FILE", help="the trail's keys (audit-trail.keys), to check every line"
    )
    parser.add_argument(
        "--every-signature", action="store_true", help="of each anchor; about ten milliseconds each"
    )
    given = parser.parse_args(arguments)
    faults = []

    def say(fault):
        faults.append(fault)
        if len(faults) <= 50:
            print(f"BROKEN  {fault}")

    try:
        keys = read_keys(given.key) if given.key else None
        anchors = read_anchors(
            given.anchors or f"{given.export}.anchors.jsonl", given.public_key, given.every_signature, say
        )
        with open(given.export, "rb") as export:
            lines, last = check(export, keys, anchors, given.public_key, say)
    except (OSError, ValueError) as error:
        print(f"Could not check: {error}", file=sys.stderr)
        return 1
    print(f"{lines} lines read, up to {last}; {len(anchors)} anchors, up to line {max(anchors, default=0)}.")
    if keys is None:
        print("Without the trail's key lines were not checked against one another.")
    print(f"{len(faults)} faults." if faults else "Whole.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
