"""The published list of what people may have noticed: kinds are never mixed and nothing is counted."""

import re

from rowan.chronology.models import Observed
from rowan.chronology.rules.observations import BY_CODE, KIND_NAMES, OBSERVATIONS, Kind, observations_of


def test_every_observation_has_one_code_and_one_kind():
    assert len(BY_CODE) == len(OBSERVATIONS) == 61
    assert all(re.fullmatch(r"[A-Z]+-\d\d", code) for code in BY_CODE)
    assert sum(len(observations_of(kind)) for kind in Kind) == len(OBSERVATIONS)


def test_the_chronology_keeps_the_same_kinds():
    assert {kind.value for kind in Kind} == set(Observed.values)
    assert set(KIND_NAMES) == set(Kind)


def test_signs_of_harm_stand_as_the_list_says():
    assert {"CARE-04", "ADU-03", "ADU-04", "ADU-05", "MISS-03", "HLT-02", "HLT-03", "HLT-05", "ONL-03", "GAIN-02",
            "CJ-02", "CJ-03", "VOICE-01"} == {each.code for each in observations_of(Kind.SIGN_OF_HARM)}  # fmt: skip
