package shop;

public class CartTest {
    public static void main(String[] arguments) {
        assert Cart.total(300) == 300;
        Runnable empty = () -> Cart.total();
        empty.run();
    }
}
