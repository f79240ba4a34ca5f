"""The invented county as a place: nobody's postcodes, near and far."""

import re

import pytest

from rowan.synthetic.chance import stream
from rowan.synthetic.land import (
    ACROSS_M,
    COUNTY_AUTHORITY,
    EAST,
    NORTH,
    Land,
    latitude_and_longitude,
    onspd_row,
)

# Royal Mail's postcode areas of the United Kingdom and the islands, and its special ones.
REAL_AREAS = set(
    re.findall(
        "[A-Z]+",
        "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT "
        "DY E EC EH EN EX FK FY G GIR GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA "
        "LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR QC RG RH RM S SA SE SG "
        "SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV XX YO ZE "
        "ZZ",
    )
)


@pytest.fixture(scope="module")
def land():
    return Land(11, 3)


def test_no_postcode_has_a_real_area_but_each_has_the_right_shape(land):
    for place in land.all_postcodes():
        assert re.fullmatch(r"[A-Z]{2}\d{1,2} \d[ABD-HJLNP-UW-Z]{2}", place.postcode), place.postcode
        assert re.match("[A-Z]+", place.postcode).group() not in REAL_AREAS


def test_every_postcode_is_written_once(land):
    postcodes = [place.postcode for place in land.all_postcodes()]
    assert len(postcodes) == len(set(postcodes))


def test_a_large_county_has_a_town_for_every_community():
    land = Land(2, 1000)
    sectors = {(land.town(k).area, land.town(k).sector) for k in range(1000)}
    assert len(sectors) == 1000


def test_the_county_is_about_sixty_kilometres_across_and_its_neighbours_lie_around_it(land):
    ours = [p for p in land.all_postcodes() if p.authority == COUNTY_AUTHORITY]
    others = [p for p in land.all_postcodes() if p.authority != COUNTY_AUTHORITY]
    assert 45_000 < max(p.east for p in ours) - min(p.east for p in ours) < ACROSS_M + 4_000
    middle = (EAST + ACROSS_M / 2, NORTH + ACROSS_M / 2)
    away = [((p.east - middle[0]) ** 2 + (p.north - middle[1]) ** 2) ** 0.5 / 1000 for p in others]
    assert min(away) > 35
    assert max(away) > 110


@pytest.mark.parametrize("km", [1, 5, 15, 30, 60, 100])
def test_a_place_about_so_far_away_can_be_found(land, km):
    chance = stream(1, "about", km)
    home = land.of_town(0)[0]
    found = [land.about(chance, home, km).km_to(home) for _ in range(40)]
    assert abs(sum(found) / len(found) - km) < max(1.0, 0.25 * km)


def test_distances_by_grid_and_by_latitude_agree(land):
    one, other = land.of_town(0)[0], land.of_town(10_000)[0]
    (lat1, long1), (lat2, long2) = (latitude_and_longitude(p.east, p.north) for p in (one, other))
    km = (((lat1 - lat2) * 111.2) ** 2 + ((long1 - long2) * 111.32 * 0.5912) ** 2) ** 0.5
    assert km == pytest.approx(one.km_to(other), rel=0.03)


def test_an_onspd_row_pads_as_the_directory_does(land):
    row = onspd_row(land.of_town(0)[0])
    assert len(row[0]) == 7
    assert len(row[1]) == 8
    assert len(row[7]) == 7
