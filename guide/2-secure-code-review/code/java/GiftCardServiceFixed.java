package review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Gift cards. Behind POST /gift-cards/redeem and GET /accounts/{accountId}/balance. */
public class GiftCardServiceFixed {
    private static final Logger LOG = Logger.getLogger("giftcards");
    private static final int CODE_BYTES = 16;

    // A source of connections, not one connection: requests that share one also share its transaction.
    private final DataSource dataSource;
    private final SecureRandom random = new SecureRandom();

    public GiftCardServiceFixed(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Issues a card for a paid order. The code is e-mailed to the buyer. */
    public String issue(long amountCents) throws SQLException {
        String code = newCode();
        try (Connection db = dataSource.getConnection();
                PreparedStatement ps = db.prepareStatement(
                        "INSERT INTO gift_card(code_hash, amount_cents, redeemed) VALUES (?, ?, 0)")) {
            ps.setString(1, hash(code));
            ps.setLong(2, amountCents);
            ps.executeUpdate();
        }
        LOG.info("issued gift card ending " + code.substring(code.length() - 4) + " for " + amountCents);
        return code;
    }

    /** Adds the card's value to the signed-in customer's balance. */
    public long redeem(String sessionAccountId, String code, String channel) throws SQLException {
        try (Connection db = dataSource.getConnection()) {
            db.setAutoCommit(false);
            try {
                long amount = claim(db, code);
                credit(db, sessionAccountId, amount);
                audit(db, channel);
                db.commit();
                return amount;
            } catch (Throwable e) {
                try {
                    db.rollback();
                } catch (SQLException suppressed) {
                    e.addSuppressed(suppressed);
                }
                throw e;
            }
        }
    }

    /** Throws NoSuchElementException, a 404, unless the account is the signed-in customer's own. */
    public long balance(String sessionAccountId, String accountId) throws SQLException {
        if (!sessionAccountId.equals(accountId)) {
            throw new NoSuchElementException("No such account");
        }
        try (Connection db = dataSource.getConnection();
                PreparedStatement ps = db.prepareStatement(
                        "SELECT balance_cents FROM account WHERE id = ?")) {
            ps.setString(1, sessionAccountId);
            try (ResultSet rs = ps.executeQuery()) {
                return rs.next() ? rs.getLong(1) : 0;
            }
        }
    }

    /** Marks the card as redeemed, if nobody has done so, and returns its value. */
    private static long claim(Connection db, String code) throws SQLException {
        if (code == null) {
            throw notRedeemable();
        }
        String codeHash = hash(code);
        // The check is part of the write: of two requests at once, the database lets one change the row.
        try (PreparedStatement ps = db.prepareStatement(
                "UPDATE gift_card SET redeemed = 1 WHERE code_hash = ? AND redeemed = 0")) {
            ps.setString(1, codeHash);
            if (ps.executeUpdate() != 1) {
                throw notRedeemable();
            }
        }
        try (PreparedStatement ps = db.prepareStatement(
                "SELECT amount_cents FROM gift_card WHERE code_hash = ?")) {
            ps.setString(1, codeHash);
            try (ResultSet rs = ps.executeQuery()) {
                if (!rs.next()) {
                    throw notRedeemable();
                }
                return rs.getLong("amount_cents");
            }
        }
    }

    private static void credit(Connection db, String accountId, long amountCents) throws SQLException {
        try (PreparedStatement ps = db.prepareStatement(
                "UPDATE account SET balance_cents = balance_cents + ? WHERE id = ?")) {
            ps.setLong(1, amountCents);
            ps.setString(2, accountId);
            if (ps.executeUpdate() != 1) {
                throw new IllegalStateException("No account to credit");
            }
        }
    }

    private static void audit(Connection db, String channel) throws SQLException {
        try (PreparedStatement ps = db.prepareStatement(
                "INSERT INTO audit(event, channel) VALUES ('redeem', ?)")) {
            ps.setString(1, channel);
            ps.executeUpdate();
        }
    }

    private String newCode() {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        return "GC-" + HexFormat.of().withUpperCase().formatHex(bytes);
    }

    // No salt and no slow hash: nobody can guess 128 random bits, unlike a password.
    private static String hash(String code) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static IllegalArgumentException notRedeemable() {
        return new IllegalArgumentException("That card cannot be redeemed");
    }
}
