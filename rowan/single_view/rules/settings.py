"""From where on a pattern of looks is worth a question. Every number is a setting: what is usual differs from hub to hub."""

from rowan.timescales.rules.settings import Setting

OWNER = "Information governance"
OWN_CHOICE = "The hub's own choice, until practice shows what is usual here"

FIRST_READ = Setting(
    name="single_view.looks.first_read_days",
    unit="days",
    default=28,
    least=1,
    most=90,
    source=f"{OWN_CHOICE}: looks of years ago would bury those of this month.",
    owner=OWNER,
    explanation="When the trail is read for patterns for the first time, older looks than these are left unread.",
)
WINDOW = Setting(
    name="single_view.looks.window_days",
    unit="days",
    default=28,
    least=7,
    most=90,
    source=f"{OWN_CHOICE}: four working weeks, so that a rota comes round once.",
    owner=OWNER,
    explanation="Looks out of hours, and at children of one postcode, are taken together over this many days.",
)
COMMON_SURNAME = Setting(
    name="single_view.looks.common_surname_children",
    unit="children",
    default=25,
    least=2,
    most=10_000,
    source=f"{OWN_CHOICE}: with so many bearers, the same surname says little by itself.",
    owner=OWNER,
    explanation=(
        "A surname that so many children here bear is called common. Somebody who shares a common surname is asked about "
        "only when they looked without a part in the child's life."
    ),
)
NEIGHBOURS = Setting(
    name="single_view.looks.neighbours_children",
    unit="children",
    default=3,
    least=2,
    most=50,
    source=f"{OWN_CHOICE}: one or two happen in any street.",
    owner=OWNER,
    explanation="So many different children of one postcode, looked at without a part in their lives, are worth a question.",
)
NEIGHBOURS_HOMES = Setting(
    name="single_view.looks.neighbours_homes",
    unit="homes",
    default=2,
    least=1,
    most=10,
    source=f"{OWN_CHOICE}: brothers and sisters of one home are looked at together in ordinary work.",
    owner=OWNER,
    explanation="Those children live in at least so many homes. One asks about a single home too.",
)
DAY_BEGINS = Setting(
    name="single_view.looks.day_begins",
    unit="o'clock",
    default=7,
    least=0,
    most=12,
    source=f"{OWN_CHOICE}: an hour before most desks open.",
    owner=OWNER,
    explanation="A look before this hour is out of hours. So is one on a weekend or bank holiday.",
)
DAY_ENDS = Setting(
    name="single_view.looks.day_ends",
    unit="o'clock",
    default=20,
    least=12,
    most=24,
    source=f"{OWN_CHOICE}: after most late meetings.",
    owner=OWNER,
    explanation="A look from this hour on is out of hours.",
)
HOURS_DAYS = Setting(
    name="single_view.looks.out_of_hours_days",
    unit="days",
    default=4,
    least=2,
    most=60,
    source=f"{OWN_CHOICE}: once a week is more than an evening's catching up.",
    owner=OWNER,
    explanation="Records opened out of hours on so many days of the window are worth a question, when that is unusual in the role.",
)
BREADTH_DAYS = Setting(
    name="single_view.looks.breadth_days",
    unit="days",
    default=7,
    least=1,
    most=28,
    source=f"{OWN_CHOICE}: one week.",
    owner=OWNER,
    explanation="Different children looked at, and different records refused, are counted over this many days.",
)
BREADTH_CHILDREN = Setting(
    name="single_view.looks.breadth_children",
    unit="children",
    default=40,
    least=5,
    most=5_000,
    source=f"{OWN_CHOICE}: twice a full caseload.",
    owner=OWNER,
    explanation="Fewer different children than this are never worth a question about breadth.",
)
REFUSED_RECORDS = Setting(
    name="single_view.looks.refused_records",
    unit="records",
    default=8,
    least=2,
    most=500,
    source=f"{OWN_CHOICE}: a wrong address or an old link happens; so many do not.",
    owner=OWNER,
    explanation="Refused at so many different records, somebody is worth a question.",
)
TIMES_USUAL = Setting(
    name="single_view.looks.times_usual",
    unit="times",
    default=3,
    least=1.5,
    most=20,
    source=f"{OWN_CHOICE}: roles differ, and so do weeks; three times the middle of the role is neither.",
    owner=OWNER,
    explanation="Breadth and hours are worth a question from so many times what is usual (the middle) among others in the same role.",
)
COLLEAGUES = Setting(
    name="single_view.looks.least_colleagues",
    unit="people",
    default=3,
    least=1,
    most=50,
    source=f"{OWN_CHOICE}: of one or two others nobody can say what is usual.",
    owner=OWNER,
    explanation="With fewer others of the role at work in the window, nothing is called usual, and the question says so.",
)
DUE = Setting(
    name="single_view.looks.due_working_days",
    unit="working days",
    default=5,
    least=1,
    most=20,
    source=f"{OWN_CHOICE}: time to ask the person's agency, and soon enough that they remember.",
    owner=OWNER,
    explanation="How soon a question about looks wants an answer.",
)
QUIET = Setting(
    name="single_view.looks.quiet_days",
    unit="days",
    default=90,
    least=0,
    most=365,
    source=f"{OWN_CHOICE}: somebody on nights is on nights next month too.",
    owner=OWNER,
    explanation="An explained pattern of hours, breadth, refusals or neighbours is not asked about again for so many days.",
)
SETTINGS = [
    FIRST_READ,
    WINDOW,
    COMMON_SURNAME,
    NEIGHBOURS,
    NEIGHBOURS_HOMES,
    DAY_BEGINS,
    DAY_ENDS,
    HOURS_DAYS,
    BREADTH_DAYS,
    BREADTH_CHILDREN,
    REFUSED_RECORDS,
    TIMES_USUAL,
    COLLEAGUES,
    DUE,
    QUIET,
]
