"""The suite's own ground: the role it runs as, and that a committed row does not outlive its test."""

import socket

import pytest
import redis
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from pytest_socket import SocketConnectBlockedError

from prevent_cases.casework.models import Heartbeat, Post
from prevent_cases.casework.now import now
from tests.database import Servers


def leave_a_row_in_every_kind_of_table() -> None:
    Heartbeat.objects.create(job="left", at=now())
    Post.objects.create(key="left", title="Left")
    assert Post.history.count() == 1


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_one_test_commits_the_next_does_not_see(time: int) -> None:
    assert Heartbeat.objects.count() == Post.objects.count() == 0
    leave_a_row_in_every_kind_of_table()


@pytest.mark.parametrize("time", [1, 2])
def test_the_same_holds_for_a_live_server(live_server: object, time: int) -> None:
    assert Heartbeat.objects.count() == Post.objects.count() == 0
    leave_a_row_in_every_kind_of_table()
    assert Permission.objects.filter(codename="enter_restricted_area").exists()


def test_what_the_migrations_wrote_is_still_there(db: None) -> None:
    assert Permission.objects.filter(codename="enter_restricted_area").exists()


@pytest.mark.parametrize("statement", ["TRUNCATE casework_event", "ALTER TABLE casework_event DISABLE TRIGGER ALL"])
def test_the_product_cannot_empty_a_table_that_only_grows(db: None, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_redis_is_reached_and_the_network_is_not(servers: Servers) -> None:
    with redis.Redis.from_url(servers.redis_client) as client:
        assert client.ping()
    with pytest.warns(UserWarning, match="192.0.2.1"), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
