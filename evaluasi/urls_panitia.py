"""Addresses of the committee about the evaluation, under /panitia/."""

from django.urls import URLPattern

app_name = "evaluasi_panitia"

urlpatterns: list[URLPattern] = []
