"""The style sheet of _html.py.

Tints are the eight of Okabe and Ito, told apart by people who see colours differently, and never
the only sign: the speaker's name stands behind each quote. As washes over the background they work
in light and dark; in a fragment all else is inherited from the page around it.
"""

__all__ = ["PAGE_STYLE", "SPEAKER_TINTS", "STYLE"]

_TINTS = (
    "230 159 0",
    "86 180 233",
    "0 158 115",
    "204 121 167",
    "213 94 0",
    "0 114 178",
    "200 190 40",
    "128 110 220",
)
SPEAKER_TINTS = len(_TINTS)

# Behind STYLE: a page scrolls as a whole, a notebook's output within itself.
PAGE_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem 1rem 4rem;
  background: #fdfdfb; color: #1c1c1a; }
@media (prefers-color-scheme: dark) { body { background: #17181b; color: #e6e4df; } }
.quoth article, .quoth .scroll { max-height: none; }
.quoth + .quoth { margin-top: 4rem; border-top: 3px double; }
@media print { body { max-width: none; padding: 0; background: #fff; color: #000; } }
"""

STYLE = (
    """
.quoth { font: 1.0625rem/1.7 Georgia, "Times New Roman", serif; }
.quoth article { white-space: pre-wrap; overflow-wrap: break-word; max-height: 42rem;
  overflow-y: auto; position: relative; }
.quoth [data-hint] { position: relative; }
.quoth [data-hint]:hover:not(:has([data-hint]:hover))::after { content: attr(data-hint);
  position: absolute; left: 0; top: 100%; z-index: 9; width: max-content; max-width: 22rem;
  padding: .3em .6em; border-radius: .3em; background: #222; color: #fff; white-space: normal;
  font: .8rem/1.4 system-ui, sans-serif; text-decoration: none; box-shadow: 0 1px 4px #0006; }
.quoth .title { font-size: 1.6em; line-height: 1.25; font-weight: 700; }
.quoth .standfirst { font-size: 1.1em; font-style: italic; }
.quoth .heading { font-size: 1.15em; font-weight: 700; }
.quoth .byline, .quoth .dateline, .quoth .source_line, .quoth .author_note { opacity: .85; }
.quoth .s:not([data-again]):not(:first-child)::before { content: ""; display: inline-block;
  height: .6em; margin-right: .25em; border-left: 1px solid currentColor; opacity: .5; }
.quoth .q { color: inherit; background: rgb(var(--t) / .2); border-radius: 2px;
  box-decoration-break: clone; -webkit-box-decoration-break: clone; padding: .08em 0; }
.quoth mark.q { box-shadow: inset 0 -2px rgb(var(--t)); }
.quoth mark.indirect { background: rgb(var(--t) / .1); box-shadow: inset 0 -1px rgb(var(--t)); }
.quoth mark.unsaid { box-shadow: none; border-bottom: 2px dotted rgb(var(--t)); }
.quoth .cue { font-style: italic; border-bottom: 2px dashed rgb(var(--t)); }
.quoth .source { font-weight: 700; border-bottom: 2px solid rgb(var(--t)); }
.quoth .e { text-decoration: underline; text-decoration-thickness: 1px;
  text-underline-offset: .22em; }
.quoth small { font: 600 min(.6em, .66rem)/1 system-ui, sans-serif; letter-spacing: .03em; }
.quoth small::after { content: attr(data-label); margin-left: .25em; vertical-align: .4em;
  white-space: nowrap; opacity: .75; }
.quoth .who::after { margin: 0 .2em 0 .4em; padding: .05em .4em; border-radius: .5em;
  background: rgb(var(--t) / .3); opacity: 1; }
.quoth .legend { display: flex; flex-wrap: wrap; gap: .3rem .9rem; margin: 1.5rem 0; padding: 0;
  list-style: none; font: .85rem/1.6 system-ui, sans-serif; }
.quoth .legend .q, .quoth th .q { padding: .1em .4em; }
.quoth .scroll { overflow: auto; max-height: 42rem; }
.quoth table { width: 100%; margin: 1.5rem 0; border-collapse: collapse;
  font: .85rem/1.45 system-ui, sans-serif; }
.quoth caption { padding: .3rem 0; font-size: 1.05rem; font-weight: 700; text-align: left; }
.quoth th, .quoth td { padding: .35rem .6rem .35rem 0; text-align: left; vertical-align: top;
  border-top: 1px solid rgb(128 128 128 / .4); background: none; }
.quoth tr { background: none; }
.quoth td { overflow-wrap: break-word; white-space: normal; }
@media print { .quoth article, .quoth .scroll { max-height: none; overflow: visible; }
  .quoth .q { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .quoth tr { break-inside: avoid; } }
"""
    + "".join(f".quoth .t{n} {{ --t: {tint}; }}\n" for n, tint in enumerate(_TINTS))
    + ".quoth .tn { --t: 128 128 128; }\n"
)
