"""Places as administrators and keepers make and change them in chat."""

from storage.records import Brief
from views.card import Card
from views.texts import say


def removed(brief: Brief) -> Card:
    """To its keepers."""
    assert brief.named is not None
    return Card(text=say(brief.to.language, "told-place-removed", place=brief.named[brief.to.language]))
