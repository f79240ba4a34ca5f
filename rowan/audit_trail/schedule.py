"""What the trail does by itself, and how many minutes apart."""

SCHEDULE = [("rowan.audit_trail.anchors.anchor", 15)]
