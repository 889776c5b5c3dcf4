"""Texts made from patterns, for what no data set has: tables of results, headlines in capitals,
credits, and the names of military units.

The patterns are the author's own; what fills them are names of the data sets that are trained on,
and the names of teams below, which are facts. A pattern has a slot in braces for each name; what
the tagger has to learn is the place, so that a slot for a team is filled with names of cities as
often as with names of clubs. The same sets and seed give the same texts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

__all__ = ["Text", "made_texts"]

Text = tuple[str, list[tuple[int, int, str]]]  # names with their kind

_LEAST = 20  # names of a kind that there have to be

# Clubs that are not called by a city alone.
_CLUBS = """
Arsenal; Chelsea; Aston Villa; Everton; Tottenham Hotspur; West Ham United; Newcastle United;
Leeds United; Manchester United; Manchester City; Crystal Palace; Queens Park Rangers; Blackburn
Rovers; Sheffield Wednesday; Wolverhampton Wanderers; Rangers; Celtic; Hearts; Hibernian; Real
Madrid; Atletico Madrid; Real Sociedad; Athletic Bilbao; Espanyol; Real Betis; Deportivo Coruna;
Juventus; Inter Milan; AC Milan; Lazio; AS Roma; Sampdoria; Fiorentina; Atalanta; Bayern Munich;
Borussia Dortmund; Bayer Leverkusen; Werder Bremen; Schalke; Ajax; Feyenoord; PSV Eindhoven;
Anderlecht; Club Brugge; Benfica; Sporting; FC Porto; Paris Saint-Germain; Olympique Marseille;
Galatasaray; Fenerbahce; Besiktas; Olympiakos; Panathinaikos; Red Star Belgrade; Partizan; Dynamo
Kiev; Spartak Moscow; Boca Juniors; River Plate; Flamengo; Corinthians; Palmeiras; Penarol; Colo
Colo; Al Ahly; Zamalek; Kaizer Chiefs; Orlando Pirates; Hearts of Oak; Asante Kotoko; Enyimba;
Kashima Antlers; Urawa Reds; Persepolis; Esteghlal; Mohun Bagan; Kerala Blasters; Mumbai Indians;
Lakers; Celtics; Knicks; Bulls; Pistons; Spurs; Rockets; Jazz; Suns; Magic; Heat; Hawks; Pacers;
Bucks; Nets; Clippers; Warriors; Yankees; Red Sox; Orioles; Blue Jays; Indians; Tigers; Royals;
White Sox; Twins; Mariners; Athletics; Angels; Braves; Mets; Phillies; Marlins; Expos; Cubs;
Cardinals; Reds; Astros; Pirates; Dodgers; Giants; Padres; Rockies; Rangers; Bruins; Maple Leafs;
Canadiens; Red Wings; Blackhawks; Oilers; Flames; Canucks; Penguins; Flyers; Sabres; Devils;
Avalanche; Sharks; Cowboys; Packers; Steelers; Raiders; Broncos; Dolphins; Bills; Patriots; Jets;
Redskins; Eagles; Vikings; Bears; Saints; Falcons; Panthers; Chargers; Chiefs; All Blacks;
Springboks; Wallabies; Brumbies; Crusaders; Essendon; Collingwood; Hawthorn; Surrey; Yorkshire;
Lancashire; Essex; Kent; Sussex; Warwickshire; Leicestershire; Nottinghamshire; Northamptonshire;
Worcestershire; Glamorgan; Derbyshire; Middlesex
"""
_EVENTS = """
World Cup; European Cup; UEFA Cup; Davis Cup; Fed Cup; Ryder Cup; Stanley Cup; World Series; Super
Bowl; U.S. Open; French Open; Australian Open; Wimbledon; Masters; Olympic Games; Asian Games;
Africa Cup of Nations; Copa America; Champions League; Premier League; Tour de France; Grand Prix
"""
_AGENCIES = "Reuters; AP; AFP; Xinhua; Interfax; Itar-Tass; Kyodo; ANSA; PTI; UPI; Bloomberg"
_SPORTS = """
SOCCER; TENNIS; BASKETBALL; BASEBALL; ICE HOCKEY; CRICKET; RUGBY UNION; RUGBY LEAGUE; GOLF;
CYCLING; ATHLETICS; BOXING; MOTOR RACING; SWIMMING; ALPINE SKIING; VOLLEYBALL; HANDBALL;
BADMINTON; SQUASH
"""
_COUNTRIES = """
Argentina; Australia; Austria; Bangladesh; Belgium; Brazil; Britain; Bulgaria; Cameroon; Canada;
Chile; China; Colombia; Croatia; Czech Republic; Denmark; Ecuador; Egypt; England; Finland;
France; Georgia; Germany; Ghana; Greece; Hungary; India; Indonesia; Iran; Iraq; Ireland; Israel;
Italy; Ivory Coast; Jamaica; Japan; Kazakhstan; Kenya; Mexico; Morocco; Netherlands; New Zealand;
Nigeria; Norway; Pakistan; Paraguay; Peru; Poland; Portugal; Romania; Russia; Scotland; Senegal;
Slovakia; Slovenia; South Africa; South Korea; Spain; Sri Lanka; Sweden; Switzerland; Syria;
Thailand; Tunisia; Turkey; U.S.; Ukraine; United States; Uruguay; Uzbekistan; Wales; West Indies;
Yugoslavia; Zambia; Zimbabwe
"""
# Where clubs that are called by a city are at home.
_CITIES = """
Aberdeen; Accra; Adelaide; Amsterdam; Anaheim; Antwerp; Athens; Atlanta; Auckland; Augsburg;
Auxerre; Avellino; Baltimore; Barcelona; Bari; Basel; Bastia; Belgrade; Bergen; Bielefeld;
Birmingham; Blackpool; Bochum; Bologna; Bolton; Bordeaux; Boston; Bournemouth; Brescia; Brisbane;
Bristol; Bruges; Bucharest; Buffalo; Burnley; Bury; Cagliari; Calgary; Canberra; Cannes;
Canterbury; Cardiff; Catania; Charlotte; Chicago; Cincinnati; Cleveland; Cologne; Colorado; Como;
Cosenza; Coventry; Cremona; Dallas; Darlington; Denver; Derby; Detroit; Doncaster; Dortmund;
Dresden; Duisburg; Dundee; Durban; Edmonton; Eindhoven; Empoli; Exeter; Falkirk; Florida; Foggia;
Frankfurt; Fulham; Gelsenkirchen; Genoa; Ghent; Gijon; Glasgow; Golden State; Gothenburg; Graz;
Grenoble; Groningen; Guingamp; Hamburg; Hannover; Hartford; Hartlepool; Helsingborg; Houston;
Hull; Ibadan; Indiana; Innsbruck; Ipswich; Johannesburg; Kaiserslautern; Kansas City; Karlsruhe;
Kilmarnock; La Coruna; Lausanne; Le Havre; Lecce; Leeds; Lens; Leicester; Lille; Lincoln;
Liverpool; Livorno; Logrones; Los Angeles; Lucerne; Luton; Lyon; Malaga; Mallorca; Malmo;
Marseille; Melbourne; Metz; Miami; Middlesbrough; Milan; Milwaukee; Minnesota; Modena; Monaco;
Montpellier; Montreal; Motherwell; Munich; Nancy; Nantes; Naples; New Jersey; New York; Newcastle;
Nice; Norwich; Nottingham; Nuremberg; Oakland; Odense; Oldham; Orlando; Osasuna; Ottawa; Oviedo;
Padova; Palermo; Parma; Perth; Perugia; Philadelphia; Phoenix; Piacenza; Pittsburgh; Plymouth;
Portland; Portsmouth; Preston; Reading; Reggiana; Rennes; Rochdale; Rostock; Rotterdam;
Sacramento; Saint-Etienne; Salernitana; Salzburg; San Antonio; San Diego; San Francisco; San Jose;
Santander; Saragossa; Seattle; Seville; Sheffield; Sion; Southampton; St. Gallen; St. Louis;
Stockport; Stoke; Strasbourg; Stuttgart; Sunderland; Swansea; Swindon; Sydney; Tampa Bay;
Tenerife; Texas; Tilburg; Toronto; Toulouse; Trondheim; Turin; Udinese; Utah; Utrecht; Valencia;
Valladolid; Vancouver; Venezia; Verona; Vicenza; Vigo; Walsall; Washington; Watford; Wigan;
Wimbledon; Winnipeg; Wrexham; Wycombe; York; Zaragoza; Zurich
"""
_ARMS = "Armoured; Infantry; Mechanised; Airborne; Marine; Artillery; Cavalry; Mountain; Tank"

# The slots of each kind. T: team, O: any organization, A: agency, U: military unit, P: person, S: a
# family name alone, C: country, L: any place, E: event. Y is the name of a sport, and no name; n, m
# and k are digits of a number.
_SLOTS = {"org": "TOAU", "person": "PS", "place": "CL", "misc": "E"}
_HEADS = """
{Y} - {T} BEAT {T} TO GO TOP .
{Y} - {S} WINS IN {L} .
{Y} - {S} INJURED AS {T} LOSE .
{Y} - {C} NAME SQUAD FOR {E} .
{Y} - {T} SIGN {S} FROM {T} .
{Y} - {S} BEATS {S} TO REACH FINAL .
{Y} - {C} BEAT {C} n-n .
{Y} - RESULTS OF {C} FIRST DIVISION MATCHES .
{Y} - {E} RESULTS .
{Y} - {T} HOLD {T} TO DRAW .
{C} DENIES PLAN TO BUY ARMS FROM {C} .
{O} SEES HIGHER PROFIT THIS YEAR .
{O} SHARES FALL AFTER {L} RULING .
{S} ARRIVES IN {L} FOR TALKS .
{S} TO MEET {S} IN {L} NEXT WEEK .
{L} STOCKS CLOSE HIGHER .
{C} 'S {S} CALLS FOR CALM .
{C} REBELS ATTACK {L} , KILL mm .
POLICE ARREST mm AFTER {L} RIOT .
{O} TO CUT kkk JOBS IN {C} .
SHIP SINKS OFF {C} , mm MISSING .
{L} mm
"""
_LINES = """
{T} n {T} n
{T} n , {T} n
{T} n {T} n ( halftime n-n )
{T} kkk {T} mm
{T} AT {T}
{T} at {T}
{T} vs. {T}
{T} v {T}
{T} mm mm n n mm mm mm
{T} mm mm .mmk -
{T} mm n n n mm mm mm
Scorers :
{T} - {P} mm , {P} mm
{T} : {P} ( mmth ) , {P} ( mmth minute )
Attendance : mm,kkk
Standings ( tabulated under played , won , drawn , lost , goals for , goals against , points ) :
Results of matches played on Saturday :
n. {P} ( {C} ) mm.mm seconds
n. {P} ( {C} ) n hours mm minutes mm seconds
n. {P} ( {C} , {T} ) n points
mm {P} ( {C} ) mm mm mm
n - {P} ( {C} ) beat {P} ( {C} ) n-n n-n n-n
{P} ( {C} ) beat {P} ( {C} ) n-n n-n
{P} , {C} , beat {P} , {C} , n-n , n-n
{P} ( {C} ) bt {P} ( {C} ) mm-mm mm-n
Quarter-finals
Leading scorers : mm - {P} ( {T} ) ; n - {P} ( {T} ) , {P} ( {T} )
{S} c {S} b {S} mm
{S} lbw b {S} mm
{S} not out mm
{S} mm-n-mm-n
{T} : mmm for n ( {P} mm , {P} n-mm )
{C} kkk-n ( {S} mm , {S} mm )
{T} {L} {T} {L}
{T} beat {T} n-n on Saturday .
{T} beat {T} n-n in {L} on Sunday to move into second place .
{P} scored twice as {T} defeated {T} kkk-mm .
{P} hit a home run as the {T} beat {T} n-n .
In {L} , {P} scored mm points as {T} beat {T} .
{T} striker {P} will miss the match against {T} , coach {P} said .
{T} coach {P} said {S} was fit to play .
{C} beat {C} n-n ( halftime n-n ) in their {E} qualifier on Wednesday .
{C} captain {P} won the toss and chose to bat against {C} in {L} .
The {C} goalkeeper {P} joined {T} from {T} for n million pounds .
World champion {P} of {C} beat {P} of {C} in the second round of the {E} .
{P} , who left {T} for {T} last year , said : " I am happy here . "
{T} have signed midfielder {P} from {T} .
{T} ( n ) n {T} ( n ) n
{L} , {T} n
"""
_NEWS = """
{L} ( {A} ) - {O} said on Tuesday it would sell its unit in {C} .
{L} 1997-mm-mm
By {P}
By {P} and {P}
-- {P} , {L} newsroom
-- {O} newsroom , kkk-kkkk
( {A} ) - {P} , head of {O} , said on Monday .
( Reporting by {P} ; Editing by {P} and {P} )
( Reporting by {P} in {L} and {P} in {L} ; Writing by {P} )
( This article was written by {P} and {P} . )
( {A} Photo / {P} )
Photo : {P} / {A}
{P} is a reporter for {O} .
These are some of the leading stories in {L} newspapers on Friday . {A} has not verified them .
{P} , an analyst at {O} in {L} , said {O} would gain .
{L} at {L}
Shares of {O} rose n percent in {L} while {O} lost n percent .
"{O} is strong , " said {P} of {O} .
{C} 's {P} met {C} 's {P} in {L} .
The rebels of {P} hold {L} , {L} and {L} near the border with {C} .
"""
_ARMY = """
{U} moved from {L} to {L} on Sunday .
Troops of {U} took {L} , a spokesman for {O} said .
Soldiers from {U} and {U} met near {L} .
{P} commands {U} .
Near {L} , two strikes engaged a unit and destroyed a vehicle .
Near {L} , a strike destroyed a weapons cache .
Fighting went on in {L} and {L} , activists said .
The {C} army sent {U} to {L} .
{O} claimed the attack on {L} .
"""


def _listed(words: str) -> list[str]:
    return [" ".join(word.split()) for word in words.split(";")]


def _lines(patterns: str) -> list[str]:
    return [line for line in patterns.split("\n") if line]


_KINDS = {slot: kind for kind, slots in _SLOTS.items() for slot in slots}


class _Maker:
    """Fills slots by chance."""

    def __init__(self, texts: Iterable[Text], chance: random.Random) -> None:
        self.chance = chance
        names: dict[str, set[str]] = {"person": set(), "place": set(), "org": set()}
        for text, spans in texts:
            for start, end, kind in spans:
                if kind in names:
                    names[kind].add(text[start:end])
        plain = re.compile(r"[^\W\d_][^\W\d_'’-]+(?: [^\W\d_][^\W\d_'’.-]+){0,3}")
        self.names = {
            kind: sorted(n for n in found if plain.fullmatch(n) and n[0].isupper())
            for kind, found in names.items()
        }
        self.persons = [n for n in self.names["person"] if 1 <= n.count(" ") <= 2]
        self.places = [n for n in self.names["place"] if n.count(" ") < 2]
        self.clubs, self.events = _listed(_CLUBS), _listed(_EVENTS)
        self.agencies, self.sports = _listed(_AGENCIES), _listed(_SPORTS)
        self.arms, self.countries = _listed(_ARMS), _listed(_COUNTRIES)
        self.cities = _listed(_CITIES)

    def name(self, slot: str) -> str:
        pick = self.chance.choice
        if slot == "T":
            return pick(self.clubs if self.chance.random() < 0.4 else self.cities)
        if slot in "PS":
            person = pick(self.persons)
            return person if slot == "P" else person.split()[-1]
        if slot in "CL":
            either = self.cities if self.chance.random() < 0.5 else self.places
            return pick(self.countries if slot == "C" else either)
        if slot == "O":
            return pick(self.names["org"])
        if slot == "U":
            ordinal = f"{self.chance.randint(1, 99)}th"
            return f"{ordinal} {pick(self.arms)} {pick(['Brigade', 'Division', 'Battalion'])}"
        return pick({"E": self.events, "A": self.agencies, "Y": self.sports}[slot])

    def number(self, digits: str) -> str:
        return str(self.chance.randint(10 ** (len(digits) - 1), 10 ** len(digits) - 1))

    def line(self, pattern: str, text: str, names: list[tuple[int, int, str]]) -> str:
        """Adds a filled pattern to a text."""
        for part in re.split(r"(\{.\}|\b[nmk]+(?=\b|th))", pattern):
            if part.startswith("{"):
                name, kind = self.name(part[1]), _KINDS.get(part[1])
                shout = re.search(r"[a-z]{3}", re.sub(r"\{.\}", "", pattern)) is None
                if shout and re.search(r"[A-Z]{2}", pattern) and len(name.upper()) == len(name):
                    name = name.upper()
                if kind:
                    names.append((len(text), len(text) + len(name), kind))
                text += name
            elif re.fullmatch(r"[nmk]+", part):
                text += self.number(part)
            else:
                text += part
        return text + "\n"

    def text(self) -> Text:
        pick, text = self.chance.choice, ""
        names: list[tuple[int, int, str]] = []
        heads, sport = _lines(_HEADS), self.chance.random() < 0.6
        for _ in range(self.chance.randint(1, 2)):
            text = self.line(pick(heads[:10] if sport else heads[10:]), text, names)
        lines = _lines(_LINES) if sport else _lines(_NEWS) + _lines(_ARMY)
        for _ in range(self.chance.randint(4, 12)):
            pattern = pick(lines)
            for _ in range(self.chance.randint(1, 4) if sport and len(pattern) < 40 else 1):
                text = self.line(pattern, text, names)
        if self.chance.random() < 0.5:
            return _joined(text, names)
        return text, names


def _joined(text: str, names: list[tuple[int, int, str]]) -> Text:
    """The same text without spaces before marks."""
    out, at, moved = "", 0, []
    gone = [m.start() for m in re.finditer(r" (?=[.,;:)](?:\s|$))| (?='s )", text)]
    gone += [m.start() + 1 for m in re.finditer(r"[(] ", text)]
    gaps = sorted(gone)
    for gap in gaps:
        out += text[at:gap]
        at = gap + 1
    out += text[at:]
    for start, end, kind in names:
        before = sum(1 for gap in gaps if gap < start)
        within = sum(1 for gap in gaps if start <= gap < end)
        moved.append((start - before, end - before - within, kind))
    return out, moved


def made_texts(texts: Iterable[Text], count: int, seed: int) -> list[Text]:
    """So many texts, filled with the names of the texts given; none where those have too few."""
    maker = _Maker(texts, random.Random(seed))
    if min(len(maker.persons), len(maker.places), len(maker.names["org"])) < _LEAST:
        return []
    return [maker.text() for _ in range(count)]
