package review;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Logger;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** Fourteen kinds of flaw, each as it is written and as it should be. The page on Java's patterns shows them in pairs. */
public final class Patterns {
    private static final Logger LOG = Logger.getLogger("patterns");

    private Patterns() { }

    // region sql-value-weak
    static ResultSet findWeak(Connection db, String email) throws SQLException {
        Statement query = db.createStatement();
        return query.executeQuery("SELECT id FROM account WHERE email = '" + email + "'");
    }
    // endregion sql-value-weak

    // region sql-value-fixed
    static ResultSet findFixed(Connection db, String email) throws SQLException {
        PreparedStatement query = db.prepareStatement("SELECT id FROM account WHERE email = ?");
        query.setString(1, email);
        return query.executeQuery();
    }
    // endregion sql-value-fixed

    // region sql-name-weak
    static PreparedStatement listWeak(Connection db, String sort) throws SQLException {
        return db.prepareStatement("SELECT id, total FROM orders WHERE customer = ? ORDER BY " + sort);
    }
    // endregion sql-name-weak

    // region sql-name-fixed
    private static final Map<String, String> SORTED = Map.of(
            "date", "SELECT id, total FROM orders WHERE customer = ? ORDER BY created_at",
            "total", "SELECT id, total FROM orders WHERE customer = ? ORDER BY total");

    static PreparedStatement listFixed(Connection db, String sort) throws SQLException {
        String sql = SORTED.get(sort);
        if (sql == null) {
            throw new IllegalArgumentException("cannot sort by that");
        }
        return db.prepareStatement(sql);
    }
    // endregion sql-name-fixed

    // region path-weak
    static String readWeak(Path folder, String name) throws IOException {
        Path file = Path.of(folder + "/" + name).normalize();
        if (!file.toString().startsWith(folder.toString())) {
            throw new IOException("outside");
        }
        return Files.readString(file);
    }
    // endregion path-weak

    // region path-fixed
    static String readFixed(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || !file.toRealPath().startsWith(folder.toRealPath())) {
            throw new IOException("outside");
        }
        return Files.readString(file);
    }
    // endregion path-fixed

    // region xml-weak
    static Document parseWeak(InputStream in) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
    // endregion xml-weak

    // region xml-fixed
    static Document parseFixed(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(in);
    }
    // endregion xml-fixed

    // region objects-weak
    static Object loadWeak(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
    // endregion objects-weak

    // region objects-fixed
    private static final ObjectInputFilter ONLY_OURS = ObjectInputFilter.Config.createFilter(
            "maxdepth=5;maxbytes=100000;maxarray=1000;java.util.ArrayList;java.lang.Object;java.lang.String;!*");

    static Object loadFixed(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(ONLY_OURS); // a list of what may come, and nothing else
            return in.readObject();
        }
    }
    // endregion objects-fixed

    // region process-weak
    static Process countWeak(String file) throws IOException {
        return new ProcessBuilder("sh", "-c", "wc -c " + file).start();
    }
    // endregion process-weak

    // region process-fixed
    static Process countFixed(String file) throws IOException {
        if (!file.matches("[a-z0-9][a-z0-9._-]{0,60}")) {
            throw new IOException("not a name of ours");
        }
        return new ProcessBuilder("wc", "-c", "./" + file).start();
    }
    // endregion process-fixed

    // region random-weak
    static String codeWeak() {
        return Long.toString(Math.abs(new Random(System.currentTimeMillis()).nextLong()), 36);
    }
    // endregion random-weak

    // region random-fixed
    static String codeFixed() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
    // endregion random-fixed

    // region redirect-weak
    static HttpResponse<String> fetchWeak(URI checked) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
        return client.send(HttpRequest.newBuilder(checked).build(), HttpResponse.BodyHandlers.ofString());
    }
    // endregion redirect-weak

    // region redirect-fixed
    static HttpResponse<String> fetchFixed(URI checked) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(3)).build();
        HttpRequest request = HttpRequest.newBuilder(checked).timeout(Duration.ofSeconds(5)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    // endregion redirect-fixed

    // region limit-weak
    static byte[] allWeak(InputStream in) throws IOException {
        return in.readAllBytes();
    }
    // endregion limit-weak

    // region limit-fixed
    static byte[] allFixed(InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new IOException("too large");
        }
        return bytes;
    }
    // endregion limit-fixed

    // region race-weak
    static boolean takeWeak(Map<String, Integer> left, String coupon) {
        int uses = left.get(coupon);
        if (uses == 0) {
            return false;
        }
        left.put(coupon, uses - 1);
        return true;
    }
    // endregion race-weak

    // region race-fixed
    static boolean takeFixed(ConcurrentHashMap<String, Integer> left, String coupon) {
        int[] taken = {0};
        left.computeIfPresent(coupon, (key, uses) -> {
            taken[0] = uses > 0 ? 1 : 0;
            return uses - taken[0];
        });
        return taken[0] == 1;
    }
    // endregion race-fixed

    public record Order(String id, String customer) { }

    // region owner-weak
    static Order orderWeak(Map<String, Order> orders, String customer, String id) {
        return orders.get(id);
    }
    // endregion owner-weak

    // region owner-fixed
    static Order orderFixed(Map<String, Order> orders, String customer, String id) {
        Order order = orders.get(id);
        return order != null && order.customer().equals(customer) ? order : null; // both are a 404 outside
    }
    // endregion owner-fixed

    // region closed-weak
    static boolean mayWeak(Function<String, Boolean> policy, String action) {
        try {
            return policy.apply(action);
        } catch (RuntimeException e) {
            return true; // the policy service is down: do not stop the business
        }
    }
    // endregion closed-weak

    // region closed-fixed
    static boolean mayFixed(Function<String, Boolean> policy, String action) {
        try {
            return Boolean.TRUE.equals(policy.apply(action));
        } catch (RuntimeException e) {
            LOG.warning("policy unavailable, refused");
            return false;
        }
    }
    // endregion closed-fixed

    // region password-weak
    static String hashWeak(String password) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
    // endregion password-weak

    // region password-fixed
    static String hashFixed(String password) throws Exception {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        PBEKeySpec work = new PBEKeySpec(password.toCharArray(), salt, 600_000, 256);
        byte[] digest = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(work).getEncoded();
        return HexFormat.of().formatHex(salt) + ":" + HexFormat.of().formatHex(digest);
    }
    // endregion password-fixed

    // region log-weak
    static void signedInWeak(String name) {
        LOG.info("signed in: " + name);
    }
    // endregion log-weak

    // region log-fixed
    static void signedInFixed(String name) {
        LOG.info("signed in: \"" + name.replaceAll("[^\\p{L}\\p{N} @._-]", "?") + "\"");
    }
    // endregion log-fixed

    /** What the tests call. */
    public interface Version {
        ResultSet find(Connection db, String email) throws SQLException;

        PreparedStatement list(Connection db, String sort) throws SQLException;

        String read(Path folder, String name) throws IOException;

        Document parse(InputStream in) throws Exception;

        Object load(byte[] bytes) throws IOException, ClassNotFoundException;

        Process count(String file) throws IOException;

        String code();

        HttpResponse<String> fetch(URI checked) throws IOException, InterruptedException;

        byte[] all(InputStream in) throws IOException;

        boolean take(ConcurrentHashMap<String, Integer> left, String coupon);

        Order order(Map<String, Order> orders, String customer, String id);

        boolean may(Function<String, Boolean> policy, String action);

        String hash(String password) throws Exception;

        void signedIn(String name);
    }

    public static final Version WEAK = new Version() {
        @Override public ResultSet find(Connection db, String email) throws SQLException { return findWeak(db, email); }
        @Override public PreparedStatement list(Connection db, String sort) throws SQLException { return listWeak(db, sort); }
        @Override public String read(Path folder, String name) throws IOException { return readWeak(folder, name); }
        @Override public Document parse(InputStream in) throws Exception { return parseWeak(in); }
        @Override public Object load(byte[] bytes) throws IOException, ClassNotFoundException { return loadWeak(bytes); }
        @Override public Process count(String file) throws IOException { return countWeak(file); }
        @Override public String code() { return codeWeak(); }
        @Override public HttpResponse<String> fetch(URI u) throws IOException, InterruptedException { return fetchWeak(u); }
        @Override public byte[] all(InputStream in) throws IOException { return allWeak(in); }
        @Override public boolean take(ConcurrentHashMap<String, Integer> left, String c) { return takeWeak(left, c); }
        @Override public Order order(Map<String, Order> orders, String who, String id) { return orderWeak(orders, who, id); }
        @Override public boolean may(Function<String, Boolean> policy, String action) { return mayWeak(policy, action); }
        @Override public String hash(String password) throws Exception { return hashWeak(password); }
        @Override public void signedIn(String name) { signedInWeak(name); }
    };

    public static final Version FIXED = new Version() {
        @Override public ResultSet find(Connection db, String email) throws SQLException { return findFixed(db, email); }
        @Override public PreparedStatement list(Connection db, String sort) throws SQLException { return listFixed(db, sort); }
        @Override public String read(Path folder, String name) throws IOException { return readFixed(folder, name); }
        @Override public Document parse(InputStream in) throws Exception { return parseFixed(in); }
        @Override public Object load(byte[] bytes) throws IOException, ClassNotFoundException { return loadFixed(bytes); }
        @Override public Process count(String file) throws IOException { return countFixed(file); }
        @Override public String code() { return codeFixed(); }
        @Override public HttpResponse<String> fetch(URI u) throws IOException, InterruptedException { return fetchFixed(u); }
        @Override public byte[] all(InputStream in) throws IOException { return allFixed(in, 1024 * 1024); }
        @Override public boolean take(ConcurrentHashMap<String, Integer> left, String c) { return takeFixed(left, c); }
        @Override public Order order(Map<String, Order> orders, String who, String id) { return orderFixed(orders, who, id); }
        @Override public boolean may(Function<String, Boolean> policy, String action) { return mayFixed(policy, action); }
        @Override public String hash(String password) throws Exception { return hashFixed(password); }
        @Override public void signedIn(String name) { signedInFixed(name); }
    };
}
