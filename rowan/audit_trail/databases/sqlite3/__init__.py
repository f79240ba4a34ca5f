"""Django's sqlite3, with the trail written last thing before each commit."""
