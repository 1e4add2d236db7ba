"""How the web server runs: ``gunicorn --config python:prevent_cases.gunicorn prevent_cases.wsgi:application``.

Every difference between machines is an environment variable. There is no access log: addresses hold record ids, and
the application writes its own structured line for each request.
"""

import os
import tempfile
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads, because a browser opens connections ahead of need and an idle one would hold up a whole sync worker.
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# A worker replaced now and then keeps its memory flat; the jitter keeps them from going together.
max_requests = 2000
max_requests_jitter = 400
timeout = 60
graceful_timeout = 20
keepalive = 5
accesslog = None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
# Heartbeats belong in memory, or a slow disk looks like a hung worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()  # noqa: S108
control_socket_disable = True
# The Host header and X-Forwarded-Proto are the proxy's to set; only these addresses are believed to be it.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
