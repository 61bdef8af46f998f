"""The command behind `make demo`: what it refuses before it begins."""

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kompetisi.management.commands.demo import refuse_foreign_schema


@pytest.mark.django_db
def test_data_of_another_version_is_refused_with_what_to_do():
    refuse_foreign_schema()
    MigrationRecorder(connection).record_applied("evaluasi", "0099_dari_versi_lain")
    with pytest.raises(CommandError, match="make demo-reset"):
        refuse_foreign_schema()
