"""The read API: its operations, its description, and whatever else lies below /api/v1/."""

from django.urls import path

from kompetisi.views.api import build_api, guarded, unknown

app_name = "api"
urlpatterns = build_api().urls[0]
for _pattern in urlpatterns:
    _pattern.callback = guarded(_pattern.callback)
urlpatterns = [*urlpatterns, path("<path:sisa>", unknown, name="tidak-ada")]
