"""Photos of places that a file brought, and their addresses in English"""

import sqlalchemy as sa
from alembic import op


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. Nothing points at photos, so SQLite may copy their table."""
    op.add_column('service_places', sa.Column('address_en', sa.String(length=200), server_default=sa.text("''"), nullable=False))
    with op.batch_alter_table('place_photos') as batch:
        batch.add_column(sa.Column('media_hash', sa.String(length=64), nullable=True))
        batch.alter_column('file_id', existing_type=sa.String(length=200), nullable=True)
        batch.alter_column('file_unique_id', existing_type=sa.String(length=64), nullable=True)
        batch.alter_column('added_by', existing_type=sa.Integer(), nullable=True)
