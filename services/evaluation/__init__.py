"""Evaluation: how many reports there were, and how well what was promised was kept.

What is counted:

- *number*: reports filed in the period, also withdrawn and merged ones. Of those two nothing else counts, but what was
  late when it was merged, and how often they were reopened before.
- *accepted on time*: of the reports that were accepted, or whose time to be accepted is over, those accepted by then.
  The first acceptance counts, by the promise that then held.
- *whose*: a report counts for the officer who has it, or had it last. A kept promise counts for who kept it, a broken
  one for who was responsible when it broke, and once: who gets the report later, alone or with one that is merged into
  his, is not judged by it.
- *resolved on time*: the same of the fix, and of its promise, which a pause puts off and a reopening renews; a fix that
  did not hold does not count. Rejected reports have none.
- *times*: from filing to the first acceptance, and to the fix, by the clock on the wall. p50 and p90 by nearest rank
  (https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method): the time that half, and nine in ten, did not
  exceed.
- *reopened*: how often reports of the period were reopened.
- *rating*: the stars given to reports of the period.

Administrators and the desk see all of the county, a lead the reports of the grids of his communities and towns.
Databases do the counting: `services/promptness.py` has written down what each report adds.
"""

from services.evaluation.answers import (
    PAGE,
    behind,
    evaluate,
    evaluate_group,
    evaluate_scope,
    total_of,
    whole,
    whole_scope,
)
from services.evaluation.scope import EVERYONE, scope_of

__all__ = [
    "EVERYONE",
    "PAGE",
    "behind",
    "evaluate",
    "evaluate_group",
    "evaluate_scope",
    "scope_of",
    "total_of",
    "whole",
    "whole_scope",
]
