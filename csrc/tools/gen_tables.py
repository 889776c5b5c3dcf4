#!/usr/bin/env python3
"""Compile the lists of csrc/lang into the constant tables of csrc/tables.

usage: gen_tables.py [--check]

--check writes nothing and exits with 1 when a table is not what the lists give.

A list is a UTF-8 text file. Its header is comment lines that say What:, Source: and Licence:. Then
sections:

    @class NAME          one word or phrase a line (several may be set apart by ";"): they get the
                         class bit QT_WORD_NAME. A word may be in any number of classes.
    @terms LABEL         Name | Wikidata item | alias; alias | name of the term that it belongs to
                         Names of a gazetteer. Every field but the first may be empty; the last
                         one links a demonym or a capital to its country. The first list to give
                         a name or alias keeps it; a later entry of the same name and label adds
                         aliases, and what the first left empty. Names in capitals only (NATO,
                         U.S.) get the class "acronym".
    @patterns at|find    NAME rule LABEL regex      (LABEL "-": none; PCRE2 syntax)
                         A line that starts with white space continues the one before. %{X}
                         stands for the definition X, %{@NAME} for all entries of the class
                         NAME, longest first.
    @set NAME            like @class, but without a bit in the mask of every word: for what one
                         stage asks of few words. Single words only.
    @nicknames           Name; nickname; nickname: forenames of one and the same person
    @called              title; words; words: what the bearer of a title is called later on
    @define X regex      (one line, outside the sections)

"#" starts a comment at the start of a line only. The tables are checked in, so that a build needs
no Python; the tests run --check.
"""

import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANG = ROOT / "lang"
TABLES = ROOT / "tables"
LABELS = (
    *("NONE", "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART"),
    *("LAW", "LANGUAGE", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
)
NONE = 0xFFFFFFFF
CHAR_CLASSES = {
    "LETTER": 1,
    "UPPER": 2,
    "LOWER": 4,
    "DIGIT": 8,
    "SPACE": 16,
    "MARK": 32,
    "DASH": 64,
    "SYMBOL": 128,
}


class ListError(Exception):
    """A list that breaks the rules above; the message says where."""


def fold(text):
    """The folding of lexicon.h, character by character, for a trimmed phrase."""
    out = []
    for char in " ".join(text.split()):
        if char in "\u2018\u2019\u02bc\uff07":
            out.append("'")
        elif char in "\u2010\u2011\ufe63\uff0d":
            out.append("-")
        else:
            out.append(lower(char))
    return "".join(out)


def lower(char):
    """Simple lower case: one character for one."""
    low = char.lower()
    return low if len(low) == 1 else char


GOLDEN = 0x9E3779B97F4A7C15  # Fibonacci hashing, as in csrc/core/short_word.h


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


class Lists:
    """Everything that the lists say, in the order of their file names."""

    def __init__(self):
        self.classes = {}  # class name -> folded phrases, in order
        self.written = {}  # class name -> phrases as written
        self.terms = []  # (name, kb_id, label, of)
        self.term_of = {}  # folded name or alias -> index into terms
        self.patterns = []  # [name, rule, label, regex, anchored]
        self.defines = {}
        self.weights = {}  # name of a model -> its weights, index by index
        self.sets = {}  # set name -> folded words
        self.nicknames = set()  # (a name, another of the same person)
        self.called = set()  # (a title, what its bearer is called later on)

    def read(self, path):
        text = path.read_text(encoding="utf-8")
        head = text.split("\n@", 1)[0]
        for word in ("What:", "Source:", "Licence:"):
            if word not in head:
                raise ListError(f"{path.name}: the header lacks {word}")
        section, argument = None, None
        for number, line in enumerate(text.split("\n"), 1):
            where = f"{path.name}:{number}"
            if line.startswith("#") or not line.strip():
                continue
            if line.startswith("@"):
                section, _, argument = line[1:].strip().partition(" ")
                section, argument = self.open(section, argument.strip(), where)
            elif section is None:
                raise ListError(f"{where}: an entry before any @section")
            else:
                getattr(self, "add_" + section)(argument, line, where)

    def open(self, section, argument, where):
        if section == "define":
            name, _, regex = argument.partition(" ")
            self.defines[name] = regex.strip()
            return None, None
        if section == "class" and re.fullmatch("[a-z_]+", argument):
            self.classes.setdefault(argument, {})
            self.written.setdefault(argument, [])
        elif section == "set" and re.fullmatch("[a-z_]+", argument):
            self.sets.setdefault(argument, {})
        elif section in ("nicknames", "called") and not argument:
            pass
        elif section == "weights" and re.fullmatch("[a-z_]+ [0-9]+", argument):
            argument, bits = argument.split()
            self.weights[argument] = [0] * (1 << int(bits))
        elif (section, argument) not in {("patterns", "at"), ("patterns", "find")} and not (
            section == "terms" and argument in LABELS
        ):
            raise ListError(f"{where}: unknown section @{section} {argument}")
        return section, argument

    def add_weights(self, name, line, where):
        for entry in line.split(";"):
            match = re.fullmatch(r"\s*([0-9]+) (-?[0-9]+)\s*", entry)
            table = self.weights[name]
            if not match or int(match[1]) >= len(table) or abs(int(match[2])) > 127:
                raise ListError(f"{where}: expected an index, a space and a weight; got {entry!r}")
            table[int(match[1])] = int(match[2])

    def add_class(self, name, line, where):
        for phrase in filter(None, (part.strip() for part in line.split(";"))):
            self.classes[name][fold(phrase)] = where
            self.written[name].append(phrase)

    def add_set(self, name, line, where):
        for word in filter(None, (part.strip() for part in line.split(";"))):
            if " " in word:
                raise ListError(f"{where}: a set has single words; got {word!r}")
            self.sets[name][fold(word)] = where

    def add_nicknames(self, _, line, where):
        name, *others = (fold(part) for part in line.split(";"))
        for other in others:
            self.nicknames |= {(name, other), (other, name)}

    def add_called(self, _, line, where):
        title, *others = (fold(part.strip()) for part in line.split(";"))
        self.called |= {(title, other) for other in others}

    def add_terms(self, label, line, where):
        fields = [field.strip() for field in line.split("|")] + ["", "", ""]
        name, kb_id, aliases, of = fields[:4]
        if not name or (kb_id and not re.fullmatch("Q[0-9]+", kb_id)):
            raise ListError(f"{where}: expected Name | Q123 | alias; alias | term")
        index = self.term_of.get(fold(name), len(self.terms))
        if (
            index == len(self.terms)
            or self.terms[index][2] != LABELS.index(label)
            or fold(self.terms[index][0]) != fold(name)
        ):
            index = len(self.terms)
            self.terms.append((name, kb_id, LABELS.index(label), of, where))
        elif (kb_id and not self.terms[index][1]) or (of and not self.terms[index][3]):
            _, first_id, code, first_of, at = self.terms[index]
            self.terms[index] = (self.terms[index][0], first_id or kb_id, code, first_of or of, at)
        for alias in [name, *filter(None, (part.strip() for part in aliases.split(";")))]:
            self.term_of.setdefault(fold(alias), index)
            if alias.isupper() and " " not in alias:
                self.classes.setdefault("acronym", {})[fold(alias)] = where
                self.written.setdefault("acronym", []).append(alias)

    def add_patterns(self, how, line, where):
        if line[0].isspace():
            if not self.patterns:
                raise ListError(f"{where}: nothing to continue")
            self.patterns[-1][3] += line.strip()
            return
        fields = line.split(None, 3)
        if len(fields) != 4 or not re.fullmatch("[A-Z][A-Z0-9_]*", fields[0]):
            raise ListError(f"{where}: expected NAME rule LABEL regex")
        name, rule, label, regex = fields
        label = "NONE" if label == "-" else label
        if label not in LABELS:
            raise ListError(f"{where}: unknown label {label}")
        self.patterns.append([name, rule, LABELS.index(label), regex, how == "at", where])

    def expand(self, regex, where):
        def replace(match):
            name = match[1]
            if name.startswith("@"):
                if name[1:] not in self.written:
                    raise ListError(f"{where}: unknown class {name}")
                words = sorted(set(self.written[name[1:]]), key=lambda w: (-len(w), w))
                return (
                    "(?:" + "|".join(re.escape(word).replace("\\ ", "\\s+") for word in words) + ")"
                )
            if name not in self.defines:
                raise ListError(f"{where}: unknown definition {name}")
            return self.expand(self.defines[name], where)

        return re.sub(r"%\{(@?\w+)\}", replace, regex)


def banner(what):
    return f"/* Generated by csrc/tools/gen_tables.py: do not edit. {what} */\n"


def c_string(text):
    out = []
    for byte in text.encode():
        char = chr(byte)
        out.append("\\" + char if char in '"\\' else char if 32 <= byte < 127 else f"\\{byte:03o}")
    # "??" could be read as a trigraph.
    return '"' + "".join(out).replace("??", '?""?') + '"'


def c_string_lines(text, width=90):
    """A long string as several literals, none of them cut inside a character or an escape."""
    pieces = [text[i : i + width] for i in range(0, len(text), width)] or [""]
    return "\n     ".join(c_string(piece) for piece in pieces)


def classes_inc(lists):
    names = sorted(lists.classes)
    if len(names) > 64:
        raise ListError(f"{len(names)} classes, but a mask has 64 bits")
    lines = [banner("The word classes of the lists, one bit each.")]
    lines += [
        f"#define QT_WORD_{name.upper()} (UINT64_C(1) << {bit})\n" for bit, name in enumerate(names)
    ]
    return "".join(lines)


def lexicon_entries(lists):
    """folded phrase -> [class mask, term index, prefix?]"""
    entries = {}

    def entry(phrase):
        return entries.setdefault(phrase, [0, NONE, False])

    for bit, name in enumerate(sorted(lists.classes)):
        for phrase in lists.classes[name]:
            entry(phrase)[0] |= 1 << bit
    for phrase, index in lists.term_of.items():
        entry(phrase)[1] = index
    for phrase in list(entries):
        # Wherever a token may end within the phrase, a longer one goes on.
        for cut in range(1, len(phrase)):
            if not (phrase[cut - 1].isalnum() and phrase[cut].isalnum()):
                entry(phrase[:cut].rstrip())[2] = True
                entry(phrase[:cut])[2] = True
    entries.pop("", None)
    return entries


def lexicon_inc(lists):
    entries = lexicon_entries(lists)
    bits = max(8, (len(entries) * 2 - 1).bit_length())
    slots, keys = {}, {}
    for phrase, value in sorted(entries.items()):
        key = fnv1a(phrase.encode())
        if key == 0 or key in keys:
            raise ListError(f"the hashes of {phrase!r} and {keys.get(key)!r} collide")
        keys[key] = phrase
        slot = key * GOLDEN % (1 << 64) >> (64 - bits)
        while slot in slots:
            slot = (slot + 1) % (1 << bits)
        slots[slot] = (key, *value)
    names = {}
    for index, term in enumerate(lists.terms):
        names.setdefault(fold(term[0]), index)
    out = [banner("Words, phrases, prefixes and gazetteer terms.")]
    out.append(f"enum {{ LEXICON_SHIFT = {64 - bits}, LEXICON_MASK = {(1 << bits) - 1} }};\n")
    out.append(f"static const qt_lexeme lexicon[{1 << bits}] = {{\n")
    for slot, (key, mask, term, prefix) in sorted(slots.items()):
        term = "QUOTH_NONE" if term == NONE else term
        out.append(f"[{slot}]={{0x{key:X},0x{mask:X},{term},{int(prefix)}}},\n")
    out.append("};\nstatic const qt_term lexicon_terms[] = {\n")
    for name, kb_id, label, of, where in lists.terms:
        if of and fold(of) not in lists.term_of:
            raise ListError(f"{where}: unknown term {of!r}")
        owner = lists.term_of[fold(of)] if of else "QUOTH_NONE"
        out.append(f"{{{c_string(name)},{c_string(kb_id)},{owner},{label}}},\n")
    if not lists.terms:
        out.append('{"","",QUOTH_NONE,0},\n')
    out.append("};\n")
    return "".join(out)


def word_sets_inc(lists):
    names = sorted(lists.sets)
    out = [banner("Sets of words, for csrc/core/word_set.h."), "typedef enum qt_set {\n"]
    out += [f"    QT_SET_{name.upper()},\n" for name in names]
    out.append("} qt_set;\n#ifdef QT_WORD_SET_TABLES\n")
    for name in names:
        keys = sorted(fnv1a(word.encode()) for word in lists.sets[name])
        out.append(f"static const uint64_t set_{name}[] = {{\n")
        out += [f"0x{key:X},\n" for key in keys]
        out.append("};\n")
    out.append("static const struct {\n    const uint64_t *keys;\n    size_t count;\n}")
    out.append(" sets[] = {\n")
    out += [f"{{set_{name}, sizeof set_{name} / sizeof *set_{name}}},\n" for name in names]
    out.append("};\n")
    for name in ("nicknames", "called"):
        pairs = sorted((fnv1a(a.encode()), fnv1a(b.encode())) for a, b in getattr(lists, name))
        out.append(f"static const qt_word_pair {name}[] = {{\n")
        out += [f"{{0x{a:X},0x{b:X}}},\n" for a, b in pairs]
        out.append("};\n")
    return "".join(out) + "#endif\n"


# Sets of short words: as csrc/core/short_word.h reads them. Name, classes, bits, the end of the
# word that counts.
SHORT_SETS = [
    (
        "abbreviation_set",
        "abbreviation abbreviation_title abbreviation_number abbreviation_end abbreviation_hour"
        " marked_name",
        14,
        "last",
    ),
    ("farewell_set", "farewell", 10, "first"),
    ("starter_set", "starter", 12, "first"),
]
SHORT_MAX = 7


def short_hash(word, bits):
    packed = int.from_bytes(word.encode("ascii"), "little")
    return packed * GOLDEN % (1 << 64) >> (64 - bits)


# Short words themselves, in an open hash table: abbreviations that never end a sentence where a
# capital follows.
TITLE_BITS = 8


def title_table(lists):
    titles, numbers = (lists.classes[f"abbreviation_{kind}"] for kind in ("title", "number"))
    zones = lists.classes["day_or_zone"]  # "4 p.m. ET." ends
    table = [0] * (1 << TITLE_BITS)
    for phrase in sorted(titles.keys() - numbers.keys()):
        word = phrase.rstrip(".")
        if re.fullmatch(rf"[a-z]{{2,{SHORT_MAX}}}", word) and word not in zones:
            at = short_hash(word, TITLE_BITS)
            while table[at]:
                at = (at + 1) % len(table)
            table[at] = int.from_bytes(word.encode("ascii"), "little")
    if sum(map(bool, table)) * 2 > len(table):
        raise ListError("too many titles for TITLE_BITS")
    return table


def constants(name, table):
    values = "".join(f"0x{word:X},\n" for word in table)
    return f"static const uint64_t {name}[{len(table)}] = {{\n{values}}};\n"


def short_words_inc(lists):
    out = [banner("Sets of short words, for csrc/core/short_word.h.")]
    for name, classes, bits, side in SHORT_SETS:
        table = [0] * ((1 << bits) // 64)
        for phrase in (phrase for each in classes.split() for phrase in lists.classes[each]):
            stem = phrase.rstrip(".!?")
            letters = re.search(r"[a-z]*\Z" if side == "last" else r"[a-z]*", stem)[0]
            letters = letters[-SHORT_MAX:] if side == "last" else letters[:SHORT_MAX]
            at = short_hash(letters, bits)
            table[at // 64] |= 1 << at % 64
        out.append(constants(name, table))
    out.append(constants("title_table", title_table(lists)))
    return "".join(out)


def ending_weights_inc(lists):
    table = lists.weights["ending"]
    values = "".join(
        ",".join(map(str, table[i : i + 32])) + ",\n" for i in range(0, len(table), 32)
    )
    name = f"static const int8_t ending_weights[{len(table)}]"
    return banner("Weights of the model of csrc/core/ending.h.") + f"{name} = {{\n{values}}};\n"


def patterns_inc(lists):
    lines = [banner("The patterns of the lists."), "typedef enum qt_pattern_id {\n"]
    lines += [f"    QT_PATTERN_{pattern[0]},\n" for pattern in lists.patterns]
    lines.append("    QT_PATTERN_COUNT\n} qt_pattern_id;\n")
    return "".join(lines)


def pattern_sources_inc(lists):
    lines = [banner("The sources of the patterns, in the order of qt_pattern_id.")]
    lines.append(
        "static const struct {\n"
        "    const char *source, *rule;\n    uint8_t label;\n    bool anchored;\n"
    )
    lines.append("} pattern_sources[] = {\n")
    for name, rule, label, regex, anchored, where in lists.patterns:
        source = c_string_lines(lists.expand(regex, where))
        lines.append(
            f"    /* {name} */\n    {{{source},\n"
            f"     {c_string(rule)}, {label}, {str(anchored).lower()}}},\n"
        )
    lines.append("};\n")
    return "".join(lines)


def char_class(cp):
    char, bits = chr(cp), 0
    category = unicodedata.category(char)
    if category[0] == "L":
        bits |= CHAR_CLASSES["LETTER"]
    if category in ("Lu", "Lt"):
        bits |= CHAR_CLASSES["UPPER"]
    if category == "Ll":
        bits |= CHAR_CLASSES["LOWER"]
    if category[0] == "N":
        bits |= CHAR_CLASSES["DIGIT"]
    if char.isspace():
        bits |= CHAR_CLASSES["SPACE"]
    if category[0] == "M" or cp in (0xAD, 0x200C, 0x200D, 0x2060):
        bits |= CHAR_CLASSES["MARK"]
    if category == "Pd" or cp == 0x2212:
        bits |= CHAR_CLASSES["DASH"]
    if category[0] == "S" and cp not in (0x60, 0xB4, 0x2212):
        bits |= CHAR_CLASSES["SYMBOL"]
    return bits


# Letters that Unicode does not take apart, and the blocks that hold Latin letters.
BASES = {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0131": "i", "\u00f0": "d", "\u00fe": "t"}
BASES |= {"\u0127": "h", "\u0167": "t", "\u00e6": "a", "\u0153": "o", "\u00df": "s", "\u014b": "n"}
LATIN_BLOCKS = ((0xC0, 0x250), (0x1E00, 0x1F00))


def base_letter(cp):
    """The ASCII letter of a lower-case Latin letter with a diacritic, or "\\0"."""
    plain = BASES.get(chr(cp)) or unicodedata.normalize("NFD", chr(cp))[0]
    return plain if plain in "abcdefghijklmnopqrstuvwxyz" else "\0"


def unicode_base():
    out = ["static const struct base_range {\n    uint32_t from, to;\n    const char *base;\n"]
    out.append("} unicode_base[] = {\n")
    for start, end in LATIN_BLOCKS:
        letters = "".join(base_letter(cp) for cp in range(start, end))
        out.append(f"{{0x{start:X}, 0x{end:X},\n     {c_string_lines(letters)}}},\n")
    return "".join(out) + "};\n"


def unicode_inc():
    pages, index = {}, []
    for page in range(0x1100):
        row = tuple(char_class(page << 8 | low) for low in range(256))
        index.append(pages.setdefault(row, len(pages)))
    out = [banner(f"Unicode {unicodedata.unidata_version}.")]
    out.append("const uint16_t qt_unicode_page[0x1100] = {")
    out += [("\n" if i % 24 == 0 else "") + f"{page}," for i, page in enumerate(index)]
    out.append("\n};\nconst uint8_t qt_unicode_class[][256] = {\n")
    for row in pages:
        out.append("{" + ",".join(map(str, row)) + "},\n")
    out.append("};\nstatic const struct {\n    uint32_t from, to;\n} unicode_lower[] = {\n")
    for cp in range(128, 0x110000):
        low = lower(chr(cp))
        if low != chr(cp):
            out.append(f"{{0x{cp:X},0x{ord(low):X}}},\n")
    out.append("};\n")
    return "".join(out) + unicode_base()


def casefold_inc():
    """What full case folding does to a character where simple lower case is something else."""
    out = [banner(f"Unicode {unicodedata.unidata_version}.")]
    out.append("static const struct {\n    uint32_t from, to[3];\n} casefolds[] = {\n")
    for cp in range(128, 0x110000):
        folded = chr(cp).casefold()
        if folded != lower(chr(cp)):
            to = ",".join(f"0x{ord(c):X}" for c in folded)
            out.append(f"{{0x{cp:X},{{{to}}}}},\n")
    out.append("};\n")
    return "".join(out)


def unicode_is_other_version(current):
    found = re.search(r"Unicode ([0-9.]+)\.", current)
    return bool(found) and found[1] != unicodedata.unidata_version


def main(argv):
    if argv not in ([], ["--check"]):
        sys.exit(__doc__)
    lists = Lists()
    try:
        for path in sorted(LANG.glob("*/*.txt")):
            lists.read(path)
        tables = {
            "classes.inc": classes_inc(lists),
            "lexicon.inc": lexicon_inc(lists),
            "word_sets.inc": word_sets_inc(lists),
            "short_words.inc": short_words_inc(lists),
            "ending_weights.inc": ending_weights_inc(lists),
            "patterns.inc": patterns_inc(lists),
            "pattern_sources.inc": pattern_sources_inc(lists),
            "unicode.inc": unicode_inc(),
            "casefold.inc": casefold_inc(),
        }
    except ListError as error:
        sys.exit(f"gen_tables.py: {error}")
    stale = []
    of_unicode = ("unicode.inc", "casefold.inc")
    for name, wanted in tables.items():
        path = TABLES / name
        current = path.read_text(encoding="ascii") if path.exists() else ""
        # Another Python knows another Unicode: the checked-in table stays what it is.
        if current == wanted or (name in of_unicode and unicode_is_other_version(current)):
            continue
        stale.append(name)
        if not argv:
            path.write_text(wanted, encoding="ascii")
    if argv and stale:
        sys.exit(f"gen_tables.py: stale: {', '.join(stale)}; run csrc/tools/gen_tables.py")
    if not argv:
        print("wrote " + ", ".join(stale) if stale else "nothing to do")


if __name__ == "__main__":
    main(sys.argv[1:])
