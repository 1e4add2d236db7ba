"""The authorities' procedures, one module each: data, no logic."""
