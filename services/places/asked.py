"""Whether words ask for places: «充电», «厕所 24小时», «parking near me».

A hazard comes first. Words with a keyword of one are a report; and so is all that says anything besides what places
are asked for by («厕所堵了», «charger broken»): a question is made of the words of `data/places.toml` alone.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from storage.categories import names_hazard
from storage.facilities import asking, facilities, kinds
from storage.near_places import Wanted
from storage.place_records import KindRecord

LONGEST = 60
"""Signs of a question; more are a story."""
_END = re.compile(r"(?:s|ing)?(?![a-z0-9])")
_BETWEEN = re.compile(r"[\s,.;:!?、，。；：！？…~·/+&（）()“”\"-]+")

_Means = tuple[str, str]
"""What a word stands for: whether it names a kind, a facility …, and which."""
_OPEN, _ALL_DAY, _FILLER, _KIND, _FACILITY = "open", "all_day", "filler", "kind", "facility"


def wanted(text: str, there: Mapping[str, KindRecord]) -> Wanted | None:
    """What is asked for; None: these words are no question for places.

    ``there``: the kinds of which there are places; imports may have named more than the file has.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().replace("’", "'").split())
    if not plain or len(plain) > LONGEST or names_hazard(plain):
        return None
    alone = _BETWEEN.sub("", plain)
    for one in facilities().values():
        if alone in one.alone:
            return Wanted(facilities=frozenset({one.code}))
    named = tuple((kind.code, name.lower()) for kind in there.values() for name in kind.names.values() if name)
    found = _read(plain, _words(named))
    return _made_of(found) if found is not None else None


def _made_of(found: Iterable[_Means]) -> Wanted | None:
    asked = Wanted()
    for what, code in found:
        match what:
            case "kind":
                asked = replace(asked, kinds=asked.kinds | {code})
            case "facility":
                asked = replace(asked, facilities=asked.facilities | {code})
            case "all_day":
                asked = replace(asked, is_all_day=True)
    return asked if asked != Wanted() else None


def _read(text: str, words: Mapping[str, list[tuple[str, _Means]]]) -> list[_Means] | None:
    """What the words stand for, from the left and the longest first; None: there is a word that is not known."""
    found: list[_Means] = []
    at = 0
    while at < len(text):
        if (gap := _BETWEEN.match(text, at)) is not None:
            at = gap.end()
            continue
        for word, means in words.get(text[at], ()):
            if (end := _ends(text, at, word)) is not None:
                found.append(means)
                at = end
                break
        else:
            return None
    return found


def _ends(text: str, at: int, word: str) -> int | None:
    """Where the word ends that begins there, if it does; of a Latin one, with what may follow (`toilets`)."""
    if not text.startswith(word, at):
        return None
    end = at + len(word)
    if not (word[-1].isascii() and word[-1].isalnum()) or word[-1].isdigit():
        return end
    if not word.isascii():
        return end
    match = _END.match(text, end)
    return match.end() if match is not None else None


@lru_cache(maxsize=4)
def _words(named: tuple[tuple[str, str], ...]) -> dict[str, list[tuple[str, _Means]]]:
    """All words by their first sign, the longest first; of equal ones, what says more is first."""
    means: dict[str, _Means] = {}
    how = asking()
    for what, said in ((_FILLER, how.fillers), (_OPEN, how.open), (_ALL_DAY, how.all_day)):
        means |= dict.fromkeys(said, (what, ""))
    means |= {name: (_KIND, code) for code, name in named}
    means |= {word: (_KIND, one.code) for one in kinds().values() for word in one.words}
    means |= {word: (_FACILITY, one.code) for one in facilities().values() for word in one.words}
    by_sign: dict[str, list[tuple[str, _Means]]] = defaultdict(list)
    for word in sorted(means, key=len, reverse=True):
        by_sign[word[0]].append((word, means[word]))
    return dict(by_sign)
