package review;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies the signed tokens that the returns service accepts from call-centre desktops. In a product this is a
 * maintained library with the same four constants; here it is written out, so that every step can be read.
 */
public final class TokenVerifierFixed {
    private static final Logger LOG = Logger.getLogger("tokens");
    private static final String ISSUER = "https://login.shop.test";
    private static final String AUDIENCE = "returns";
    private static final String ALGORITHM = "HS256";
    private static final int SKEW = 60;
    private static final int LONGEST = 4096;
    private static final Pattern FIELD = Pattern.compile("\\s*\"([a-z]{1,16})\"\\s*:\\s*(?:\"([^\"\\\\]*)\"|([0-9]{1,15}))\\s*");

    public enum Role { VIEWER, AGENT, ADMIN }

    public record Claims(String sub, Role role, long exp) { }

    private final SecretKeySpec key;
    private final Clock clock;

    /** Without a key nothing starts: there is none to fall back to. */
    public TokenVerifierFixed(String configuredKey, Clock clock) {
        byte[] bytes = configuredKey == null ? new byte[0] : configuredKey.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 32) {
            throw new IllegalStateException("The key for tokens is missing or shorter than 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.clock = clock;
    }

    /** Throws SecurityException unless everything is right. Nothing in the token is believed before its signature. */
    public Claims verify(String token) {
        String[] part = token == null || token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (part.length != 3 || !MessageDigest.isEqual(ascii(sign(part[0] + "." + part[1])), ascii(part[2]))) {
            throw refused("signature");
        }
        if (!ALGORITHM.equals(fields(part[0]).get("alg"))) {
            throw refused("algorithm");
        }
        Map<String, String> claims = fields(part[1]);
        if (!ISSUER.equals(claims.get("iss")) || !AUDIENCE.equals(claims.get("aud"))) {
            throw refused("issuer or audience");
        }
        long now = clock.instant().getEpochSecond();
        if (number(claims.get("exp")) + SKEW <= now || number(claims.getOrDefault("nbf", "0")) - SKEW > now) {
            throw refused("time");
        }
        if (claims.getOrDefault("sub", "").isEmpty()) {
            throw refused("subject");
        }
        return new Claims(claims.get("sub"), role(claims.get("role")), number(claims.get("exp")));
    }

    public boolean canRefund(String token) {
        try {
            Role role = verify(token).role();
            return role == Role.AGENT || role == Role.ADMIN;
        } catch (SecurityException e) {
            return false;
        }
    }

    private String sign(String data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(ascii(data)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /** A flat object of texts and whole numbers, each name once. Anything else is refused. */
    private static Map<String, String> fields(String encoded) {
        String json;
        try {
            json = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            throw refused("encoding");
        }
        Map<String, String> fields = new HashMap<>();
        if (json.length() < 2 || json.charAt(0) != '{' || json.charAt(json.length() - 1) != '}') {
            throw refused("object");
        }
        Matcher field = FIELD.matcher(json).region(1, json.length() - 1);
        while (field.lookingAt()) {
            String value = field.group(2) != null ? field.group(2) : field.group(3);
            if (fields.put(field.group(1), value) != null) {
                throw refused("repeated field");
            }
            int end = field.end();
            if (end == json.length() - 1) {
                return fields;
            }
            if (json.charAt(end) != ',') {
                break;
            }
            field.region(end + 1, json.length() - 1);
        }
        throw refused("object");
    }

    private static long number(String text) {
        if (text == null || !text.matches("[0-9]{1,15}")) {
            throw refused("number");
        }
        return Long.parseLong(text);
    }

    private static Role role(String name) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(java.util.Locale.ROOT).equals(name)) {
                return role;
            }
        }
        throw refused("role");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The log learns which step failed. It gets no word that the caller wrote. */
    private static SecurityException refused(String step) {
        LOG.warning("token refused: " + step);
        return new SecurityException("invalid token");
    }
}
