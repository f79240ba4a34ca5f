"""A worry raised about a child, a place, a group, a school or an online platform; triage; the referrer is told."""
