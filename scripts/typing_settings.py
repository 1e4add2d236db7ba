"""The settings as the type checker reads them: values that start nothing and reach nothing."""

import os

os.environ["MODE"] = "test"
os.environ["SECRET_KEY"] = "read by the type checker alone"  # noqa: S105
os.environ["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
os.environ["REDIS_URL"] = "redis://127.0.0.1:1"

from prevent_cases.settings import *  # noqa: F403
