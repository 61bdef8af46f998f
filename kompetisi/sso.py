"""Sign-in through an agency's or a national provider, by OpenID Connect. Off unless configured.

allauth's provider trusts the answer of the token endpoint because it came over TLS. This one holds
to OpenID Connect Core 1.0, section 3.1.3.7, all the same: the ID token is there, signed by a key of
the provider, by this issuer, for us, still valid, and carries the nonce of this very sign-in.
"""

import hmac
import logging
import secrets

import jwt
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from requests import RequestException

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]  # never a shared secret
NEEDED = ["exp", "iat", "iss", "aud", "sub"]
LEEWAY = 60  # seconds that two clocks may differ
logger = logging.getLogger(__name__)
NoProviderError = SocialApp.DoesNotExist


class SocialAdapter(DefaultSocialAccountAdapter):
    """Who of ours is meant by somebody whom the provider has signed in."""

    def can_authenticate_by_email(self, login, email: str) -> bool:
        """Whether an address the provider has verified opens the account that has it here.

        Only when it was verified here too: an account that somebody else has begun with this
        address is never joined, nor is one's own handed to whoever merely claims the address.
        """
        return EmailAddress.objects.filter(email__iexact=email, verified=True).exists()

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ) -> None:
        """Tell the operator what was wrong with the answer; the person is told to try again."""
        logger.warning("Masuk melalui penyedia ditolak: %s", exception or error)

    def list_apps(self, request, provider=None, client_id=None) -> list[SocialApp]:
        """The configured providers alone: no row of the database switches one on."""
        found = super().list_apps(request, provider=provider, client_id=client_id)
        return [app for app in found if app.pk is None]

    def populate_user(self, request, sociallogin, data: dict):
        """A new account with the address in lower case and the name the provider gives."""
        user = super().populate_user(request, sociallogin, data)
        user.email = (user.email or "").lower()
        user.nama = (data.get("name") or "")[:150]
        return user


class Adapter(OpenIDConnectOAuth2Adapter):
    """Asks the provider, and believes only a signed answer to our own question."""

    nonce = ""

    @property
    def openid_config(self) -> dict:
        """The provider's own description. Raises OAuth2Error when it speaks for another issuer."""
        config = super().openid_config
        server = self.get_provider().server_url.partition("/.well-known/")[0]
        if str(config.get("issuer", "")).rstrip("/") != server.rstrip("/"):
            raise OAuth2Error("The issuer of the discovery document is not the configured one.")
        return config

    def complete_login(self, request, app, token, **kwargs):
        """The sign-in of the person the ID token is about. Raises OAuth2Error for any doubt."""
        claims = self.verify(app, kwargs["response"].get("id_token") or "")
        info = self._fetch_user_info(token.token)
        if info.get("sub") != claims["sub"]:
            raise OAuth2Error("The user information is about somebody else.")
        data = {"userinfo": info, "id_token": claims}
        return self.get_provider().sociallogin_from_response(request, data)

    def verify(self, app, id_token: str) -> dict:
        """The claims of a valid ID token. Raises OAuth2Error."""
        try:
            claims = jwt.decode(
                id_token,
                self.signing_key(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY,
                options={"require": NEEDED},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise OAuth2Error(f"Invalid ID token: {type(error).__name__}") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", "" if several else app.client_id) != app.client_id:
            raise OAuth2Error("The ID token was made for another party.")
        if not self.nonce or not hmac.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("The ID token answers another sign-in.")
        return claims

    def signing_key(self, id_token: str) -> jwt.PyJWK:
        """The provider's public key that the token says it is signed with."""
        kid = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        found = [key for key in keys if kid is None or key.key_id == kid]
        if len(found) != 1:
            raise OAuth2Error("No single key of the provider fits the ID token.")
        return found[0]


class Provider(OpenIDConnectProvider):
    """The provider as allauth's registry knows it: a nonce goes out with every sign-in."""

    oauth2_adapter_class = Adapter
    pkce_enabled_default = True
    package = "allauth.socialaccount.providers.openid_connect"  # where its addresses are

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        """Lead to the provider, remembering the nonce in the visitor's session."""
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), "nonce": nonce}
        try:
            return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)
        except (OAuth2Error, RequestException) as error:
            return render_authentication_error(request, self, exception=error)

    def extract_email_addresses(self, data: dict) -> list[EmailAddress]:
        """The address, verified only when the provider says exactly that (not by "false")."""
        found = super().extract_email_addresses(data)
        for address in found:
            address.email = address.email.lower()
            address.verified = address.verified in (True, "true")
        return found


class CallbackView(OAuth2CallbackView):
    """Where the provider sends people back to: allauth's view with our adapter and the nonce."""

    def dispatch(self, request, *args, **kwargs):
        """As allauth's, and a page instead of a fault when the provider is away."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except (OAuth2Error, RequestException) as error:
            provider = self.adapter.get_provider()
            return render_authentication_error(request, provider, exception=error)

    def _get_state(self, request, provider):
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response
