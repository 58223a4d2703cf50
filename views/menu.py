"""The persistent keyboard under the chat and the commands in its menu, by role."""

import zlib
from functools import cache
from math import ceil

from storage.kinds import Language, Role
from storage.records import Me
from views.card import Key, Keyboard, in_rows
from views.texts import plain

REPORT = "key-report"
SEND_PLACE = "key-send-place"
MY_REPORTS = "key-my-reports"
MY_CASES = "key-my-cases"
MY_POINTS = "key-my-points"
SHOPS = "key-shops"
STATIONS = "key-stations"
MY_SHOP = "key-my-shop"
MY_STATION = "key-my-station"
SETTINGS = "key-settings"
HELP = "key-help"
INVITE = "key-invite"
DUTY = "key-duty"
STATS = "key-stats"
HERE = "key-here"
NO_PLACE = "key-no-place"
KEYS = (
    *(REPORT, SEND_PLACE, MY_REPORTS, MY_CASES, MY_POINTS, STATIONS, SHOPS, MY_SHOP, MY_STATION),
    *(SETTINGS, HELP, INVITE, DUTY, STATS, HERE, NO_PLACE),
)
EVALUATE = {Role.LEAD, Role.DESK, Role.ADMIN}
WIDE = 3
"""Keys that a row has at most."""
HAVE_CASES = {Role.OFFICER, Role.LEAD, Role.DESK, Role.ADMIN}


def keyboard(me: Me) -> Keyboard:
    """The main menu: two taps (camera, place) make a report."""

    def key(name: str, *, asks_place: bool = False) -> Key:
        return Key(plain(me.language, name), asks_place=asks_place)

    between = {
        MY_CASES: me.roles & HAVE_CASES,
        MY_REPORTS: True,
        STATS: me.roles & EVALUATE,
        MY_POINTS: True,
        STATIONS: True,
        SHOPS: True,
        MY_SHOP: Role.MERCHANT in me.roles,
        MY_STATION: Role.KEEPER in me.roles,
    }
    keys = [key(name) for name, is_shown in between.items() if is_shown]
    each = ceil(len(keys) / ceil(len(keys) / WIDE))  # rows of about one length
    rows = [(key(SEND_PLACE, asks_place=True), key(REPORT)), *in_rows(each, keys)]
    last = [key(SETTINGS), key(HELP)]
    if Role.OFFICER in me.roles:
        last.insert(0, key(DUTY))
    if Role.ADMIN in me.roles:
        last.insert(0, key(INVITE))
    rows.append(tuple(last))
    return tuple(rows)


def where(me: Me) -> Keyboard:
    """While an officer's place is asked for: one tap sends it. The main menu comes back with what follows."""
    return ((Key(plain(me.language, HERE), asks_place=True),), (Key(plain(me.language, NO_PLACE)),))


COMMANDS = ("report", "reports", "points", "stations", "shops", "settings", "help")
MERCHANT_COMMANDS = ("shop",)
KEEPER_COMMANDS = ("station",)
OFFICER_COMMANDS = ("cases", "duty")
LEAD_COMMANDS = ("stats",)
ADMIN_COMMANDS = ("credit", "invite", "place", "warn", "usage", "audit", "lift")
EMERGENCY, TASKS, ACTIVITY = "emergency", "tasks", "activity"


def commands(language: Language, roles: frozenset[Role]) -> tuple[tuple[str, str], ...]:
    """The commands (without the slash) and their descriptions that a person with these roles sees."""
    names = list(COMMANDS)
    if roles & HAVE_CASES:
        names[2:2] = OFFICER_COMMANDS if Role.OFFICER in roles else OFFICER_COMMANDS[:1]
    if roles & {Role.OFFICER, Role.DESK, Role.ADMIN}:
        names.insert(-2, EMERGENCY)
    if roles & {Role.OFFICER, Role.MEMBER}:
        names.insert(-2, TASKS)
    if Role.MERCHANT in roles:
        names[-2:-2] = MERCHANT_COMMANDS
    if Role.KEEPER in roles:
        names[-2:-2] = KEEPER_COMMANDS
    if roles & EVALUATE:
        names[-2:-2] = LEAD_COMMANDS
    if roles & {Role.LEAD, Role.ADMIN}:
        names.insert(-2, ACTIVITY)
    if Role.ADMIN in roles:
        names[-2:-2] = ADMIN_COMMANDS
    return tuple((name, plain(language, f"command-{name}")) for name in names)


def mark(me: Me) -> str:
    """Names what `commands` gives: changes when the person must be shown others, also by a new version."""
    return _mark(me.language, me.roles)


@cache
def _mark(language: Language, roles: frozenset[Role]) -> str:
    shown = zlib.crc32(repr(commands(language, roles)).encode())
    return f"{language} {shown:08x}"
