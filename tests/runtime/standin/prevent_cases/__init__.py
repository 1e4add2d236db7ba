"""The smallest product that the runner can run: a migration, a demo, a page. Copied beside the real runner by tests."""
