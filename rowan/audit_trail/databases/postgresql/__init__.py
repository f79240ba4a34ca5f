"""Django's postgresql, with the trail written last thing before each commit."""
