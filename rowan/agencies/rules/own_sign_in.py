"""An agency's own sign-in: which issuer may be named, whose e-mail address is believed, and when its second step counts."""

import re
from datetime import datetime, timedelta

# Nothing that two readers of addresses could read differently: no name before the host, no blank, no backslash.
ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:(?P<port>[1-9][0-9]{0,4}))?([/?#][!-\[\]-~]*)?"
)
LOOPBACK = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?")
DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
CLAIM = re.compile(r"[A-Za-z][A-Za-z0-9_:./-]{0,59}")
# A token is good for minutes, and two clocks differ by less than this.
CLOCKS_DIFFER_BY = timedelta(seconds=60)
# Signed with a private key of the issuer's: a secret that both know, or none, proves nothing.
SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


def origin_of(address: str) -> str:
    """Scheme, host and port: of the issuer and of everything that is asked of it. Empty when it is no plain address."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        return ""
    scheme, host, port = found["scheme"], found["host"].lower(), found["port"] or ""
    is_usual = port in {"", {"http": "80", "https": "443"}[scheme]}
    return f"{scheme}://{host}" + ("" if is_usual else f":{port}")


def refusal_of_issuer(issuer: str, *, in_service: bool) -> str | None:
    if not origin_of(issuer) or any(sign in issuer for sign in "?# ;,'\"") or not issuer.isascii():
        return "The issuer is an address such as https://sign-in.council.example, without a question mark."
    if issuer.startswith("https://"):
        return None
    if in_service or not LOOPBACK.fullmatch(origin_of(issuer)):
        return "The issuer’s address starts with https://. Without it anybody on the way could sign in as somebody else."
    return None


def refusal_of_set_up(
    *, domains: list[str], named_by: str, vouched_by: str, trusted: list[str]
) -> str | None:
    if not domains:
        return "Name at least one domain of the agency’s e-mail addresses, such as council.example."
    for domain in domains:
        if not DOMAIN.fullmatch(domain):
            return f"'{domain}' is no domain. Write it as in an e-mail address after the @, in small letters."
    if not CLAIM.fullmatch(named_by) or not CLAIM.fullmatch(vouched_by):
        return "A claim is named as its provider names it, such as email and email_verified."
    if any(not word.isascii() or len(word) > 200 for word in trusted):
        return "A value of acr or amr is one word, as its provider writes it, such as mfa."
    return None


def address_vouched_for(
    claims: dict[str, object], *, named_by: str, vouched_by: str, domains: list[str]
) -> str:
    """The e-mail address that the provider vouches for, in small letters; empty when it is none that counts.

    Letters beyond ASCII are refused: databases disagree about which of them are the same.
    """
    told = claims.get(named_by)
    if not isinstance(told, str) or claims.get(vouched_by) is not True:
        return ""
    name, _, domain = told.rpartition("@")
    whole = re.fullmatch(r"[!-?A-~]+", name) is not None
    return told.lower() if whole and domain.lower() in domains else ""


def second_step_counts(
    claims: dict[str, object],
    *,
    trusted_acr: list[str],
    trusted_amr: list[str],
    now: datetime,
    within: timedelta,
) -> bool:
    """Whether the provider says of this sign-in, made today, what the agreement with its agency accepts as a second step."""
    made_at = claims.get("auth_time")
    if isinstance(made_at, bool) or not isinstance(made_at, int | float):
        return False
    age = now.timestamp() - made_at
    if not -CLOCKS_DIFFER_BY.total_seconds() <= age <= within.total_seconds():
        return False
    ways = claims.get("amr")
    said = ways if isinstance(ways, list) else []
    return claims.get("acr") in trusted_acr or any(way in trusted_amr for way in said)


def refusal_to_let_in(*, is_active: bool, is_of_the_agency: bool) -> str | None:
    if not is_of_the_agency:
        return "The account is another agency’s."
    if not is_active:
        return "The account has ended."
    return None
