package tests;

import shop.Cart;

public class CartTest {
    public static void main(String[] arguments) {
        assert new Cart(300, 150).total() == 450;
        assert System.getenv("PREPBOOK_SECRET") == null;
    }
}
