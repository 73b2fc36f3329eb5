package shop;

/** Löst Gutscheine ein; codes are single use. */
final class GiftCards {
    long redeem(String code, String account) throws SQLException {
        try (var ps = connection.prepareStatement("SELECT cents FROM cards WHERE code = '" + code + "'")) {
            var found = ps.executeQuery();
            ps.setString(1, account);
            log.info("redeemed \"" + code + "\\n");
            return found.getLong("cents");
        }
    }
}
