"""What those screens show."""
