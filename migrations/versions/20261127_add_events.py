"""Add events: places, who comes, how it was, and what is announced to many cases."""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.add_column('broadcasts', sa.Column('opens', sa.Text(), nullable=True))
    op.create_table('announcements',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('event', sa.String(length=60), nullable=False),
    sa.Column('stored', sa.Text(), nullable=False),
    sa.Column('at_once', sa.Boolean(), nullable=False),
    sa.Column('reached_to', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcements')),
    sqlite_autoincrement=True
    )
    op.create_table('occasions',
    sa.Column('case_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('has_free', sa.Boolean(), nullable=False),
    sa.Column('walk_ins', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_occasions'))
    )
    op.create_table('pictures',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=True),
    sa.Column('mime', sa.String(length=20), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pictures')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_pictures_case_id'), 'pictures', ['case_id'], unique=False)
    op.create_table('sent_pictures',
    sa.Column('picture_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bot', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('file', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['picture_id'], ['pictures.id'], name=op.f('fk_sent_pictures_picture_id_pictures'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('picture_id', 'bot', name=op.f('pk_sent_pictures'))
    )
    op.create_table('guests',
    sa.Column('occasion_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('reply', sa.String(length=10), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('needs', sa.Text(), nullable=True),
    sa.Column('may_be_shown', sa.Boolean(), nullable=False),
    sa.Column('came_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasions.case_id'], name=op.f('fk_guests_occasion_id_occasions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_guests_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('occasion_id', 'person_id', name=op.f('pk_guests'))
    )
    op.create_index(op.f('ix_guests_occasion_id_reply_since'), 'guests', ['occasion_id', 'reply', 'since'], unique=False)
    op.create_index(op.f('ix_guests_person_id'), 'guests', ['person_id'], unique=False)
    op.create_table('impressions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('occasion_id', sa.BigInteger(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('line', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasions.case_id'], name=op.f('fk_impressions_occasion_id_occasions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_impressions')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_impressions_occasion_id'), 'impressions', ['occasion_id'], unique=False)


def downgrade() -> None:
    """Change them back."""
    for table in ('sent_pictures', 'pictures', 'impressions', 'guests', 'occasions', 'announcements'):
        op.drop_table(table)
    op.drop_column('broadcasts', 'opens')
