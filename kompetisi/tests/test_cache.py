"""The cache goes on when Redis is dead or frozen, and does not wait for it."""

import os
import signal
import time

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_what_is_set_is_found(own_redis):
    cache.set("a", [1, 2])
    assert cache.get("a") == [1, 2]
    assert cache.add("a", 3) is False
    assert cache.incr("hitung", 1) if cache.add("hitung", 0) else False
    cache.delete("a")
    assert cache.get("a", "tidak ada") == "tidak ada"


@pytest.mark.parametrize("fault", [signal.SIGSTOP, signal.SIGKILL])
def test_the_database_serves_while_redis_does_not(own_redis, fault):
    os.kill(own_redis.pid, fault)
    begun = time.monotonic()
    cache.set("b", "dari cadangan")
    assert cache.get("b") == "dari cadangan"
    assert time.monotonic() - begun < 2


def test_a_frozen_redis_is_asked_once_and_then_left_alone(own_redis):
    os.kill(own_redis.pid, signal.SIGSTOP)
    cache.get("c")
    begun = time.monotonic()
    for _ in range(20):
        cache.get("c")
    assert time.monotonic() - begun < settings.REDIS_TIMEOUT


def test_clear_leaves_the_broker_alone(own_redis):
    client = caches["default"].redis._cache.get_client(write=True)
    client.lpush("celery", "tugas")
    cache.set("d", 1)
    cache.clear()
    assert cache.get("d") is None
    assert client.llen("celery") == 1


def test_sign_in_works_without_redis(own_redis, client, django_user_model):
    django_user_model.objects.create_user("dewi@semarang.example", "kata-sandi-panjang")
    address = reverse("account_login")
    client.get(address)
    os.kill(own_redis.pid, signal.SIGSTOP)
    begun = time.monotonic()
    answer = client.post(
        address,
        {"login": "dewi@semarang.example", "password": "kata-sandi-panjang"},
    )
    assert answer.status_code == 302
    assert time.monotonic() - begun < 2
