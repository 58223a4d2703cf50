"""What a list of shops said last, and the rate at which a shop took points"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. SQLite adds columns in place: to copy a table would break what points at it."""
    op.add_column('merchants', sa.Column('imported', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('items', sa.Column('imported', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('redemptions', sa.Column('fen_a_point', sa.Integer(), nullable=True))
    op.add_column('merchant_months', sa.Column('worth', sa.Integer(), server_default=sa.text('0'), nullable=False))

    op.execute('UPDATE merchant_months SET worth = points * fen_a_point')
    op.execute(
        'UPDATE redemptions SET fen_a_point = COALESCE('
        '(SELECT paid.fen_a_point FROM merchant_months paid'
        ' WHERE paid.merchant_id = redemptions.merchant_id AND paid.month = redemptions.month),'
        ' (SELECT shop.fen_a_point FROM merchants shop WHERE shop.id = redemptions.merchant_id))'
        ' WHERE month IS NOT NULL AND points > 0'
    )
