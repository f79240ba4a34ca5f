"""What people upload: looked at by what it is, never by what it is called, and cleaned before it is kept."""
