"""Patterns known to need exponential or high polynomial time, with texts that provoke it.

The shapes are those of the public collections (OWASP, "Regular expression Denial of Service";
Davis et al., "The Impact of Regular Expression Denial of Service in Practice", 2018; advisories of
moment, marked, ua-parser-js, validator, minimatch and others), written down from memory.
"""

from __future__ import annotations

__all__ = ["REDOS"]

# pattern, what is repeated to fill an article, what ends it
REDOS: list[tuple[str, str, str]] = [
    (r"^(a+)+$", "a", "!"),
    (r"(a+)+$", "a", "!"),
    (r"([a-zA-Z]+)*$", "a", "!"),
    (r"(a|aa)+$", "a", "!"),
    (r"(a|a?)+$", "a", "!"),
    (r"(.*a){20}$", "a", "!"),
    (r"(.*a){12}b", "a", "!"),
    (r"(x+x+)+y", "x", ""),
    (r"(a*)*b", "a", ""),
    (r"(a*a*)*b", "a", ""),
    (r"((a|b)*)*c", "ab", ""),
    (r"^(([a-z])+.)+[A-Z]([a-z])+$", "a", ""),
    (r"(\w+\s?)+$", "word ", "!"),
    (r"(\w+\W?)+:", "word ", ""),
    (r"([a-z]+\s*)+\d", "word ", ""),
    (r"\s+$", " ", "x"),
    (r"^\s+|\s+$", "a" + " " * 40, "x"),
    (r"\d+\d+\d+\d+x", "1", ""),
    (r"\w*\w*\w*\w*\w*!", "w", ""),
    (r"a*a*a*a*a*a*b", "a", ""),
    (r".*.*=.*", "x", ""),
    (r".*.*.*.*;", "x", ""),
    (r"(?:.*,){15}P", "a,", ""),
    (r"(.+)+@(.+)+\.(.+)+", "a", ""),
    (r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}", "a", "!"),
    (r"(?:[a-z0-9]+(?:[._-][a-z0-9]+)*)+@", "a.", "!"),
    (r"^(?:(?:https?|ftp)://)(?:\S+(?::\S*)?@)?(?:[a-z0-9-]+\.)+x$", "http://a.a:", "!"),
    (r"(?:\S+:\S+)+@", "a:", ""),
    (r"\bD[oD]?(o)*?,?\s+.*\s+.*\s+.*z", "Do a ", ""),
    (r"<(\"[^\"]*\"|'[^']*'|[^'\">])*>", '<a b="c" ', ""),
    (r"^(\(?\d+\)?[-. ]?)+$", "1", "x"),
    (r"(\(c\)|\(r\)|[^()]+)+\[", "(c", ""),
    (r"((?:[^\\\]]|\\.)*\])*x", "a]", ""),
    (r"^(?:[^`]|`[^`]*`)*$", "`a", "`"),
    (r"([^,]*,)*[^,]*;", "a,", ""),
    (r"(?:a|b|ab)*c", "ab", ""),
    (r"(\w)+(\w)+(\w)+!", "w", ""),
    (r"(?i)(?:[aeiou]+[bcd]?)+z", "ae", ""),
    (r"(.)(.*)\1(.*)\1x", "a", ""),
    (r"(?<x>a+)(?<y>\k<x>)+b", "a", ""),
    (r"(?=(a+))\1*b\1", "a", ""),
    (r"(?<!\S)(?:\S+\s+){1,200}END", "word ", ""),
    (r"(?s).*?.*?.*?.*?XYZ", "ab ", ""),
    (r"([\s\S]*?)([\s\S]*?)([\s\S]*?)QQ", "ab ", ""),
    (r"(?:\p{L}+\p{M}*)*\p{N}{3}", "é", ""),
    (r"^(?:\d{1,3}(?:,?\d{3})*)+(?:\.\d+)*%", "1,234", "x"),
    (r"(?:(?:Mr|Mrs)?\.? ?[A-Z][a-z]* ?)+ said", "Mr. Ann ", ""),
    (r"([A-Z]{2,}|[A-Z][a-z]+ ?)+(?:Inc|Corp)", "Ab", ""),
    (r"((\w+ ){1,30}){1,30}promise", "we ", ""),
    (r"(?R)?a|b(?R)c", "b", ""),
    (r"(\((?:[^()]++|(?1))*+\))x", "(", ""),
]
