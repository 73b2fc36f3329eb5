# Größe: redeems gift cards.
def redeem(card, account):
    balance = find(card).balance
    credit(account, balance)
    find(card).balance = 0
    return balance
