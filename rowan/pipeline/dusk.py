"""What a night is told of the day before it begins."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

Settings = Mapping[str, float | int | str]


@dataclass(frozen=True)
class Dusk:
    """What the night is told of the day: people's judgements, involvement, agreements and settings, as Arrow."""

    judged: pa.Table
    standing: pa.Table
    restricted: pa.Table
    involved: pa.Table
    agreements: pa.Table
    # People of whom somebody recorded that their address is withheld.
    withheld: pa.Table
    settings: Settings
