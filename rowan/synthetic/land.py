"""The invented county as a place: towns, villages, streets and postcodes, about 60 kilometres across, lying in the North Sea.

No postcode here can belong to anybody: no real postcode area is called ZQ, ZR, or any of the neighbours' codes.
Latitude and longitude come from eastings and northings as if the earth were flat there; an invented county needs no better.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rowan.synthetic.chance import stream
from rowan.synthetic.rates import FIGURES

EAST, NORTH = 700_000, 400_000  # south-west corner, metres, out at sea
ACROSS_M = 60_000
LATITUDE, LONGITUDE = 53.45, 2.45  # of that corner
COUNTY_AUTHORITY = "E06999899"
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
OUR_AREAS = ("ZQ", "ZR")
# Neighbouring councils: postcode area, authority, and how far their towns lie from the middle of the county.
NEIGHBOURS = [
    ("ZA", "E06999801", "Northmarch", 43, 10),
    ("ZB", "E06999802", "Eastholme", 52, 80),
    ("ZC", "E06999803", "Southmere", 64, 150),
    ("ZD", "E06999804", "Westrey", 78, 215),
    ("UA", "E06999805", "Farholt", 98, 280),
    ("WK", "E06999806", "Outermoor", 118, 330),
]
OUTLYING = 8  # villages along each side of the county


@dataclass(frozen=True)
class Postcode:
    postcode: str
    east: int
    north: int
    street: str
    town: str
    authority: str
    ward: str
    lsoa: str
    introduced: str
    terminated: str

    def km_to(self, other: "Postcode") -> float:
        return math.hypot(self.east - other.east, self.north - other.north) / 1000


@dataclass(frozen=True)
class Town:
    name: str
    east: float
    north: float
    area: str
    sector: int
    authority: str
    number: int


class Land:
    def __init__(self, seed: int, communities: int):
        self.seed = seed
        self.communities = communities
        self._middle = (EAST + ACROSS_M / 2, NORTH + ACROSS_M / 2)
        self._others = self._villages() + self._neighbours()
        self._where = np.array(
            [(t.east, t.north) for t in [self.town(k) for k in range(communities)] + self._others]
        )
        self.of_town = lru_cache(maxsize=64)(self._postcodes_of_town)

    def town(self, k: int) -> Town:
        """The town of the k-th community. Plastic-number steps fill the square evenly, however many there are."""
        chance = stream(self.seed, "town", k)
        x = (0.5 + (k + 1) * 0.7548776662466927) % 1.0
        y = (0.5 + (k + 1) * 0.5698402909980532) % 1.0
        area = OUR_AREAS[k // 890]
        return Town(
            self._town_name(k),
            EAST + 4_000 + x * (ACROSS_M - 8_000) + chance.uniform(-800, 800),
            NORTH + 4_000 + y * (ACROSS_M - 8_000) + chance.uniform(-800, 800),
            area,
            k % 890,
            COUNTY_AUTHORITY,
            k,
        )

    def _town_name(self, k: int) -> str:
        starts, ends = FIGURES.place_words["town_start"], FIGURES.place_words["town_end"]
        offset = stream(self.seed, "town names").randrange(len(starts) * len(ends))
        place = (k * 37 + offset) % (len(starts) * len(ends))
        prefix = ["", "Great ", "Little ", "Upper ", "Lower ", "North "][k // (len(starts) * len(ends)) % 6]
        return prefix + starts[place % len(starts)] + ends[place // len(starts)]

    def _villages(self) -> list[Town]:
        step = ACROSS_M / OUTLYING
        villages = []
        for number in range(OUTLYING * OUTLYING):
            chance = stream(self.seed, "village", number)
            villages.append(
                Town(
                    f"{self._town_name(1_000_000 + number)} Parva",
                    EAST + (number % OUTLYING + chance.uniform(0.2, 0.8)) * step,
                    NORTH + (number // OUTLYING + chance.uniform(0.2, 0.8)) * step,
                    "ZQ",
                    890 + number,
                    COUNTY_AUTHORITY,
                    10_000 + number,
                )
            )
        return villages

    def _neighbours(self) -> list[Town]:
        towns = []
        for number, (area, authority, name, km, degrees) in enumerate(NEIGHBOURS):
            for part, word in enumerate(["", " Quay", " Heath"]):
                angle = math.radians(degrees + part * 17)
                away = (km + part * 3) * 1000
                towns.append(
                    Town(
                        name + word,
                        self._middle[0] + away * math.sin(angle),
                        self._middle[1] + away * math.cos(angle),
                        area,
                        part,
                        authority,
                        20_000 + number * 10 + part,
                    )
                )
        return towns

    def _postcodes_of_town(self, number: int) -> list[Postcode]:
        if number < 10_000:
            town, count, spread = self.town(number), 48, 1_300
        else:
            town = next(t for t in self._others if t.number == number)
            count, spread = (5, 500) if number < 20_000 else (14, 1_800)
        chance = stream(self.seed, "postcodes", number)
        starts, ends = FIGURES.place_words["street_start"], FIGURES.place_words["street_end"]
        streets = [f"{chance.choice(starts)} {chance.choice(ends)}" for _ in range(count)]
        units = chance.sample([a + b for a in INWARD for b in INWARD], count)
        found = []
        for place in range(count):
            postcode = f"{town.area}{1 + town.sector // 10} {town.sector % 10}{units[place]}"
            found.append(
                Postcode(
                    postcode,
                    round(town.east + chance.gauss(0, spread)),
                    round(town.north + chance.gauss(0, spread)),
                    streets[place],
                    town.name,
                    town.authority,
                    f"E05{town.number % 1_000_000:06d}",
                    f"E01{town.number % 100_000:05d}{place // 12 % 10}",
                    f"{chance.randint(1980, 2015)}{chance.randint(1, 12):02d}",
                    "202109" if chance.random() < 0.03 else "",
                )
            )
        return found

    def all_postcodes(self):
        for number in range(self.communities):
            yield from self._postcodes_of_town(number)
        for town in self._others:
            yield from self._postcodes_of_town(town.number)

    def about(self, chance, home: Postcode, km: float) -> Postcode:
        """A postcode about so far from home, in any direction."""
        angle = chance.uniform(0, 2 * math.pi)
        east, north = home.east + km * 1000 * math.sin(angle), home.north + km * 1000 * math.cos(angle)
        # Of the towns, the three whose distance from home and whose place fit best, so that "near" and "far" are kept.
        from_home = np.hypot(self._where[:, 0] - home.east, self._where[:, 1] - home.north)
        misfit = np.abs(from_home - km * 1000) + 0.25 * np.hypot(
            self._where[:, 0] - east, self._where[:, 1] - north
        )
        best = np.argsort(misfit, kind="stable")[:3]
        candidates = [
            p
            for place in best
            for p in self.of_town(self._number(int(place)))
            if not p.terminated and p.postcode != home.postcode
        ]
        return min(
            candidates,
            key=lambda p: (abs(math.hypot(p.east - home.east, p.north - home.north) - km * 1000), p.postcode),
        )

    def _number(self, place: int) -> int:
        return place if place < self.communities else self._others[place - self.communities].number


COLUMNS = [
    "pcd7",
    "pcd8",
    "pcds",
    "dointr",
    "doterm",
    "usrtypind",
    "east1m",
    "north1m",
    "gridind",
    "oa21cd",
    "cty25cd",
    "ced25cd",
    "lad25cd",
    "wd25cd",
    "nhser24cd",
    "ctry25cd",
    "rgn25cd",
    "pcon24cd",
    "lsoa21cd",
    "msoa21cd",
    "lat",
    "long",
    "imd20ind",
]


def latitude_and_longitude(east: float, north: float) -> tuple[float, float]:
    latitude = LATITUDE + (north - NORTH) / 111_200
    longitude = LONGITUDE + (east - EAST) / (111_320 * math.cos(math.radians(LATITUDE + 0.27)))
    return round(latitude, 6), round(longitude, 6)


def onspd_row(place: Postcode) -> list:
    """As the ONS Postcode Directory writes it (column names of the 2025 releases)."""
    outward, inward = place.postcode.split(" ")
    latitude, longitude = latitude_and_longitude(place.east, place.north)
    return [
        f"{outward:<4}{inward}" if len(outward) < 5 else outward + inward,
        f"{outward:<5}{inward}",
        place.postcode,
        place.introduced,
        place.terminated,
        0,
        f"{place.east:06d}",
        f"{place.north:07d}",
        1,
        "E00" + place.lsoa[3:],
        "E99999999",
        "E99999999",
        place.authority,
        place.ward,
        "E40999999",
        "E92000001",
        "E12999999",
        "E14999999",
        place.lsoa,
        "E02" + place.lsoa[3:],
        latitude,
        longitude,
        1 + sum(map(ord, place.lsoa)) * 7919 % 32_844,
    ]
