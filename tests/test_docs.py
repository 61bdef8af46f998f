"""The documents keep up with the code."""

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

OWN = ("kompetisi", "registrasi", "evaluasi", "penghargaan")
pytestmark = pytest.mark.fast


def test_every_model_is_in_the_glossary():
    text = (settings.BASE_DIR / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = [m.__name__ for app in OWN for m in apps.get_app_config(app).get_models()]
    assert [name for name in names if f"`{name}`" not in text] == []


HOOKS = ["NAVIGASI", "TUGAS", "RINGKASAN", "SOROTAN", "PENEGAK_TENGGAT", "PEMAKAI_BERKAS"]


@pytest.mark.parametrize("setting", HOOKS)
def test_every_hook_leads_to_a_function(setting):
    assert all(callable(import_string(name)) for name in getattr(settings, setting))


def test_no_foreign_key_looks_up():
    order = {app: floor for floor, app in enumerate(OWN)}
    upward = [
        f"{model.__name__}.{field.name}"
        for app in OWN
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and order.get(field.related_model._meta.app_label, -1) > order[app]
    ]
    assert upward == []


@pytest.mark.parametrize("name", ["publik:muka", "publik:jadwal", "publik:ketentuan", "sehat"])
def test_public_addresses_exist(name):
    assert reverse(name).startswith("/")
