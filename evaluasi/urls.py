"""Addresses of evaluators, under /evaluasi/."""

from django.urls import URLPattern

app_name = "evaluasi"

urlpatterns: list[URLPattern] = []
