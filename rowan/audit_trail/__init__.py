"""Who saw or did what, about whom, and why; added to, never changed."""
