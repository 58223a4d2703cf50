"""Reports near each other, and pictures that look the same"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply. SQLite adds columns in place: to copy a table would break what points at it."""
    op.create_table('picture_bands',
    sa.Column('id', KEY, nullable=False),
    sa.Column('band', sa.Integer(), nullable=False),
    sa.Column('picture_hash', sa.String(length=16), nullable=False),
    sa.Column('attachment_id', KEY, nullable=False),
    sa.Column('added_at', MOMENT, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_picture_bands'))
    )
    op.create_index('ix_picture_bands_band', 'picture_bands', ['band', 'added_at'])
    op.create_index('ix_picture_bands_added', 'picture_bands', ['added_at'])
    op.add_column('attachments', sa.Column('picture_hash', sa.String(length=16), nullable=True))
    op.add_column('attachments', sa.Column('same_as_id', KEY, nullable=True))
    said = sa.ForeignKey('reports.id', name=op.f('fk_drafts_not_same_id'))
    op.add_column('drafts', sa.Column('not_same_id', KEY, said, nullable=True), inline_references=True)
    op.add_column('drafts', sa.Column('is_another', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('drafts', sa.Column('file_at', MOMENT, nullable=True))
    op.create_index('ix_drafts_file_at', 'drafts', ['file_at'])
    op.add_column('reports', sa.Column('cell', sa.BigInteger(), nullable=True))
    other = sa.ForeignKey('reports.id', name=op.f('fk_reports_maybe_same_id'))
    op.add_column('reports', sa.Column('maybe_same_id', KEY, other, nullable=True), inline_references=True)
    op.create_index('ix_reports_near', 'reports', ['cell', 'status', 'category', 'filed_at'])
    asks = sa.text("maybe_same_id IS NOT NULL")
    op.create_index('ix_reports_maybe_same', 'reports', ['maybe_same_id'], sqlite_where=asks, postgresql_where=asks)
    op.create_index('ix_offers_person', 'offers', ['person_id', 'state'])
    op.drop_index('ix_offers_person_id', table_name='offers')
    of_no_report = sa.text("report_id IS NULL")
    op.create_index('ix_outbox_lists', 'outbox', ['person_id', 'message'], sqlite_where=of_no_report,
        postgresql_where=of_no_report)

    # As `services/nearby.py` counts them: thousandths of a degree from the south and from the west.
    whole = "CAST({} AS INTEGER)" if op.get_context().dialect.name == "sqlite" else "CAST(floor({}) AS BIGINT)"
    rows, columns = whole.format("(latitude + 90) * 1000"), whole.format("(longitude + 180) * 1000")
    op.execute(f"UPDATE reports SET cell = {rows} * 1000000 + {columns}")
