public class CartTest {
    @org.junit.Test
    public void total() {}
}
