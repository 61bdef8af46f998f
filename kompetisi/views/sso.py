"""Coming back from an OpenID Connect provider."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from kompetisi.sso import Adapter, CallbackView, NoProviderError


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Finish the sign-in; 404 where no such provider is configured."""
    try:
        return CallbackView.adapter_view(Adapter(request, provider_id))(request)
    except NoProviderError as error:
        raise Http404 from error
