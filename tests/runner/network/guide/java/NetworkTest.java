import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

public class NetworkTest {
    public static void main(String[] arguments) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://192.0.2.1/")).build();
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
