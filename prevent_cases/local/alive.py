"""Ask this machine's own web server whether it is alive, for a container's health check: ends with 0 or 1."""

import http.client
import os
import sys


def is_alive(*, port: int, host_header: str) -> bool:
    """Whether ``/health/live`` answers 200. The header is one that ``ALLOWED_HOSTS`` lets in."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/health/live", headers={"Host": host_header, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    allowed = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".*") or "localhost"
    sys.exit(0 if is_alive(port=int(os.environ.get("PORT", "8000")), host_header=allowed) else 1)
