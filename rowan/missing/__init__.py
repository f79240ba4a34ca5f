"""Children who are missing now, missing episodes, return home interviews, and the “if missing” sheet."""
