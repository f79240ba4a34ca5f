"""Numbers that agencies give to children: unique pupil numbers, NHS numbers and the council's own."""

# Check letters leave out I, O and S (Department for Education, UPN guide; rule 1510 of the CIN census).
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

# The invented council. No English council has this number.
COUNCIL = "899"


def upn_check_letter(rest: str) -> str:
    """Positions 2 to 13, each multiplied by its position, modulo 23; a letter at the end counts as its place in the alphabet."""
    total = sum(
        (UPN_LETTERS.index(sign) if sign.isalpha() else int(sign)) * place
        for place, sign in enumerate(rest, start=2)
    )
    return UPN_LETTERS[total % 23]


def upn(council: str, school: str, year: int, serial: int, temporary: bool = False) -> str:
    """A pupil number as its first school gives it; a temporary one ends in a letter."""
    end = f"{serial % 100:02d}{UPN_LETTERS[serial // 100 % 23]}" if temporary else f"{serial % 1000:03d}"
    rest = f"{council}{school}{year % 100:02d}{end}"
    return upn_check_letter(rest) + rest


def with_wrong_check_letter(number: str) -> str:
    return UPN_LETTERS[(UPN_LETTERS.index(number[0]) + 7) % 23] + number[1:]


def nhs_check_digit(first_nine: str) -> int | None:
    """Modulus 11; None where the remainder makes the number invalid (NHS Data Dictionary)."""
    remainder = (
        11 - sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True)) % 11
    )
    return None if remainder == 10 else remainder % 11


class Counters:
    """Hands out numbers that are used once in a county and stand in no order a reader could follow."""

    def __init__(self, seed: int):
        self.seed = seed
        self.given: dict[str, int] = {}

    def next(self, kind: str) -> int:
        self.given[kind] = self.given.get(kind, 0) + 1
        return self.given[kind]

    def shuffled(self, kind: str, among: int) -> int:
        """The same numbers in an order that says nothing; `among` is a power of ten."""
        return (self.next(kind) * 611_953 + self.seed * 7_919) % among

    def nhs_number(self) -> str:
        """From the range 999, which is never issued to a person (NHS England, test ranges)."""
        while True:
            nine = f"999{self.shuffled('nhs', 1_000_000):06d}"
            if (digit := nhs_check_digit(nine)) is not None:
                return f"{nine}{digit}"

    def council_child(self) -> str:
        return str(1_000_000 + self.shuffled("council", 1_000_000))

    def looked_after_child(self) -> str:
        return str(50_000_000 + self.shuffled("looked_after", 1_000_000))

    def police_person(self) -> str:
        return f"IC/P/{self.shuffled('police', 10_000_000):07d}"
