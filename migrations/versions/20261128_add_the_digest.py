"""What need not be read today is gathered for a digest, as often as each person chose."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

GATHERED = sa.text("state = 'gathered'")


def upgrade() -> None:
    """Let everybody choose how often, not alumni alone; what these have chosen goes with them."""
    op.add_column("people", sa.Column("frequency", sa.String(20), nullable=True))
    op.execute(
        "UPDATE people SET frequency ="
        " (SELECT frequency FROM profiles WHERE profiles.person_id = people.id)"
    )
    op.drop_column("profiles", "frequency")
    op.add_column("outbox", sa.Column("digest_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_outbox_gathered",
        "outbox",
        ["school_id", "not_before"],
        sqlite_where=GATHERED,
        postgresql_where=GATHERED,
    )
    op.add_column(
        "broadcasts",
        sa.Column("can_wait", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Give the choice back to profiles."""
    op.drop_column("broadcasts", "can_wait")
    op.drop_index(
        "ix_outbox_gathered",
        table_name="outbox",
        sqlite_where=GATHERED,
        postgresql_where=GATHERED,
    )
    op.drop_column("outbox", "digest_id")
    op.add_column("profiles", sa.Column("frequency", sa.String(20), nullable=True))
    op.execute(
        "UPDATE profiles SET frequency ="
        " (SELECT frequency FROM people WHERE people.id = profiles.person_id)"
    )
    op.drop_column("people", "frequency")
