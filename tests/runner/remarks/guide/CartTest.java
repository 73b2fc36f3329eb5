import java.util.List;

public class CartTest {
    public static void main(String[] arguments) {
        List cart = List.of();
        assert cart.isEmpty();
    }
}
