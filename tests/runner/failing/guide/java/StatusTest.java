public class StatusTest {
    public static void main(String[] arguments) {
        System.out.println("not yet");
        System.exit(4);
    }
}
