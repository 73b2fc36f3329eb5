import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import review.WebhookDispatcher;
import review.WebhookDispatcherFixed;

/**
 * Every feature works in both versions; every attack works on the vulnerable one only. A proxy on this machine stands for
 * the network: it leads each host name to a server of the test, and writes down who was asked for.
 */
public class WebhookDispatcherTest {
    static final String HOOK = "https://eu.partner-hooks.example/orders";
    static final String SERVICE_TOKEN = "token of our service";
    static final String INSIDE = "what an internal service says";
    static final char[] PASSWORD = "only for tests".toCharArray();

    static final Map<String, Integer> PORTS = new ConcurrentHashMap<>();
    static final List<String> CONTACTED = new CopyOnWriteArrayList<>();
    static final List<Map<String, List<String>>> RECEIVED = new CopyOnWriteArrayList<>();
    static volatile String redirect;
    static volatile boolean endless;
    static volatile InetAddress lookedUp;

    interface Version {
        boolean allowed(String url);

        String deliver(String url, String payload, Map<String, String> headers) throws Exception;
    }

    /** A key for these names, signed by itself. */
    static KeyStore key(String alias, String names) throws Exception {
        Path file = Paired.folder("keys").resolve(alias + ".p12");
        Process made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=" + names, "-validity", "2",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
                .redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!made.waitFor(30, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IllegalStateException(said);
        }
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return store;
        }
    }

    static SSLContext serving(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    static SSLContext trusting(KeyStore store, String alias) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry(alias, store.getCertificate(alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    static int server(SSLContext tls, String answer) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(task -> daemon(task));
        server.createContext("/", exchange -> {
            RECEIVED.add(Map.copyOf(exchange.getRequestHeaders()));
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Connection", "close"); // each scene makes connections of its own
            String to = redirect;
            if (to != null && !answer.equals(INSIDE)) {
                exchange.getResponseHeaders().set("Location", to);
                exchange.sendResponseHeaders(307, -1);
            } else {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(answer.getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; endless && i < 500; i++) {
                        body.write(".".repeat(300).getBytes(StandardCharsets.US_ASCII));
                        body.flush();
                        pause(20);
                    }
                } catch (IOException e) {
                    // The caller has had enough.
                }
            }
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }

    static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The network: CONNECT leads to a server of the test; plain http is answered as an internal service would. */
    static ProxySelector network() throws IOException {
        ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                try {
                    Socket caller = proxy.accept();
                    daemon(() -> lead(caller));
                } catch (IOException e) {
                    return;
                }
            }
        });
        return ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.getLocalPort()));
    }

    static void lead(Socket caller) {
        try (caller) {
            InputStream in = caller.getInputStream();
            StringBuilder head = new StringBuilder();
            for (int c; !head.toString().endsWith("\r\n\r\n") && (c = in.read()) >= 0; ) {
                head.append((char) c);
            }
            String[] first = head.toString().split(" ", 3);
            CONTACTED.add(first[1]);
            OutputStream out = caller.getOutputStream();
            Integer port = PORTS.get(first[1]);
            if (!first[0].equals("CONNECT") || port == null) {
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + INSIDE.length() + "\r\nConnection: close\r\n\r\n" + INSIDE)
                        .getBytes(StandardCharsets.UTF_8));
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                daemon(() -> copy(server, caller));
                copy(caller, server);
            }
        } catch (IOException e) {
            // One of the two has hung up.
        }
    }

    static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of the two has hung up.
        }
    }

    static String delivered(Version version, String url) {
        CONTACTED.clear();
        RECEIVED.clear();
        try {
            return version.deliver(url, "{\"order\":7}", Map.of("X-Partner-Ref", "r1", "X-Forwarded-User", "admin"));
        } catch (Exception e) {
            return "refused";
        }
    }

    static String header(String name) {
        return RECEIVED.isEmpty() ? "nothing received" : String.join(",", RECEIVED.get(0).getOrDefault(name, List.of()));
    }

    public static void main(String[] args) throws Exception {
        KeyStore partner = key("partner", "dns:eu.partner-hooks.example");
        KeyStore impostor = key("impostor", "dns:eu.partner-hooks.example,dns:internal.shop.example,dns:evilpartner-hooks.example");
        int partnerPort = server(serving(partner), "thanks");
        int impostorPort = server(serving(impostor), "thanks, says the impostor");
        int insidePort = server(serving(impostor), INSIDE);
        PORTS.put("internal.shop.example:443", insidePort);
        PORTS.put("evilpartner-hooks.example:443", impostorPort);

        ProxySelector network = network();
        ProxySelector.setDefault(network);
        WebhookDispatcher vulnerable = new WebhookDispatcher(SERVICE_TOKEN);
        WebhookDispatcherFixed.Resolver resolver = host -> {
            if (host.startsWith("gone")) {
                throw new UnknownHostException(host);
            }
            byte[] bytes = host.startsWith("rebound") ? new byte[] {10, 0, 0, 5} : new byte[] {(byte) 203, 0, 113, 7};
            return new InetAddress[] {lookedUp != null ? lookedUp : InetAddress.getByAddress(host, bytes)};
        };
        WebhookDispatcherFixed fixed = new WebhookDispatcherFixed(Set.of("partner-hooks.example"), "key of this partner".getBytes(),
                resolver, network, trusting(partner, "partner"), Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC));

        Paired<Version> tests = new Paired<>(
                new Version() {
                    @Override
                    public boolean allowed(String url) {
                        return vulnerable.allowed(url);
                    }

                    @Override
                    public String deliver(String url, String payload, Map<String, String> headers) throws Exception {
                        return vulnerable.deliver(url, payload, headers);
                    }
                },
                new Version() {
                    @Override
                    public boolean allowed(String url) {
                        return fixed.allowed(url);
                    }

                    @Override
                    public String deliver(String url, String payload, Map<String, String> headers) throws Exception {
                        return fixed.deliver(url, payload, headers);
                    }
                });

        tests.feature("an event reaches the partner, with the partner's header", List.of("200\nthanks", "r1"), v -> {
            PORTS.put("eu.partner-hooks.example:443", partnerPort);
            return List.of(delivered(v, HOOK), header("X-partner-ref"));
        });
        tests.feature("the partner's own host is allowed, others are not", List.of(true, true, false, false), v -> List.of(
                v.allowed(HOOK), v.allowed("https://partner-hooks.example/"), v.allowed("https://evil.test/"), v.allowed("/orders")));
        // The decoys: the host is parsed, so these two are refused in both.
        tests.feature("our name in front of another, or as a user name", List.of(false, false), v -> List.of(
                v.allowed("https://partner-hooks.example.evil.test/"), v.allowed("https://partner-hooks.example@10.0.0.1/")));

        tests.attack("J5-1 register a name that ends like the partner's", List.of("200\nthanks, says the impostor", "evilpartner-hooks.example:443"),
                List.of("refused", ""), v -> List.of(delivered(v, "https://evilpartner-hooks.example/"), String.join(" ", CONTACTED)));
        tests.attack("J5-1 point a name of the partner's inside", true, false, v -> v.allowed("https://rebound.partner-hooks.example/"));

        for (String address : List.of("0.0.0.0", "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
                "224.0.0.1", "0.1.2.3", "192.0.0.8", "198.18.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
                "::10.0.0.5", "64:ff9b::10.0.0.5", "2002:a00:5::1", "2001::1", "::ffff:10.0.0.5")) {
            tests.fixed("J5-1 a name that leads to " + address, false, v -> {
                lookedUp = InetAddress.getByName(address);
                boolean allowed = v.allowed(HOOK);
                lookedUp = null;
                return allowed;
            });
        }
        tests.fixed("J5-1 a name that leads to a public address of either kind", List.of(true, true), v -> {
            List<Boolean> allowed = new java.util.ArrayList<>();
            for (String address : List.of("198.20.0.1", "2001:db8::7")) {
                lookedUp = InetAddress.getByName(address);
                allowed.add(v.allowed(HOOK));
                lookedUp = null;
            }
            return allowed;
        });
        tests.fixed("J5-1 a name that leads nowhere", false, v -> v.allowed("https://gone.partner-hooks.example/"));

        for (String to : List.of("https://internal.shop.example/admin", "http://169.254.169.254/latest/meta-data/")) {
            tests.attack("J5-2 redirect to " + to, true, false, v -> {
                redirect = to;
                delivered(v, HOOK);
                redirect = null;
                return CONTACTED.size() > 1;
            });
        }

        tests.attack("J5-3 stand between us and the partner", List.of("200\nthanks, says the impostor", 1), List.of("refused", 0), v -> {
            PORTS.put("eu.partner-hooks.example:443", impostorPort);
            String answer = delivered(v, HOOK);
            PORTS.put("eu.partner-hooks.example:443", partnerPort);
            return List.of(answer, RECEIVED.size());
        });

        tests.attack("J5-4 receive the token of our service", "Bearer " + SERVICE_TOKEN, "", v -> {
            delivered(v, HOOK);
            return header("Authorization");
        });
        tests.fixed("J5-4 the partner can check who sent it, and when", true, v -> {
            delivered(v, HOOK);
            return header("X-signature").matches("t=1800000000,v1=[0-9a-f]{64}");
        });
        tests.attack("J5-4 add a header that our own services believe", "admin", "", v -> {
            delivered(v, HOOK);
            return header("X-forwarded-user");
        });

        tests.attack("J5-5 read what an internal service says", "200\n" + INSIDE, "307\n", v -> {
            redirect = "https://internal.shop.example/admin";
            String shown = delivered(v, HOOK);
            redirect = null;
            return shown;
        });

        tests.attack("J5-6 have events sent in the clear, or to another port", List.of(true, true), List.of(false, false), v ->
                List.of(v.allowed("http://partner-hooks.example/"), v.allowed("https://partner-hooks.example:6379/")));
        tests.attack("J5-6 keep a thread with an answer that never ends", false, true, v -> {
            endless = true;
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> delivered(v, HOOK));
            boolean ended = false;
            for (int i = 0; i < 30 && !ended; i++) {
                pause(100);
                ended = answer.isDone();
            }
            endless = false;
            return ended;
        });

        tests.run();
    }
}
