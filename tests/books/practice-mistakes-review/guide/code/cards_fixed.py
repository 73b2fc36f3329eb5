def redeem(card, session):
    with locked(card) as held:
        credit(session.account, held.take())
