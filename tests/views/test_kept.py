"""A card that is kept in the store comes out as it went in."""

import json
from dataclasses import replace

from storage.kinds import Language
from tests.views.showing import usual_cards
from views.kept import pack, unpack


def test_every_card_comes_out_as_it_went_in() -> None:
    for name, card in usual_cards(Language.EN):
        kept = json.loads(json.dumps(pack(card)))
        where = {"edits": None, "deletes": None, "replaces": (), "replies_to": None, "makes": None, "names": ()}
        assert unpack(kept) == replace(card, **where), name
