package review;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

/** Sends order events to partners. The partner registers the URL and headers in a settings page. */
public class WebhookDispatcherFixed {
    private static final int SHOWN = 200;
    private static final int MOST_SECONDS = 10;

    /** Looks a host name up, as InetAddress::getAllByName does. */
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Set<String> verifiedHosts;
    private final byte[] partnerKey;
    private final Resolver resolver;
    private final Clock clock;
    private final HttpClient client;

    /**
     * @param egress the way out: a proxy that looks names up itself and refuses private addresses, so that what is
     *     checked here cannot change before it is used
     * @param trust the platform's own context, or one with a partner's private authority
     */
    public WebhookDispatcherFixed(
            Set<String> verifiedHosts, byte[] partnerKey, Resolver resolver, ProxySelector egress, SSLContext trust, Clock clock) {
        this.verifiedHosts = Set.copyOf(verifiedHosts);
        this.partnerKey = partnerKey.clone();
        this.resolver = resolver;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .proxy(egress)
                .sslContext(trust)
                .build();
    }

    public boolean allowed(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return false;
        }
        String host = uri.getHost();
        return "https".equals(uri.getScheme()) && host != null && uri.getRawUserInfo() == null
                && (uri.getPort() == -1 || uri.getPort() == 443)
                && verifiedHosts.stream().anyMatch(ours -> host.equals(ours) || host.endsWith("." + ours))
                && isPublic(host);
    }

    public String deliver(String url, String payload, Map<String, String> partnerHeaders) throws Exception {
        if (!allowed(url)) {
            throw new IllegalArgumentException("host not allowed");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(MOST_SECONDS))
                .header("X-Signature", signature(payload)) // proves that it comes from us, and is worth nothing elsewhere
                .POST(HttpRequest.BodyPublishers.ofString(payload));
        partnerHeaders.forEach((name, value) -> {
            if (name.matches("X-Partner-[A-Za-z0-9-]{1,40}")) {
                request.header(name, value);
            }
        });
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(), info -> new FirstBytes());
        try {
            HttpResponse<byte[]> response = answer.get(MOST_SECONDS, TimeUnit.SECONDS);
            return response.statusCode() + "\n" + (response.statusCode() < 300 ? excerpt(response.body()) : "");
        } finally {
            answer.cancel(true); // ends an answer that never does
        }
    }

    private boolean isPublic(String host) {
        try {
            for (InetAddress address : resolver.resolve(host)) {
                byte[] bytes = address.getAddress();
                boolean reserved = bytes.length == 4 ? reserved4(bytes[0] & 0xFF, bytes[1] & 0xFF, bytes[2] & 0xFF) : reserved6(bytes);
                if (reserved || address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** What Java has no question for: 0/8, 100.64/10, 192.0.0/24, 198.18/15, and all from 224 on. */
    private static boolean reserved4(int a, int b, int c) {
        return a == 0 || a >= 224 || (a == 100 && b >= 64 && b < 128) || (a == 192 && b == 0 && c == 0) || (a == 198 && (b & 0xFE) == 18);
    }

    /** Only 2000::/3 is given out. In it, 2001:0::/32 and 2002::/16 carry an IPv4 address of somebody's choice, as 64:ff9b::/96 does. */
    private static boolean reserved6(byte[] bytes) {
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 1 && bytes[2] == 0 && bytes[3] == 0;
        return (bytes[0] & 0xE0) != 0x20 || teredo || (bytes[0] == 0x20 && bytes[1] == 2);
    }

    private String signature(String payload) throws GeneralSecurityException {
        long time = clock.instant().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(partnerKey, "HmacSHA256"));
        byte[] signed = (time + "." + payload).getBytes(StandardCharsets.UTF_8);
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(signed));
    }

    /** For the partner's delivery log: the beginning of their own answer, in plain characters. */
    private static String excerpt(byte[] body) {
        return new String(body, StandardCharsets.US_ASCII).replaceAll("[^ -~]", " ").strip();
    }

    /** The first bytes of a body; the rest is never read. */
    private static final class FirstBytes implements HttpResponse.BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[Math.min(buffer.remaining(), SHOWN - bytes.size())];
                buffer.get(part);
                bytes.writeBytes(part);
            }
            if (bytes.size() == SHOWN) {
                subscription.cancel();
                onComplete();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable cause) {
            body.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
