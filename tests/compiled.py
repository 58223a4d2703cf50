"""What SQLAlchemy has made of a statement for one store serves all later stores of a run.

Each test opens a store of its own, so that without this each statement is compiled anew in each test: a quarter of what
the tests of the rules cost. In production a process has one store and compiles a statement once.
"""

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

MOST = 4000
"""Statements that are kept of each dialect."""


def share() -> None:
    """From now on, engines of the same dialect share what is compiled."""
    kept: dict[type, LRUCache[object, object]] = {}
    make = Engine.__init__

    def share_and_make(self: Engine, *arguments: object, **options: object) -> None:
        make(self, *arguments, **options)  # type: ignore[arg-type]
        self._compiled_cache = kept.setdefault(type(self.dialect), LRUCache(MOST))  # type: ignore[assignment]

    Engine.__init__ = share_and_make  # type: ignore[method-assign]
    # The dialect is a part of each statement's key. Those of a run are set up alike.
    DefaultDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
    DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
