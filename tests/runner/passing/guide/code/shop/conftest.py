import pytest


@pytest.fixture
def cart():
    return [("tea", 300), ("milk", 150)]
