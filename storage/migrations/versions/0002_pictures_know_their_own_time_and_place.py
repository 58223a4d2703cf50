"""Pictures know their own time and place; who was asked what he is"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. SQLite adds and drops columns in place: to copy a table would break what points at it."""
    op.add_column('attachments', sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('attachments', sa.Column('latitude', sa.Double(), nullable=True))
    op.add_column('attachments', sa.Column('longitude', sa.Double(), nullable=True))
    op.add_column('attachments', _no('is_doubtful'))
    op.add_column('drafts', _no('is_outside'))
    op.add_column('drafts', _no('joins'))
    op.add_column('drafts', _no('answers'))
    op.add_column('people', _no('was_asked_kind'))
    _carry_over()
    for name in ('asking', 'asked_latitude', 'asked_longitude', 'taken_at'):
        op.drop_column('drafts', name)


def _carry_over() -> None:
    """What a draft knew of its pictures, each of its image files knows now; which one it came from was not kept."""
    op.execute("""
        UPDATE drafts SET joins = (1 = 1)
        WHERE join_report_id IS NOT NULL AND (asking IS NULL OR asking <> 'join')
    """)
    op.execute("""
        UPDATE attachments SET
            latitude = (SELECT coalesce(d.asked_latitude, d.latitude) FROM drafts d WHERE d.id = draft_id),
            longitude = (SELECT coalesce(d.asked_longitude, d.longitude) FROM drafts d WHERE d.id = draft_id)
        WHERE kind = 'image_file' AND draft_id IN (
            SELECT id FROM drafts WHERE place_source = 'exif' OR asked_latitude IS NOT NULL
        )
    """)
    op.execute("""
        UPDATE attachments SET
            taken_at = (SELECT d.taken_at FROM drafts d WHERE d.id = draft_id),
            is_doubtful = (1 = 1)
        WHERE kind = 'image_file' AND draft_id IN (SELECT id FROM drafts WHERE taken_at IS NOT NULL)
    """)


def _no(name: str) -> sa.Column[bool]:
    """Yes or no; so far always no."""
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
