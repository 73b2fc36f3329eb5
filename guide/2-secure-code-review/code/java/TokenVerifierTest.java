import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import review.TokenVerifier;
import review.TokenVerifierFixed;

/** Every feature works in both versions; every attack works on the vulnerable one only. */
public class TokenVerifierTest {
    static final String KEY = "only for tests, and 32 bytes long";
    static final long NOW = 1_800_000_000L;
    static final String HS256 = "{\"alg\":\"HS256\"}";
    static final String GOOD = "\"iss\":\"https://login.shop.test\",\"aud\":\"returns\",\"sub\":\"a17\",";
    static final String LATER = "\"exp\":" + (NOW + 600);

    interface Version {
        boolean refunds(String token) throws Exception;
    }

    static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String token(String header, String body) throws Exception {
        return withSignature(encoded(header) + "." + encoded(body), KEY);
    }

    static String token(String header, String claims, String key) throws Exception {
        return withSignature(encoded(header) + "." + encoded("{" + claims + "}"), key);
    }

    static String withSignature(String signed, String key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HMAC"));
        byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    static String signed(String claims) throws Exception {
        return token(HS256, claims, KEY);
    }

    static String role(String role) {
        return GOOD + "\"role\":\"" + role + "\"," + LATER;
    }

    static String unsigned(String claims) {
        return encoded("{\"alg\":\"none\"}") + "." + encoded("{" + claims + "}") + ".x";
    }

    /** What the service answers: an exception is a refusal as well. */
    static boolean refunds(Version version, String token) {
        try {
            return version.refunds(token);
        } catch (Exception e) {
            return false;
        }
    }

    public static void main(String[] args) {
        List<String> log = Paired.listen("tokens");
        Clock clock = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
        Version fixed = new TokenVerifierFixed(KEY, clock)::canRefund;
        Paired<Version> tests = new Paired<>(new TokenVerifier(KEY)::canRefund, fixed);

        tests.feature("agents and administrators refund", List.of(true, true),
                v -> List.of(refunds(v, signed(role("agent"))), refunds(v, signed(role("admin")))));
        tests.feature("viewers do not", false, v -> refunds(v, signed(role("viewer"))));
        tests.feature("nor does nobody", List.of(false, false), v -> List.of(refunds(v, null), refunds(v, "")));
        tests.feature("a changed body, a changed signature and half a token are refused", List.of(false, false, false), v -> {
            String[] part = signed(role("viewer")).split("\\.");
            String good = signed(role("agent"));
            return List.of(
                    refunds(v, part[0] + "." + encoded("{" + role("agent") + "}") + "." + part[2]),
                    refunds(v, good.substring(0, good.length() - 4) + "AAAA"),
                    refunds(v, part[0] + "." + part[1]));
        });

        for (String alg : List.of("none", "None", "NONE")) {
            tests.attack("J3-1 sign nothing and say " + alg, true, false, v -> refunds(v,
                    encoded("{\"alg\":\"" + alg + "\"}") + "." + encoded("{" + role("agent") + "}") + ".x"));
        }
        tests.attack("J3-1 choose an algorithm by a name in the header", true, false,
                v -> refunds(v, token("{\"typ\":\"x\",\"alg\":\"HmacSHA256\"}", role("agent"), KEY)));

        tests.attack("J3-2 sign with the key of the source, where none is configured", true, false, v -> {
            Version unconfigured = v == fixed
                    ? token -> new TokenVerifierFixed(null, clock).canRefund(token)
                    : token -> new TokenVerifier(null).canRefund(token);
            return refunds(unconfigured, token(HS256, role("agent"), "dev-only-key"));
        });
        tests.fixed("J3-2 a missing or short key stops the start", List.of(false, false), v -> List.of(starts(null), starts("short")));

        for (String claims : List.of(
                GOOD + "\"role\":\"agent\",\"exp\":" + (NOW - 61),
                role("agent").replace("\"returns\"", "\"newsletter\""),
                role("agent").replace("login.shop.test", "login.partner.test"),
                role("agent") + ",\"nbf\":" + (NOW + 61))) {
            tests.attack("J3-3 use a genuine token with " + claims, true, false, v -> refunds(v, signed(claims)));
        }
        tests.fixed("J3-3 a clock may be a minute off", true,
                v -> refunds(v, signed(GOOD + "\"role\":\"agent\",\"exp\":" + (NOW - 30))));

        tests.attack("J3-4 leave the time out", true, false, v -> refunds(v, signed(GOOD + "\"role\":\"viewer\"")));
        tests.attack("J3-4 the same without a signature", true, false, v -> refunds(v, unsigned("\"role\":\"viewer\"")));
        tests.attack("J3-4 write the time as a word", true, false,
                v -> refunds(v, signed(GOOD + "\"role\":\"viewer\",\"exp\":\"soon\"")));

        for (String name : List.of("non-admin-viewer", "badminton", "administrator")) {
            tests.attack("J3-5 refund as " + name, true, false, v -> refunds(v, signed(role(name))));
        }
        tests.fixed("J3-5 without a subject, with a fourth part, with a time that is a word", List.of(false, false, false), v -> List.of(
                refunds(v, signed(role("agent").replace("\"sub\":\"a17\",", ""))),
                refunds(v, signed(role("agent")) + ".x"),
                refunds(v, signed(role("agent").replace(LATER, "\"exp\":\"1e99\"")))));
        String claims = role("agent");
        for (String body : List.of(claims, "{" + claims, claims + "}", "[" + claims + "]", "x" + claims + "}", "{" + claims + "x",
                "", "{", "{}", "{" + claims.replace(",\"sub\"", ";\"sub\"") + "}")) {
            tests.fixed("J3-5 a body that is no object: " + body, false, v -> refunds(v, token(HS256, body)));
        }
        tests.fixed("J3-5 a role twice, or with an escape, is none", List.of(false, false), v -> List.of(
                refunds(v, signed("\"role\":\"viewer\"," + role("agent"))),
                refunds(v, signed(role("\\u0061gent")))));

        tests.attack("J3-7 write a line of the log", true, false, v -> {
            log.clear();
            refunds(v, unsigned("\"sub\":\"x\nINFO refund approved\",\"role\":\"viewer\"," + LATER));
            return log.stream().anyMatch(line -> line.contains("refund approved"));
        });

        tests.run();
    }

    static boolean starts(String key) {
        try {
            new TokenVerifierFixed(key, Clock.systemUTC());
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
