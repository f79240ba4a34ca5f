"""Settings, addresses, the frame, components and error pages."""
