"""Invites for several grids"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. The grids of old invites are read first: SQLite makes the table of invites anew."""
    kept = op.get_bind().execute(sa.text('SELECT id, grid_id FROM invites WHERE grid_id IS NOT NULL')).all()
    with op.batch_alter_table('invites', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_invites_grid_id'), type_='foreignkey')
        batch_op.drop_column('grid_id')

    grids = op.create_table('invite_grids',
    sa.Column('invite_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('grid_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['grid_id'], ['grids.id'], name=op.f('fk_invite_grids_grid_id')),
    sa.ForeignKeyConstraint(['invite_id'], ['invites.id'], name=op.f('fk_invite_grids_invite_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('invite_id', 'grid_id', name=op.f('pk_invite_grids'))
    )
    op.bulk_insert(grids, [{'invite_id': invite, 'grid_id': grid} for invite, grid in kept])


def downgrade() -> None:
    """Undo. Of an invite's grids the first one is kept."""
    kept = op.get_bind().execute(sa.text('SELECT invite_id, min(grid_id) FROM invite_grids GROUP BY invite_id')).all()
    op.drop_table('invite_grids')
    with op.batch_alter_table('invites', schema=None) as batch_op:
        batch_op.add_column(sa.Column('grid_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_invites_grid_id'), 'grids', ['grid_id'], ['id'])

    for invite, grid in kept:
        op.get_bind().execute(sa.text('UPDATE invites SET grid_id = :grid WHERE id = :id'), {'grid': grid, 'id': invite})
