"""Signs of harm that the reports themselves show (MISS-03): each is a line of the chronology, and asks the same day.

Missing overnight repeatedly, or found far from every home and placement with no known means of travel (design hard case 8).
"""

import ibis
from ibis.expr.types import StringValue, Table

from rowan.chronology.rules.missing import MEANS_NOT_KNOWN, MISSING

from .writing import ENTRY, digest, is_sealed, particulars

SIGN_CODE = "MISS-03"


def overnight_repeatedly(missing_episodes: Table, episodes_needed: int, within_days: int) -> Table:
    """Each overnight episode that was not the first of its window, with the episodes that make it so: sign_key, person_id, on, title, episode_id."""
    nights = _counted(missing_episodes)
    nights = nights.filter(nights.overnight.fill_null(False))
    latest = nights.select("person_id", "on", "began_at", latest="episode_id")
    others = nights.select(
        who="person_id", episode_on="on", episode_began="began_at", episode_id="episode_id"
    )
    window = latest.join(
        others,
        [
            latest.person_id == others.who,
            others.episode_began <= latest.began_at,
            latest["on"].delta(others.episode_on, unit="day") <= within_days,
        ],
    )
    times = window.group_by(latest_again="latest").agg(times=window.episode_id.nunique())
    enough = times.filter(times.times >= episodes_needed)
    found = window.join(enough, window.latest == enough.latest_again)
    return found.select(
        "person_id",
        "on",
        "episode_id",
        sign_key=digest("sign of harm", "missing overnight repeatedly", found.latest),
        title=ibis.literal("Missing overnight ")
        + found.times.cast("string")
        + ibis.literal(f" times within {within_days} days"),
        km=ibis.null("int64"),
    )


def found_far_away(
    missing_episodes: Table, homes: Table, placements: Table, coordinates: Table, far_km: float
) -> Table:
    """Found at least so far from every place the child lived at that day, and nobody knows how she travelled.

    Of a child one of whose homes is withheld no distance is worked out: from the others it would tell where that one is.
    """
    where = coordinates.select("eastings", "northings", at=_tidy(coordinates.postcode)).distinct(on="at")
    episodes = _counted(missing_episodes).anti_join(_withheld(homes, placements), "person_id")
    unknown = episodes.means_of_travel.fill_null("").lower().strip().isin(list(MEANS_NOT_KNOWN))
    found = episodes.filter(unknown & episodes.found_postcode.notnull())
    found = found.mutate(found_at=_tidy(found.found_postcode))
    placed = found.join(where, found.found_at == where["at"]).select(
        "episode_id", "person_id", "on", found_e="eastings", found_n="northings"
    )
    homes_on_map = _lived_at(homes, placements).join(where.view(), "at")
    homes_on_map = homes_on_map.select("who", "from_on", "until_on", home_e="eastings", home_n="northings")
    met = placed.join(
        homes_on_map,
        [
            placed.person_id == homes_on_map.who,
            homes_on_map.from_on.isnull() | (homes_on_map.from_on <= placed["on"]),
            homes_on_map.until_on.isnull() | (homes_on_map.until_on >= placed["on"]),
        ],
    )
    east = (met.found_e - met.home_e).cast("float64") / 1000
    north = (met.found_n - met.home_n).cast("float64") / 1000
    measured = met.mutate(km=(east * east + north * north).sqrt())
    nearest = measured.group_by("episode_id", "person_id", "on").agg(nearest_km=measured.km.min())
    far = nearest.filter(nearest.nearest_km >= far_km)
    km = far.nearest_km.floor().cast("int64")
    return far.select(
        "person_id",
        "on",
        "episode_id",
        sign_key=digest("sign of harm", "found far away", far.episode_id),
        title=ibis.literal("Found ")
        + km.cast("string")
        + ibis.literal(" km from home and placement, with no known means of travel"),
        km=km,
    )


def signs_of_harm(signs: Table, missing_episode_sources: Table) -> Table:
    """The signs as entries of the chronology. `signs`: one row a sign and episode that shows it."""
    sources = missing_episode_sources.group_by(of_episode="episode_id").agg(
        agency_code=_reported_by(missing_episode_sources),
        is_police=(missing_episode_sources.record_kind == "police_missing").max(),
        first_known_on=missing_episode_sources.received_on.min(),
    )
    told = signs.join(sources, signs.episode_id == sources.of_episode)
    whole = told.group_by("sign_key", "person_id", "on", "title", "km").agg(
        agency_code=told.agency_code.min(),
        is_police=told.is_police.max(),
        known_on=told.first_known_on.max(),
        episodes=told.episode_id.nunique(),
    )
    return whole.select(
        key="sign_key",
        person_id="person_id",
        happened_on="on",
        happened_at=ibis.null("timestamp"),
        ended_on=ibis.null("date"),
        kind=ibis.literal("sign_of_harm"),
        title="title",
        text=ibis.null("string"),
        agency_code="agency_code",
        compartment=ibis.ifelse(whole.is_police, "police", "social_care"),
        observed=ibis.literal("S"),
        observed_code=ibis.literal(SIGN_CODE),
        confirmed=ibis.literal(True),
        known_on="known_on",
        particulars=particulars(episodes=whole.episodes, km=whole.km),
    ).select(*ENTRY)


def sign_sources(signs: Table, missing_episode_sources: Table) -> Table:
    """Every report of the episodes that show a sign."""
    shown = signs.select("sign_key", of_episode="episode_id")
    rows = missing_episode_sources.join(shown, missing_episode_sources.episode_id == shown.of_episode)
    return rows.select(
        "person_id", "record_kind", "source", "record_id", "rid", "file", "line", "received_on",
        agency_code=rows.agency, entry_key=rows.sign_key,
    )  # fmt: skip


def _counted(missing_episodes: Table) -> Table:
    """Missing and confirmed; away from placement is another thing."""
    episodes = missing_episodes.filter((missing_episodes.kind == MISSING) & missing_episodes.confirmed)
    return episodes.select(
        "episode_id", "person_id", "began_at", "overnight", "found_postcode", "means_of_travel", on=episodes.began_at.date(),
    )  # fmt: skip


def _withheld(homes: Table, placements: Table) -> Table:
    sealed = placements.filter(is_sealed(placements.placement_postcode) | is_sealed(placements.home_postcode))
    return homes.filter(homes.withheld).select("person_id").union(sealed.select("person_id"), distinct=True)


def _lived_at(homes: Table, placements: Table) -> Table:
    """Every postcode a child lived at. A family home of a placed child counts as long as the placement does."""
    family = homes.select(
        who="person_id", at=_tidy(homes.postcode), from_on=ibis.null("date"), until_on=ibis.null("date")
    )
    home = placements.select(
        who="person_id", at=_tidy(placements.home_postcode), from_on="began_on", until_on="ended_on"
    )
    placed = placements.select(who="person_id", at=_tidy(placements.placement_postcode), from_on="began_on", until_on="ended_on")  # fmt: skip
    return ibis.union(family, home, placed).filter(lambda row: row["at"] != "").distinct()


def _reported_by(sources: Table) -> StringValue:
    police = ibis.ifelse(sources.record_kind == "police_missing", sources.agency, ibis.null("string")).min()
    return ibis.coalesce(police, sources.agency.min())


def _tidy(postcode: StringValue) -> StringValue:
    return postcode.fill_null("").upper().replace(" ", "")
