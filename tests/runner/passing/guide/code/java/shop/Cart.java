package shop;

public record Cart(int... prices) {
    public int total() {
        int total = 0;
        for (int price : prices) {
            total += price;
        }
        return total;
    }
}
