import http.server
import os
import threading
import urllib.request

import pytest
from cart import total


def test_total(cart):
    assert total(cart) == 450


@pytest.mark.xfail
def test_known_to_fail():
    assert total([]) == 1


def test_this_machine_can_be_asked():
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.handle_request).start()
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"http://localhost:{server.server_port}/")


def test_the_environment_is_clean():
    assert "PREPBOOK_SECRET" not in os.environ
