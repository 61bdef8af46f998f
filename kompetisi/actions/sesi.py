"""Sessions that ran out."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models.functions import Now


def clear_sesi() -> int:
    """Delete sessions past their end, with what was held in them; their number. Safe twice."""
    cleared, _ = Session.objects.filter(expire_date__lt=Now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return cleared
