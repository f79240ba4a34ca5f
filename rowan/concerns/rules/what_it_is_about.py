"""What a worry may be about: it need not be a child (domain 4.5)."""

from enum import StrEnum


class About(StrEnum):
    CHILD = "child"
    PLACE = "place"
    GROUP = "group"
    SCHOOL = "school"
    PLATFORM = "platform"


ABOUT_NAMES = {
    About.CHILD: "A child or young person",
    About.PLACE: "A place: a home, a shop, a park, a hotel, a street",
    About.GROUP: "A group of people",
    About.SCHOOL: "A school or college",
    About.PLATFORM: "An app, a game or a website",
}
