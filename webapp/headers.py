"""What does every answer tell the browser? The security and caching headers.

A page loads its own style, script and pictures and nothing else; it can be neither
framed nor sniffed, and tells no other site where a reader came from.
"""

from __future__ import annotations

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
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
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(),"
        " gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

#: A year: the address of a static file changes with its content.
FOREVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Set the headers on every answer, errors included."""
    app.after_request(_set_headers)


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # What someone asked is kept in no cache, shared or private.
    asked = request.query_string or response.status_code >= 400
    response.headers.setdefault("Cache-Control", "no-store" if asked else "no-cache")
    return response
