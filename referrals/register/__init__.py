"""The register extract: its columns, how a file is read, and what importing it would do. Pure: no database."""
