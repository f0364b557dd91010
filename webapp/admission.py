"""May this be answered at all? Only where it is asked by a name of ours, and by no other site.

A site on the reader's own machine is within reach of every page in the reader's browser: a
page may have a name of its own resolve to 127.0.0.1 and then read answers as its own (DNS
rebinding, which the Host header tells), or make requests here and learn from what loads, how
long it takes and what breaks (which Fetch Metadata and the Origin header tell). Both are
refused before anything is looked up, so that a refusal takes the same time whatever is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, request

from indexer.errors import SettingsError
from indexer.settings import Settings
from webapp.errors import refusal

#: The machine itself, as its own browsers call it.
_LOOPBACK = ("localhost", "127.0.0.1", "::1")

#: A host as a header names it: letters and digits or an IPv6 address in brackets, then
#: perhaps a port. Whatever else is in it (a user's name, controls, a second host) is no host.
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?::[0-9]{1,5})?", re.ASCII)

#: Letters of the longest name of a host (RFC 1035), and of a port.
_LONGEST = 253 + len(".:65535")

#: Sites of a request (W3C Fetch Metadata) that are this one, or nobody: an address typed, a
#: bookmark, a link in a letter.
_OWN = ("same-origin", "none")

#: What browsers say of a page that nobody has asked to see yet.
_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")

#: What of a request decides whether it is answered, besides its address.
VARY = "Origin, Sec-Fetch-Dest, Sec-Fetch-Mode, Sec-Fetch-Site"


@dataclass(frozen=True, slots=True)
class OwnHosts:
    """By which hosts the site may be asked. Ports are not compared: tunnels and containers
    pass on others."""

    names: frozenset[str]
    addresses: bool
    """Whether every IP address will do, because all of the machine's are listened on. Of
    rebinding they are no part: that needs a name."""

    def hold(self, written: str) -> bool:
        """Whether *written*, a Host header, is one of these."""
        host = _named(written)
        return host is not None and (host in self.names or (self.addresses and _is_address(host)))


def own_hosts(settings: Settings) -> OwnHosts:
    """The hosts that *settings* name. Raises SettingsError for one that can be none."""
    names = {*_LOOPBACK}
    everywhere = settings.host in ("", "*") or (
        _is_address(settings.host) and ip_address(settings.host).is_unspecified
    )
    if not everywhere:
        names.add(_settled("host", settings.host))
    if settings.public_url:
        names.add(_public_host(settings.public_url))
    names |= {
        _settled("trusted_hosts", name.strip())
        for name in settings.trusted_hosts.split(",")
        if name.strip()
    }
    return OwnHosts(frozenset(names), everywhere)


def init_app(app: Flask, settings: Settings) -> None:
    """Have *app* refuse what it must, before anything else is done with a request."""
    hosts = own_hosts(settings)
    public = urlsplit(settings.public_url)
    public_origin = f"{public.scheme}://{public.netloc}".lower() if public.netloc else None

    def refuse() -> Response | None:
        written = request.environ.get("HTTP_HOST", "")
        if not hosts.hold(written):
            return refusal(
                400,
                "unknown-host",
                "This site is not asked by that name",
                "Use its own address; whoever runs it can name more in trusted_hosts",
            )
        ours = (f"{request.scheme}://{written}".lower(), public_origin)
        origin = request.headers.get("Origin")
        if (origin is not None and origin.lower() not in ours) or _is_from_elsewhere():
            return refusal(
                403,
                "cross-site",
                "Pages of other sites may link here, and nothing else",
                "Open the address itself",
            )
        return None

    app.before_request(refuse)


def _is_from_elsewhere() -> bool:
    """Whether a page of another site (the same host at another port is one as well) asks,
    other than by leading its reader here."""
    headers = request.headers
    if headers.get("Sec-Fetch-Site", "none") in _OWN:
        return False
    leads_here = (
        request.method in ("GET", "HEAD")
        and headers.get("Sec-Fetch-Mode") == "navigate"
        and headers.get("Sec-Fetch-Dest") == "document"
        and not any(name in headers for name in _AHEAD)
    )
    return not leads_here


def _named(written: str) -> str | None:
    """The host in a header, in the one form that is compared, or None where it is none."""
    match = _HOST.fullmatch(written.lower()) if len(written) <= _LONGEST else None
    if match is None:
        return None
    if match["six"]:
        return str(ip_address(match["six"])) if _is_address(match["six"]) else None
    return match["name"].removesuffix(".")  # the root, which may be written


def _settled(setting: str, written: str) -> str:
    host = written.strip("[]") if _is_address(written.strip("[]")) else written
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    named = _named(f"[{host}]" if ":" in host and _is_address(host) else host)
    if named is None:
        raise SettingsError(
            f"{setting}: {written!r} is no host", "Give a name or an address, as in site.example"
        )
    return named


def _public_host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    site = f"{parts.scheme}://{parts.netloc}"
    whole = parts.scheme in ("http", "https") and parts.netloc
    if not whole or url.removesuffix("/").lower() != site.lower():
        raise SettingsError(
            f"public_url: {url!r} is not the address of a site",
            "Give its scheme and host and no path, as in https://site.example",
        )
    return _settled("public_url", parts.netloc)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
