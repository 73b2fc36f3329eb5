import socket
import subprocess
import sys


def test_connect():
    socket.create_connection(("192.0.2.1", 80))


def test_look_up():
    socket.getaddrinfo("name.example", 80)


def test_send():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53))


def test_in_another_program():
    script = "import socket; socket.create_connection(('2001:db8::1', 80))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "refuses the network: connect to 2001:db8::1:80" in said.stderr
