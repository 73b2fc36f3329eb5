def test_nothing_is_needed():
    pass
