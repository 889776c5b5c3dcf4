"""How many persons are still found when all of them have other names.

    QUOTH_DATA=path .venv/bin/python tests/bench/renaming.py [--rounds N] [--errors N]

In the articles of a dev set each person that the gold names gets another name, of an origin that
chance decides: forename for forename, family name for family name, the same everywhere in the
article, so that short forms stay short forms. Initials, particles and titles stay. Then two shares:

- kept: of the persons found before, how many are found at the same place after;
- recall: of all persons, how many are found, before and after.

The names below are the author's own choice, common ones of their countries; nothing was fitted to
them. Texts are read from the data and stay there.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import gzip
import json
import os
import pathlib
import random
import re
import sys
from typing import Any

import quoth

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("QUOTH_DATA") or ROOT.parent / "shared" / "data").resolve()

# Origin: forenames, family names.
NAMES = {
    "american": (
        "Tyler Brianna Dale Marcy Curtis Lorna Wade Shelby Clint Rochelle Vernon Tamara",
        "Whitaker Hollis Pruitt Lockhart Bledsoe Easley Mabry Kinsey Redmond Tolbert Stroud Yates",
    ),
    "british": (
        "Nigel Imogen Rupert Fiona Alistair Gemma Crispin Harriet Callum Rowena Gareth Bronwen",
        "Thistlewood Ashdown Pemberton Cartwright Ogilvie Braithwaite Llewellyn Hargreaves Kerr",
    ),
    "german": (
        "Jürgen Annelie Detlef Heike Torsten Ulrike Matthias Silke Joachim Wiebke Lutz Gudrun",
        "Brinkmann Schröder Vogelsang Kessler Eichhorn Pfeiffer Lindner Rademacher Hübner Zeller",
    ),
    "french": (
        "Thibault Maëlle Gaëtan Solène Étienne Clothilde Loïc Margaux Fabrice Ségolène Yann",
        "Lefebvre Garnier Chevallier Rousselot Delacroix Marchand Perrault Boucher Vasseur Lemoine",
    ),
    "spanish": (
        "Joaquín Rocío Gonzalo Pilar Ignacio Maritza Hernán Graciela Ramiro Yolanda Esteban Lucía",
        "Arreola Cifuentes Montoya Saldívar Quiroga Benavides Zúñiga Escobedo Villalobos Peralta",
    ),
    "brazilian": (
        "Thiago Luciana Rogério Fernanda Caio Juliana Anderson Beatriz Marcelo Renata Otávio",
        "Carvalho Nogueira Teixeira Barbosa Siqueira Amaral Queiroz Figueiredo Peixoto Bittencourt",
    ),
    "italian": (
        "Gianluca Ornella Fabrizio Chiara Raffaele Ilaria Salvatore Donatella Massimo Ginevra",
        "Bertolini Cavallaro Marchetti Pellegrini Zanetti Fontana Galasso Sorrentino Viscardi",
    ),
    "russian": (
        "Gennady Lyudmila Arkady Oksana Vyacheslav Zinaida Timofei Raisa Anatoly Svetlana Fyodor",
        "Belyakov Gromova Zhdanov Tikhonova Rybakov Sukhanov Kolesnik Melnichenko Dragunov Orlova",
    ),
    "polish": (
        "Zbigniew Agnieszka Wojciech Katarzyna Przemysław Bożena Grzegorz Małgorzata Tadeusz",
        "Nowakowski Wiśniewska Jabłoński Zawadzka Kowalczyk Szymańska Dąbrowski Pawlak Krawczyk",
    ),
    "turkish": (
        "Mehmet Ayşe Serkan Elif Hakan Zeynep Orhan Nurcan Volkan Derya Tolga Gülsüm",
        "Yıldırım Karataş Özdemir Demirel Aydın Koçak Şahin Erdoğdu Bozkurt Altıntaş Kaplan",
    ),
    "arab": (
        "Khalid Samira Tariq Layla Hisham Rania Faisal Noura Yasser Dalal Marwan Huda",
        "Haddad Khoury Mansouri Shawki Barakat Zayani Nasrallah Jaziri Sabbagh Qasim Darwish",
    ),
    "persian": (
        "Farhad Shirin Behrouz Nasrin Kourosh Mahsa Dariush Parisa Siavash Golnaz Arash",
        "Rahimi Moradi Karimpour Sadeghi Tavakoli Ebrahimi Shokouhi Jahangiri Farahani Bagheri",
    ),
    "nigerian": (
        "Chinedu Ngozi Emeka Folasade Babatunde Amaka Segun Yetunde Obinna Kehinde Uche Aisha",
        "Okonkwo Adeyemi Nwosu Balogun Eze Ogunleye Chukwu Afolayan Danjuma Obaseki Ibekwe",
    ),
    "east african": (
        "Wanjiru Kipchoge Otieno Achieng Mwangi Njeri Baraka Neema Juma Zawadi Tesfaye Almaz",
        "Kamau Mutua Odhiambo Cheruiyot Mwakasege Nyambura Kiplagat Bekele Haile Wambui Lumumba",
    ),
    "indian": (
        "Rakesh Sunita Vikram Lakshmi Anand Deepika Suresh Kavita Rajiv Meenakshi Arjun Padma",
        "Chatterjee Venkataraman Deshpande Iyer Bhattacharya Kulkarni Malhotra Reddy Trivedi Nair",
    ),
    "pakistani": (
        "Imran Shazia Asif Nadia Waqar Rukhsana Zahid Saima Kamran Bushra Tanveer Fozia",
        "Qureshi Butt Chaudhry Malik Siddiqui Bhatti Rana Gilani Shah Memon Abbasi",
    ),
    "chinese": (
        "Wei Xiuying Jianguo Lihua Zhiqiang Meiling Haoran Yuting Guoliang Xiaofeng Ruihan",
        "Zhao Huang Sun Deng Tang Zhu Liang Cao Peng Zeng",
    ),
    "japanese": (
        "Hiroshi Yumiko Takeshi Akiko Kazuo Naoko Daisuke Haruka Satoru Michiko Kenta Emi",
        "Takahashi Yamaguchi Fujimoto Nishimura Okada Hasegawa Kuroda Matsuda Ishikawa Sakamoto",
    ),
    "vietnamese": (
        "Tuan Linh Hoang Phuong Duc Trang Minh Quynh Khanh Thao Hieu Ngoc",
        "Tran Pham Vuong Dang Bui Dinh Ngo Truong Huynh Doan",
    ),
    "indonesian": (
        "Budi Siti Agus Dewi Bambang Ratna Joko Wulandari Eko Sri Hendra Putri",
        "Santoso Wijaya Hartono Kusuma Setiawan Purnomo Suryadi Lestari Nugroho Handayani",
    ),
    "nordic": (
        "Torbjørn Ingrid Lars Sunniva Henrik Astrid Mikkel Freja Göran Linnéa Pekka Aino",
        "Halvorsen Lindqvist Nygaard Sørensen Bergström Virtanen Thorsen Ekholm Dahlberg Mäkinen",
    ),
    "pacific": (
        "Sione Losalini Tevita Mere Aleki Salote Rangi Aroha Semisi Litia Ratu Hinemoa",
        "Faleolo Tuilagi Ratuvou Waqanivalu Tamihere Fifita Vunipola Latu Kepaoa Naivalu",
    ),
}
PARTICLES = re.compile(
    "(?:de|da|do|dos|du|del|della|di|van|von|der|den|ter|bin|ibn|al|el|la|le|abu|y|e|st|ben|ap)"
)
TITLES = re.compile(
    "(?:mr|mrs|ms|dr|prof|sir|lord|lady|dame|president|king|queen|pope|sheikh|gen|judge|sen|gov)"
)
WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*(?:-[^\W\d_]+)*")


def documents(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / "entities" / f"{name}.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_part(word: str) -> bool:
    """Whether the word is one that is changed for another."""
    low = word.lower().rstrip(".")
    small = PARTICLES.fullmatch(low) or TITLES.fullmatch(low)
    return len(word) > 1 and word[0].isupper() and not small


class Renamer:
    """New words for the names of one article: of one person from one origin."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words: dict[str, str] = {}
        self.used: set[str] = set()

    def pick(self, words: str) -> str:
        free = [w for w in words.split() if w not in self.used] or words.split()
        word = self.chance.choice(free)
        self.used.add(word)
        return word

    def learn(self, name: str) -> None:
        """Gives each word of a person's name another one. Longer names come first, so that the
        words of short forms are known already."""
        parts = [w for w in WORD.findall(name) if is_part(w)]
        first, last = NAMES[self.chance.choice(sorted(NAMES))]
        for i, part in enumerate(parts):
            if part.lower() not in self.words:
                self.words[part.lower()] = self.pick(last if i + 1 == len(parts) else first)

    def renamed(self, name: str) -> str:
        def other(match: re.Match[str]) -> str:
            word = match.group()
            new = self.words.get(word.lower(), word) if is_part(word) else word
            return new.upper() if word.isupper() and len(word) > 2 else new

        return WORD.sub(other, name)


@dataclasses.dataclass
class Renamed:
    """An article before and after: the spans of its persons in the one and in the other."""

    before: str
    after: str
    persons: list[tuple[tuple[int, int], tuple[int, int]]]


def rename(document: dict[str, Any], label: str, chance: random.Random) -> Renamed:
    text: str = document["text"]
    spans = sorted((s, e) for s, e, found in document["ents"] if found == label)
    renamer = Renamer(chance)
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        renamer.learn(text[start:end])
    out, at, persons = "", 0, []
    for start, end in spans:
        if start < at:
            continue
        out += text[at:start]
        new = renamer.renamed(text[start:end])
        persons.append(((start, end), (len(out), len(out) + len(new))))
        out += new
        at = end
    return Renamed(text, out + text[at:], persons)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a possessive ending."""
    ending = re.search(r"['’]s?$", text[start:end])
    return (start, start + ending.start()) if ending else (start, end)


def persons_of(nlp: Any, text: str) -> set[tuple[int, int]]:
    return {trimmed(text, m.start_char, m.end_char) for m in nlp.ents(text) if m.label_ == "PERSON"}


@dataclasses.dataclass
class Shares:
    persons: int = 0
    before: int = 0
    after: int = 0
    kept: int = 0
    lost: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)

    @property
    def kept_share(self) -> float:
        return self.kept / self.before if self.before else 1.0


def measure(nlp: Any, name: str = "worldwide", label: str = "Person", rounds: int = 3) -> Shares:
    shares = Shares()
    for turn in range(rounds):
        chance = random.Random(turn)
        for document in documents(name):
            one = rename(document, label, chance)
            old, new = persons_of(nlp, one.before), persons_of(nlp, one.after)
            for was, now in one.persons:
                had = trimmed(one.before, *was) in old
                has = trimmed(one.after, *now) in new
                shares.persons += 1
                shares.before += had
                shares.after += has
                shares.kept += had and has
                if had and not has:
                    start, end = now
                    context = one.after[max(0, start - 40) : end + 30]
                    shares.lost[
                        f"{one.before[was[0] : was[1]]} > {one.after[start:end]}: "
                        + " ".join(context.split())
                    ] += 1
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description="Other names, the same persons.")
    parser.add_argument("--rounds", type=int, default=3, help="each with other names")
    parser.add_argument("--errors", type=int, default=0, help="how many lost persons to show")
    options = parser.parse_args()
    if not (DATA / "entities").is_dir():
        sys.exit(f"no data in {DATA}; set QUOTH_DATA")
    nlp = quoth.load("en", stages=("entity",))
    for name, label in (("worldwide", "Person"), ("gum", "person")):
        found = measure(nlp, name, label, options.rounds)
        print(
            f"{name} dev: {found.persons} persons; kept {100 * found.kept_share:.2f} %; recall "
            f"{100 * found.before / found.persons:.2f} % before, "
            f"{100 * found.after / found.persons:.2f} % after"
        )
        for lost, _ in found.lost.most_common(options.errors):
            print(" ", lost)


if __name__ == "__main__":
    main()
