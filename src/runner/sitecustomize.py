# Python, started by `prepbook test`, without the network: whatever is not this machine is refused, in this process and in
# every Python that it starts. It keeps tests honest; it is no cage for code that means harm.
import ipaddress
import socket


class NetworkRefused(PermissionError):
    """Raised in place of a connection to another machine."""

    __module__ = "builtins"


def _address(host):
    try:
        text = host.decode("ascii") if isinstance(host, (bytes, bytearray)) else str(host)
        return ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return None


def _is_here(host):
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    address = _address(host)
    return address is not None and address.is_loopback


# pytest leaves functions with this variable out of what it shows.
def _refuse(what, host, port=None):
    __tracebackhide__ = True
    where = host if port is None else f"{host}:{port}"
    raise NetworkRefused(f"prepbook test refuses the network: {what} {where}")


def _check(what, family, address):
    __tracebackhide__ = True
    if family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple) and not _is_here(address[0]):
        _refuse(what, *address[:2])


def _guard_sockets():
    kind = socket.socket
    connect, connect_ex, sendto = kind.connect, kind.connect_ex, kind.sendto
    sendmsg = getattr(kind, "sendmsg", None)

    def guarded_connect(self, address):
        __tracebackhide__ = True
        _check("connect to", self.family, address)
        return connect(self, address)

    def guarded_connect_ex(self, address):
        __tracebackhide__ = True
        _check("connect to", self.family, address)
        return connect_ex(self, address)

    def guarded_sendto(self, data, *rest):
        __tracebackhide__ = True
        _check("send to", self.family, rest[-1])
        return sendto(self, data, *rest)

    def guarded_sendmsg(self, buffers, *rest):
        __tracebackhide__ = True
        if len(rest) > 2:
            _check("send to", self.family, rest[2])
        return sendmsg(self, buffers, *rest)

    kind.connect, kind.connect_ex, kind.sendto = guarded_connect, guarded_connect_ex, guarded_sendto
    if sendmsg is not None:
        kind.sendmsg = guarded_sendmsg


def _guard_names():
    own_name = socket.gethostname()

    def guarded(function):
        def look_up(host, *rest, **named):
            __tracebackhide__ = True
            # An address needs no looking up: whoever connects to it is refused there.
            if not _is_here(host) and host != own_name and _address(host) is None:
                _refuse("look up", host)
            return function(host, *rest, **named)

        return look_up

    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        setattr(socket, name, guarded(getattr(socket, name)))


_guard_sockets()
_guard_names()
