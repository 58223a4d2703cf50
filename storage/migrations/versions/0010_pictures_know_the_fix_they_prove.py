"""Pictures know the fix that they prove: it may be of several reports, and a reopened report has several"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    """Apply. SQLite adds columns in place: to copy a table would break what points at it."""
    fix = sa.ForeignKey('resolutions.id', name=op.f('fk_attachments_resolution_id'))
    op.add_column('attachments', sa.Column('resolution_id', KEY, fix, nullable=True), inline_references=True)
    op.create_index('ix_attachments_resolution_id', 'attachments', ['resolution_id'])
