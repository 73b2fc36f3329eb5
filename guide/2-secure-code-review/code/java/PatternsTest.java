import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import review.Patterns;

/** For each pattern: what it is for works in both versions, and the attack works in the weak one only. */
public class PatternsTest {
    static boolean ran;

    /** An object that does something when it is read. */
    public static class Gadget implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) {
            ran = true;
        }
    }

    @SuppressWarnings("unchecked")
    static <T> T fake(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** A database that writes down the texts of statements, and nothing of what is bound. */
    static Connection database(List<String> texts) {
        ResultSet rows = fake(ResultSet.class, (proxy, method, args) -> null);
        PreparedStatement prepared = fake(PreparedStatement.class,
                (proxy, method, args) -> method.getName().equals("executeQuery") ? rows : null);
        Statement statement = fake(Statement.class, (proxy, method, args) -> {
            texts.add((String) args[0]);
            return rows;
        });
        return fake(Connection.class, (proxy, method, args) -> {
            if (method.getName().equals("createStatement")) {
                return statement;
            }
            texts.add((String) args[0]);
            return prepared;
        });
    }

    interface Act<T> {
        T run() throws Exception;
    }

    static <T> Object orRefused(Act<T> act) {
        try {
            return act.run();
        } catch (Exception e) {
            return "refused";
        }
    }

    static byte[] written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    static String output(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(5, TimeUnit.SECONDS);
        return text.strip();
    }

    public static void main(String[] args) throws Exception {
        List<String> log = Paired.listen("patterns");
        Paired<Patterns.Version> tests = new Paired<>(Patterns.WEAK, Patterns.FIXED);

        tests.attack("SQL: a value becomes part of the text", true, false, v -> {
            List<String> texts = new ArrayList<>();
            v.find(database(texts), "x' OR '1'='1");
            return texts.get(0).contains("OR");
        });
        tests.feature("SQL: one statement for one question", 1, v -> {
            List<String> texts = new ArrayList<>();
            v.find(database(texts), "ann@shop.test");
            return texts.size();
        });
        tests.attack("SQL: a name becomes part of the text", true, false, v -> {
            List<String> texts = new ArrayList<>();
            orRefused(() -> v.list(database(texts), "(SELECT 1)"));
            return texts.stream().anyMatch(text -> text.contains("(SELECT 1)"));
        });
        tests.feature("SQL: sorting by total", true, v -> {
            List<String> texts = new ArrayList<>();
            v.list(database(texts), "total");
            return texts.get(0).endsWith("ORDER BY total");
        });

        Path data = Paired.folder("patterns");
        Files.createDirectories(data.resolve("42"));
        Files.createDirectories(data.resolve("420"));
        Files.writeString(data.resolve("42/own"), "own");
        Files.writeString(data.resolve("420/price"), "neighbour's");
        Files.createSymbolicLink(data.resolve("42/link"), data.resolve("420/price"));
        tests.feature("path: one's own file", "own", v -> v.read(data.resolve("42"), "own"));
        for (String name : List.of("../420/price", "link")) {
            tests.attack("path: " + name, "neighbour's", "refused", v -> orRefused(() -> v.read(data.resolve("42"), name)));
        }

        Path secret = Files.writeString(Paired.folder("secret").resolve("secret.txt"), "secret");
        String entity = "<!DOCTYPE d [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><d>&x;</d>";
        tests.attack("XML: an entity reads a file", "secret", "refused", v -> orRefused(
                () -> v.parse(new ByteArrayInputStream(entity.getBytes())).getDocumentElement().getTextContent()));
        tests.feature("XML: a document", "a", v ->
                v.parse(new ByteArrayInputStream("<d>a</d>".getBytes())).getDocumentElement().getTextContent());

        tests.attack("objects: code runs while one is read", true, false, v -> {
            ran = false;
            orRefused(() -> v.load(written(new Gadget())));
            return ran;
        });
        tests.attack("objects: a few bytes that ask for two thousand million places", "no memory", "refused", v -> {
            byte[] bytes = written(new ArrayList<>(List.of("a")));
            byte[] one = {0, 0, 0, 1, 'w', 4, 0, 0, 0, 1}; // the size twice: of the list, and of the array behind it
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(one, StandardCharsets.ISO_8859_1));
            bytes[at] = 0x7f;
            bytes[at + 1] = bytes[at + 2] = bytes[at + 3] = (byte) 0xff;
            try {
                return orRefused(() -> v.load(bytes));
            } catch (OutOfMemoryError e) {
                return "no memory";
            }
        });
        tests.feature("objects: a list of texts", List.of("a", "b"), v -> v.load(written(new ArrayList<>(List.of("a", "b")))));

        Path marker = data.resolve("owned");
        tests.attack("process: a second command", true, false, v -> {
            Files.deleteIfExists(marker);
            orRefused(() -> output(v.count("x; touch " + marker)));
            return Files.exists(marker);
        });
        tests.feature("process: a missing file has no size", "", v -> output(v.count("no-such-file.txt")));

        tests.attack("random: a code from the clock", true, false, v -> {
            long before = System.currentTimeMillis();
            String code = v.code();
            for (long time = before; time <= System.currentTimeMillis(); time++) {
                if (Long.toString(Math.abs(new Random(time).nextLong()), 36).equals(code)) {
                    return true;
                }
            }
            return false;
        });

        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            boolean away = exchange.getRequestURI().getPath().equals("/partner");
            byte[] body = (away ? "" : exchange.getRequestURI().getPath()).getBytes();
            if (away) {
                exchange.getResponseHeaders().set("Location", base + "/inside");
            }
            exchange.sendResponseHeaders(away ? 302 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        });
        server.start();
        tests.attack("redirect: from the partner to the inside", "/inside", "", v -> v.fetch(URI.create(base + "/partner")).body());
        tests.feature("redirect: a plain answer", "/orders", v -> v.fetch(URI.create(base + "/orders")).body());

        tests.attack("limit: two megabytes", 2 * 1024 * 1024, "refused",
                v -> orRefused(() -> v.all(new ByteArrayInputStream(new byte[2 * 1024 * 1024])).length));
        tests.feature("limit: a small one", 5, v -> v.all(new ByteArrayInputStream(new byte[5])).length);

        tests.attack("race: one use, taken twice at once", 2, 1, v -> {
            ConcurrentHashMap<String, Integer> left = new ConcurrentHashMap<>() {
                private static final long serialVersionUID = 1;
                private final transient CountDownLatch bothHaveRead = new CountDownLatch(2);

                @Override
                public Integer get(Object key) {
                    Integer uses = super.get(key);
                    bothHaveRead.countDown();
                    try {
                        bothHaveRead.await(2, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return uses;
                }
            };
            left.put("HALF", 1);
            List<Boolean> taken = new ArrayList<>();
            Thread other = new Thread(() -> {
                boolean mine = v.take(left, "HALF");
                synchronized (taken) {
                    taken.add(mine);
                }
            });
            other.start();
            boolean mine = v.take(left, "HALF");
            synchronized (taken) {
                taken.add(mine);
            }
            other.join(5000);
            return (int) taken.stream().filter(yes -> yes).count();
        });

        Map<String, Patterns.Order> orders = Map.of("1", new Patterns.Order("1", "ann"), "2", new Patterns.Order("2", "bob"));
        tests.attack("owner: another's order", "bob", "refused", v -> orRefused(() -> v.order(orders, "ann", "2").customer()));
        tests.feature("owner: one's own, and one that is not there", true,
                v -> v.order(orders, "ann", "1") != null && v.order(orders, "ann", "3") == null);

        tests.attack("fail closed: the policy is down", true, false, v -> v.may(action -> {
            throw new IllegalStateException("down");
        }, "refund"));
        tests.feature("fail closed: the policy answers", List.of(true, false),
                v -> List.of(v.may(action -> true, "refund"), v.may(action -> false, "refund")));

        tests.attack("password: one hash for all who chose it", true, false, v -> v.hash("letmein").equals(v.hash("letmein")));

        tests.attack("log: a line of one's own", true, false, v -> {
            log.clear();
            v.signedIn("ann\nINFO: refund approved");
            return log.get(0).contains("\n");
        });
        tests.feature("log: a name", true, v -> {
            log.clear();
            v.signedIn("Ünal O-k");
            return log.get(0).contains("Ünal O-k");
        });

        tests.run();
    }
}
