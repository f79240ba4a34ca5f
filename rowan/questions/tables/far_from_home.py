"""How far from family home and placement a missing child was found; and where that could not be measured, why."""

import ibis
from ibis.expr.types import StringValue, Table

from rowan.chronology.rules.missing import MEANS_NOT_KNOWN
from rowan.questions.rules.declaration import HUB, Values, number
from rowan.questions.rules.far_from_home import (
    FAR_KM,
    FOUND_NOT_ON_MAP,
    NO_FOUND_POSTCODE,
    NO_HOME,
    NO_PLACEMENT,
    WITHHELD,
)
from rowan.records.rules.sealing import MARK

from .in_words import day_in_words, figures

# All that this rule reads. A postcode serves for its co-ordinates and authority only; ward and deprivation never come near.
EPISODE = (
    "episode_id", "person_id", "began_at", "ended_at", "found_postcode", "means_of_travel", "confirmed",
)  # fmt: skip
SOURCE = (
    "episode_id", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line",
)  # fmt: skip
PLACEMENT = ("person_id", "began_on", "ended_on", "placement_postcode", "home_postcode")
HOME = ("person_id", "postcode", "withheld", "agency", "first_on")
COORDINATES = ("postcode", "eastings", "northings", "authority")


def found_places(missing_episodes: Table, placements: Table, homes: Table, coordinates: Table) -> Table:
    """Each confirmed episode that ended, with distances in km to the nearest home and placement of that day, or why there are none.

    Of a child one of whose homes is withheld there is none: from the others it would tell where that one is.
    """
    episodes = _found(missing_episodes)
    where = on_the_map(coordinates)
    measured = _distances(episodes, _lived_at(placements, homes), where)
    found = episodes.left_join(where, episodes.found == where.at)
    found = found.select(
        "episode_id",
        "person_id",
        "on",
        "found",
        "travel_known",
        found_authority="authority",
        on_map=found.at.notnull(),
    )
    both = found.left_join(measured, found.episode_id == measured.episode)
    hidden = withheld(placements, homes)
    both = both.left_join(hidden, both.person_id == hidden.hidden)
    both = both.mutate(
        placed=both.placements.fill_null(0) > 0,
        other_authority=(both.same_authority.fill_null(0) == 0) & both.found_authority.notnull(),
    )
    why = ibis.cases(
        (both.hidden.notnull(), WITHHELD),
        (both.found == "", NO_FOUND_POSTCODE),
        (~both.on_map, FOUND_NOT_ON_MAP),
        (both.km_home.isnull(), NO_HOME),
        (both.placed & both.km_placement.isnull(), NO_PLACEMENT),
        else_=ibis.null("string"),
    )
    return both.mutate(not_measured_because=why).select(
        "episode_id", "person_id", "on", "travel_known", "other_authority", "km_home", "km_placement", "not_measured_because",
    )  # fmt: skip


def far_from_home(found_places: Table, values: Values) -> Table:
    """Found far from every home and placement of that day, or in another authority than all of them."""
    places = found_places.filter(found_places.not_measured_because.isnull())
    far = number(values, FAR_KM)
    nearest = ibis.least(places.km_home, ibis.coalesce(places.km_placement, places.km_home))
    found = places.filter((nearest >= far) | places.other_authority)
    # Of two episodes that ended on one day the nearer figures stand: the rule claims no more than it must.
    days = found.group_by("person_id", "on").agg(
        km_home=found.km_home.min(),
        km_placement=found.km_placement.min(),
        other_authority=found.other_authority.max(),
        travel_known=found.travel_known.min(),
    )
    return days.select(
        "person_id",
        "on",
        scope=ibis.literal(HUB),
        audience=ibis.literal(HUB),
        window_from=ibis.null("date"),
        window_to=ibis.null("date"),
        figures=figures(
            found_on=days["on"],
            km_home=days.km_home.round().cast("int64"),
            km_placement=days.km_placement.round().cast("int64"),
            other_authority=days.other_authority,
            travel_known=days.travel_known,
        ),
    )


def far_from_home_evidence(
    far_from_home: Table, found_places: Table, missing_episode_sources: Table, values: Values
) -> Table:
    """The reports of the episodes that ended there."""
    places = found_places.filter(found_places.not_measured_because.isnull())
    nearest = ibis.least(places.km_home, ibis.coalesce(places.km_placement, places.km_home))
    far = places.filter((nearest >= number(values, FAR_KM)) | places.other_authority)
    far = far.select("episode_id", who="person_id", found_on="on")
    days = far_from_home.select("person_id", "on", "scope")
    of_the_day = days.join(far, [days.person_id == far.who, days["on"] == far.found_on])
    rows = missing_episode_sources.select(*SOURCE)
    met = of_the_day.join(
        rows, [of_the_day.episode_id == rows.episode_id, rows.happened_on <= of_the_day["on"]]
    )
    return met.select(
        "person_id", "on", "scope", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line",
        event="episode_id",
        what=ibis.literal("Missing from ") + day_in_words(met.happened_on) + ibis.literal(", found on ") + day_in_words(met["on"]),
    )  # fmt: skip


def far_from_home_not_measured(found_places: Table) -> Table:
    """How many episodes the rule could not measure, and why: shown on its page, for silence is not reassurance."""
    blind = found_places.filter(found_places.not_measured_because.notnull())
    return blind.group_by(because="not_measured_because").agg(episodes=blind.count())


def _found(missing_episodes: Table) -> Table:
    episodes = missing_episodes.select(*EPISODE)
    over = episodes.filter(
        episodes.confirmed & (episodes.ended_at.notnull() | episodes.found_postcode.notnull())
    )
    means = over.means_of_travel.fill_null("").lower()
    return over.select(
        "episode_id",
        "person_id",
        on=ibis.coalesce(over.ended_at, over.began_at).date(),
        found=tidy(over.found_postcode),
        travel_known=~means.isin(MEANS_NOT_KNOWN),
    )


def withheld(placements: Table, homes: Table) -> Table:
    placed = placements.select(*PLACEMENT)
    sealed = ibis.or_(
        *[placed[name].startswith(MARK).fill_null(False) for name in ("placement_postcode", "home_postcode")]
    )
    known = homes.select(*HOME)
    return (
        known.filter(known.withheld)
        .select(hidden="person_id")
        .union(placed.filter(sealed).select(hidden="person_id"), distinct=True)
    )


def _lived_at(placements: Table, homes: Table) -> Table:
    """Every postcode a child lived at, as family home or placement, from when to when."""
    placed = placements.select(*PLACEMENT)
    family = _as_each_agency_knew_it(homes.select(*HOME))
    return (
        family.select("from_on", "until_on", who="person_id", placed=ibis.literal(0), postcode=tidy(family.postcode))
        .union(placed.select(from_on="began_on", until_on="ended_on", who="person_id", placed=ibis.literal(0), postcode=tidy(placed.home_postcode)))
        .union(placed.select(from_on="began_on", until_on="ended_on", who="person_id", placed=ibis.literal(1), postcode=tidy(placed.placement_postcode)))
    )  # fmt: skip


def _as_each_agency_knew_it(homes: Table) -> Table:
    """An agency's address holds until the agency gives another one. Of days before its first word, its first word is the best there is."""
    told = homes.mutate(agency=homes.agency.fill_null(""), first_on=homes.first_on)
    days = told.select(who="person_id", by="agency", day="first_on").distinct()
    order = ibis.window(group_by=["who", "by"], order_by="day")
    days = days.mutate(before=days.day.lag().over(order), after=days.day.lead().over(order))
    met = told.inner_join(
        days, [told.person_id == days.who, told.agency == days.by, told.first_on == days.day]
    )
    return met.select(
        "person_id",
        "postcode",
        from_on=met.before.isnull().ifelse(ibis.null("date"), met.first_on),
        until_on=(met.after.cast("timestamp") - ibis.interval(days=1)).date(),
    )


def _distances(episodes: Table, lived_at: Table, where: Table) -> Table:
    there = lived_at.left_join(where, lived_at.postcode == where.at)
    there = there.select(
        "who", "placed", "from_on", "until_on", "eastings", "northings", lived_authority="authority"
    )
    found = episodes.left_join(where, episodes.found == where.at)
    found = found.select(
        "person_id",
        "on",
        episode="episode_id",
        found_e="eastings",
        found_n="northings",
        found_authority="authority",
    )
    met = found.join(
        there,
        [
            found.person_id == there.who,
            there.from_on.isnull() | (there.from_on <= found["on"]),
            there.until_on.isnull() | (there.until_on >= found["on"]),
        ],
    )
    east = (met.found_e - met.eastings).cast("float64")
    north = (met.found_n - met.northings).cast("float64")
    met = met.mutate(
        km=((east * east + north * north).sqrt() / 1000).round(3),
        # A place on the map whose authority nobody gave is not held to be another authority's.
        same=(met.lived_authority == met.found_authority).fill_null(False)
        | (met.eastings.notnull() & met.lived_authority.isnull()),
    )
    return met.group_by("episode").agg(
        km_home=(met.placed == 0).ifelse(met.km, ibis.null("float64")).min(),
        km_placement=(met.placed == 1).ifelse(met.km, ibis.null("float64")).min(),
        placements=met.placed.sum(),
        same_authority=met.same.cast("int64").sum(),
    )


def on_the_map(coordinates: Table) -> Table:
    known = coordinates.select(*COORDINATES)
    on_map = known.filter(known.eastings.notnull() & known.northings.notnull())
    return on_map.select("eastings", "northings", "authority", at=tidy(on_map.postcode))


def tidy(postcode: StringValue) -> StringValue:
    return postcode.fill_null("").upper().replace(" ", "")
