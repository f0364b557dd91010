"""What does every answer tell the browser? The security and caching headers.

A page loads its own style, script and pictures and nothing else; it can be neither
framed nor sniffed, and tells no other site where a reader came from.
"""

from __future__ import annotations

from flask import Flask, Response

from webapp.admission import VARY

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        # No script of ours writes markup; none that a text brought along could.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

#: For a file from outside, which a browser must neither run nor render.
SANDBOXED = "default-src 'none'; sandbox; frame-ancestors 'none'"

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(),"
        " display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(),"
        " hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(),"
        " payment=(), publickey-credentials-get=(), serial=(), storage-access=(), usb=()"
    ),
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": VARY,
    # Browsers look up the hosts of a page's links before anyone follows one, and so tell the
    # resolver which paragraph is read.
    "X-DNS-Prefetch-Control": "off",
}

#: A year: the address of a static file changes with its content.
FOREVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Set the headers on every answer, errors included."""
    app.after_request(_set_headers)


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # What someone asked or read is kept in no cache, shared or private: which paragraph was
    # read tells as much as which words were searched.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
