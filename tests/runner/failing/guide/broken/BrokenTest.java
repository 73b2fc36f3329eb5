import java.util.List;

public class BrokenTest {
    public static void main(String[] arguments) {
        List prices = List.of(300);
        int total = prices.size() + "";
    }
}
