"""Read the rows of a file of officers, and hold them against the grids and against each other."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.imports.results import BadRow, Reason
from services.imports.values import Unfit, one_of, refuse_extra, text
from storage.kinds import Language
from storage.schema import Grid
from storage.tables import Row

DUTIES = {"primary": True, "deputy": False}
SEPARATOR = re.compile("[;,\uff1b\uff0c\u3001]")
"""Between grids and between duties, also as typed on a Chinese keyboard."""
GRIDS = select(Grid.id, Grid.code, Grid.community).where(Grid.removed_at.is_(None))

Duties = dict[int, bool]
"""Whether primary, by the grid's id."""


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """A row that can be taken."""

    number: int
    name: str
    phone: str
    language: Language | None
    duties: Duties


class OfficerReader:
    """Reads row by row, remembering what no two rows may both have: a phone, and being primary of a grid."""

    def __init__(self, session: Session) -> None:
        self.grids = {code: (id_, community) for id_, code, community in session.execute(GRIDS)}
        self.good: list[OfficerRow] = []
        self.bad: list[BadRow] = []
        self.phones: dict[str, int] = {}
        self.primaries: dict[int, int] = {}

    def read(self, row: Row) -> None:
        """Put a row among the good or the bad."""
        try:
            self.good.append(self._read(row))
        except Unfit as unfit:
            self.bad.append(unfit.at(row.number))

    def _read(self, row: Row) -> OfficerRow:
        refuse_extra(row)
        phone = normal_phone(text(row, "phone", most=40))
        if self.phones.setdefault(phone, row.number) != row.number:
            raise Unfit(Reason.PHONE_TWICE, phone=phone, number=self.phones[phone])
        duties = self._duties(row)
        language = row.values.get("language", "")
        read = OfficerRow(
            row.number,
            text(row, "name", most=200),
            phone,
            Language(one_of(Language, language, column="language")) if language else None,
            {self.grids[code][0]: is_primary for code, is_primary in duties.items()},
        )
        for code, is_primary in duties.items():
            number = self.primaries.get(self.grids[code][0])
            if is_primary and number is not None:
                raise Unfit(Reason.SECOND_PRIMARY, code=code, number=number)
        self.primaries |= {grid_id: row.number for grid_id, is_primary in read.duties.items() if is_primary}
        return read

    def _duties(self, row: Row) -> dict[str, bool]:
        codes = _split(text(row, "grid", most=4000).upper())
        if not codes:
            raise Unfit(Reason.NO_VALUE, column="grid")
        words = _split(row.values.get("duty", "")) or ["primary"]
        if len(words) == 1:
            words *= len(codes)
        if len(words) != len(codes):
            raise Unfit(Reason.DUTIES_UNEVEN, duties=len(words), grids=len(codes))
        duties: dict[str, bool] = {}
        for code, word in zip(codes, words, strict=True):
            if code not in self.grids:
                raise Unfit(Reason.UNKNOWN_GRID, code=code)
            if code in duties:
                raise Unfit(Reason.GRID_TWICE, code=code)
            if word.lower() not in DUTIES:
                raise Unfit(Reason.BAD_WORD, column="duty", value=word, allowed=", ".join(DUTIES))
            duties[code] = DUTIES[word.lower()]
        self._check_community(row, codes)
        return duties

    def _check_community(self, row: Row, codes: list[str]) -> None:
        """The community is not kept (grids have it); one that fits none of the grids shows that a code is wrong."""
        community = row.values.get("community", "")
        actual = dict.fromkeys(self.grids[code][1] for code in codes)
        if community and community not in actual:
            raise Unfit(Reason.OTHER_COMMUNITY, community=community, actual=", ".join(actual))


def normal_phone(value: str) -> str:
    """A phone number without spaces, hyphens, brackets and China's country code, so that one person is found again.

    Raises:
        Unfit: it is no phone number.
    """
    digits = re.sub(r"[\s()\uff08\uff09.\-\u2010-\u2015]", "", value)
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)
    if not re.fullmatch(r"\+?[0-9]{5,20}", digits):
        raise Unfit(Reason.BAD_PHONE, value=value)
    return digits


def _split(value: str) -> list[str]:
    return [part.strip() for part in SEPARATOR.split(value) if part.strip()]
