"""An invented county, whole, in the agencies' own file formats."""
