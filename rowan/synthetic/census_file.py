"""The CIN census of the Department for Education: one XML file for a return year, without names."""

from datetime import date, timedelta
from xml.sax.saxutils import escape

from rowan.synthetic import identifiers
from rowan.synthetic.careers import InNeed


def census_head(year: int, reference: date) -> list[str]:
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- Everybody in this file is invented. -->",
        "<Message>",
        "  <Header>",
        "    <CollectionDetails>",
        "      <Collection>CIN</Collection>",
        f"      <Year>{year}</Year>",
        f"      <ReferenceDate>{reference}</ReferenceDate>",
        "    </CollectionDetails>",
        "    <Source>",
        "      <SourceLevel>L</SourceLevel>",
        f"      <LEA>{identifiers.COUNCIL}</LEA>",
        "      <SoftwareCode>Invented County</SoftwareCode>",
        "      <Release>1</Release>",
        "      <SerialNo>001</SerialNo>",
        f"      <DateTime>{reference}T09:00:00</DateTime>",
        "    </Source>",
        "  </Header>",
        "  <Children>",
    ]


def _element(name: str, value, indent: int = 8) -> list[str]:
    return [f"{' ' * indent}<{name}>{escape(str(value))}</{name}>"] if value not in (None, "") else []


def episode_lines(episode: InNeed, first: date, last: date) -> list[str]:
    """CINdetails as it stood on the last day of the year, or on the day of the extract."""

    def by(day: date | None) -> date | None:
        return day if day and day <= last else None

    conference = by(episode.enquiry[1]) if episode.enquiry else None
    lines = [
        "      <CINdetails>",
        *_element("CINreferralDate", episode.referred_on),
        *_element("ReferralSource", episode.source),
    ]
    if not episode.no_further_action:
        lines += _element("PrimaryNeedCode", episode.need)
    lines += _element("CINclosureDate", by(episode.closed_on))
    if by(episode.closed_on):
        lines += _element("ReasonForClosure", episode.reason_closed)
    lines += _element("ReferralNFA", int(episode.no_further_action))
    for began, authorised, factors in episode.assessments:
        if began > last or (authorised and authorised < first):
            continue
        lines += ["        <Assessments>", *_element("AssessmentActualStartDate", began, 10)]
        if by(authorised):
            lines += [
                *_element("AssessmentAuthorisationDate", authorised, 10),
                "          <FactorsIdentifiedAtAssessment>",
                *[line for factor in factors for line in _element("AssessmentFactors", factor, 12)],
                "          </FactorsIdentifiedAtAssessment>",
            ]
        lines.append("        </Assessments>")
    if episode.plan and episode.plan[0] <= last:
        lines += ["        <CINPlanDates>", *_element("CINPlanStartDate", episode.plan[0], 10)]
        lines += [*_element("CINPlanEndDate", by(episode.plan[1]), 10), "        </CINPlanDates>"]
    if episode.enquiry and episode.enquiry[0] <= last:
        target = episode.enquiry[0] + timedelta(days=21)
        lines += ["        <Section47>", *_element("S47ActualStartDate", episode.enquiry[0], 10)]
        lines += [*_element("InitialCPCtarget", target, 10), *_element("DateOfInitialCPC", conference, 10)]
        lines += [*_element("ICPCnotRequired", int(episode.enquiry[1] is None), 10), "        </Section47>"]
    if episode.protection and episode.protection[0] <= last:
        began, ended, category = episode.protection
        lines += [
            "        <ChildProtectionPlans>",
            *_element("CPPstartDate", began, 10),
            *_element("CPPendDate", by(ended), 10),
        ]
        lines += [
            *_element("InitialCategoryOfAbuse", category, 10),
            *_element("LatestCategoryOfAbuse", category, 10),
        ]
        lines += [*_element("NumberOfPreviousCPP", 0, 10), "        </ChildProtectionPlans>"]
    return [*lines, "      </CINdetails>"]
