import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import review.GiftCardService;
import review.GiftCardServiceFixed;

/** Every feature works in both versions; every attack works on the vulnerable one only. */
public class GiftCardServiceTest {
    static final long CARD = 5_00;
    static final long BOBS_BALANCE = 700_00;

    static final Logger LOGGER = Logger.getLogger("giftcards");
    static final List<String> LOG = new ArrayList<>();
    static final Map<String, Check> TESTS = new LinkedHashMap<>();

    enum Version {
        VULNERABLE("code") {
            @Override
            GiftCards connect(FakeDatabase db) {
                GiftCardService service = new GiftCardService(db.connect());
                return new GiftCards(service::issue, service::redeem, service::balance);
            }
        },
        FIXED("code_hash") {
            @Override
            GiftCards connect(FakeDatabase db) {
                GiftCardServiceFixed service = new GiftCardServiceFixed(db.dataSource());
                return new GiftCards(service::issue, service::redeem, service::balance);
            }
        };

        private final String codeColumn;

        Version(String codeColumn) {
            this.codeColumn = codeColumn;
        }

        abstract GiftCards connect(FakeDatabase db);

        FakeDatabase database() throws SQLException {
            return new FakeDatabase()
                    .table("account", "id", "balance_cents")
                    .table("gift_card", codeColumn, "amount_cents", "redeemed")
                    .table("audit", "event", "channel")
                    .run("INSERT INTO account(id, balance_cents) VALUES ('mallory', 0), ('bob', " + BOBS_BALANCE + ")");
        }
    }

    /** What both versions offer. */
    record GiftCards(Issue issue, Redeem redeem, Balance balance) { }

    interface Issue {
        String card(long amountCents) throws SQLException;
    }

    interface Redeem {
        long card(String sessionAccountId, String code, String channel) throws SQLException;
    }

    interface Balance {
        long of(String sessionAccountId, String accountId) throws SQLException;
    }

    interface Check {
        void run() throws Exception;
    }

    interface Scene<T> {
        T play(Version version) throws Exception;
    }

    static <T> void feature(String name, T expected, Scene<T> scene) {
        TESTS.put("feature  " + name, () -> {
            for (Version version : Version.values()) {
                same(version, expected, scene.play(version));
            }
        });
    }

    static <T> void attack(String name, T whenItWorks, T whenItIsRefused, Scene<T> scene) {
        TESTS.put("attack   " + name, () -> {
            same(Version.VULNERABLE, whenItWorks, scene.play(Version.VULNERABLE));
            same(Version.FIXED, whenItIsRefused, scene.play(Version.FIXED));
        });
    }

    static void same(Version version, Object expected, Object found) {
        assert Objects.equals(expected, found) : version + ": expected " + expected + ", found " + found;
    }

    static {
        feature("a card is issued, redeemed and shown", List.of(CARD, CARD), version -> {
            GiftCards cards = version.connect(version.database());
            String code = cards.issue.card(CARD);
            return List.of(cards.redeem.card("mallory", code, "web"), cards.balance.of("mallory", "mallory"));
        });

        feature("a spent, an unknown and a missing code are refused", List.of(false, false, false), version -> {
            GiftCards cards = version.connect(version.database());
            String code = cards.issue.card(CARD);
            redeems(cards, code);
            return List.of(redeems(cards, code), redeems(cards, "GC-NONE"), redeems(cards, null));
        });

        feature("each redemption is audited", List.of(Map.of("event", "redeem", "channel", "app")), version -> {
            FakeDatabase db = version.database();
            GiftCards cards = version.connect(db);
            cards.redeem.card("mallory", cards.issue.card(CARD), "app");
            return db.rows("audit");
        });

        feature("codes differ, and each is logged once", List.of(100, 100), version -> {
            GiftCards cards = version.connect(version.database());
            Set<String> codes = new HashSet<>();
            LOG.clear();
            for (int i = 0; i < 100; i++) {
                codes.add(cards.issue.card(CARD));
            }
            return List.of(codes.size(), LOG.size());
        });

        attack("J1-1 redeem one card in two requests at once", 2 * CARD, CARD, version -> {
            FakeDatabase db = version.database();
            String code = version.connect(db).issue.card(CARD);
            // Each request stops before its first write until the other has come as far, so both have read by then.
            CountDownLatch aboutToWrite = new CountDownLatch(2);
            ThreadLocal<Boolean> stopped = ThreadLocal.withInitial(() -> false);
            db.hook = sql -> {
                if (!sql.startsWith("SELECT") && !stopped.get()) {
                    stopped.set(true);
                    aboutToWrite.countDown();
                    await(aboutToWrite);
                }
            };
            List<FutureTask<Boolean>> requests = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                GiftCards cards = version.connect(db);
                FutureTask<Boolean> request = new FutureTask<>(() -> redeems(cards, code));
                Thread thread = new Thread(request);
                thread.setDaemon(true);
                thread.start();
                requests.add(request);
            }
            for (FutureTask<Boolean> request : requests) {
                request.get(4, TimeUnit.SECONDS);
            }
            return balance(db, "mallory");
        });

        attack("J1-1 redeem again after a crash half-way", Set.of(CARD, 2 * CARD), Set.of(CARD), version -> {
            Set<Long> balances = new HashSet<>();
            for (int crashAt = 1; crashAt <= 6; crashAt++) {
                FakeDatabase db = version.database();
                String code = version.connect(db).issue.card(CARD);
                int fatal = crashAt;
                AtomicInteger statements = new AtomicInteger();
                db.hook = sql -> {
                    if (statements.incrementAndGet() == fatal) {
                        throw new SQLException("the connection is gone");
                    }
                };
                redeems(version.connect(db), code);
                db.hook = sql -> { };
                redeems(version.connect(db), code);
                balances.add(balance(db, "mallory"));
            }
            return balances;
        });

        // Not to an attacker's gain, but the same flaw: half of the work is kept when the other half fails.
        attack("J1-1 lose a card to an account that is not there yet", 0L, CARD, version -> {
            FakeDatabase db = version.database();
            GiftCards cards = version.connect(db);
            String code = cards.issue.card(CARD);
            try {
                cards.redeem.card("newcomer", code, "web");
            } catch (IllegalStateException e) {
                // The fixed version says so, and keeps the card.
            }
            db.run("INSERT INTO account(id, balance_cents) VALUES ('newcomer', 0)");
            try {
                cards.redeem.card("newcomer", code, "web");
            } catch (IllegalArgumentException e) {
                // The vulnerable version has spent it.
            }
            return balance(db, "newcomer");
        });

        String forgery = "web'), ('redeem', 'forged";
        attack("J1-2 forge an audit record through the channel", List.of("web", "forged"), List.of(forgery),
                version -> {
                    FakeDatabase db = version.database();
                    GiftCards cards = version.connect(db);
                    cards.redeem.card("mallory", cards.issue.card(CARD), forgery);
                    return db.rows("audit").stream().map(row -> row.get("channel")).toList();
                });

        attack("J1-2 write a balance through the channel", 999_999_00L, CARD, version -> {
            FakeDatabase db = version.database();
            GiftCards cards = version.connect(db);
            cards.redeem.card("mallory", cards.issue.card(CARD),
                    "web'); UPDATE account SET balance_cents = 99999900 WHERE id = 'mallory' --");
            return balance(db, "mallory");
        });

        attack("J1-2 have values become part of the SQL text", true, false, version -> {
            FakeDatabase db = version.database();
            GiftCards cards = version.connect(db);
            List<List<String>> texts = new ArrayList<>();
            for (String who : List.of("mallory", "bob")) {
                String code = cards.issue.card(CARD + texts.size());
                db.statements.clear();
                cards.redeem.card(who, code, "channel of " + who);
                texts.add(List.copyOf(db.statements));
            }
            return !texts.get(0).equals(texts.get(1));
        });

        attack("J1-3 read another customer's balance", BOBS_BALANCE, "404", version -> {
            GiftCards cards = version.connect(version.database());
            try {
                return cards.balance.of("mallory", "bob");
            } catch (NoSuchElementException e) {
                return "404";
            }
        });

        attack("J1-4 compute the codes before and after one's own", List.of(true, true), List.of(false, false),
                version -> {
                    GiftCards cards = version.connect(version.database());
                    String before = cards.issue.card(CARD);
                    String mine = cards.issue.card(CARD);
                    String after = cards.issue.card(CARD);
                    return List.of(neighbours(mine, -1).contains(before), neighbours(mine, 1).contains(after));
                });

        attack("J1-4 find a code among fewer than 2^128", true, false, version -> {
            String digits = version.connect(version.database()).issue.card(CARD).substring("GC-".length());
            return digits.length() * (digits.matches("[0-9A-F]+") ? 4 : 6) < 128;
        });

        attack("J1-4 spend codes found in a copy of the table", true, false, version -> {
            FakeDatabase db = version.database();
            GiftCards cards = version.connect(db);
            cards.issue.card(CARD);
            return redeems(cards, (String) db.rows("gift_card").get(0).get(version.codeColumn));
        });

        attack("J1-5 spend codes found in the log", true, false, version -> {
            GiftCards cards = version.connect(version.database());
            LOG.clear();
            cards.issue.card(CARD);
            boolean spent = false;
            for (String word : LOG.get(0).split(" ")) {
                spent |= redeems(cards, word);
            }
            return spent;
        });
    }

    static boolean redeems(GiftCards cards, String code) {
        try {
            cards.redeem.card("mallory", code, "web");
            return true;
        } catch (IllegalArgumentException | SQLException e) {
            return false;
        }
    }

    static long balance(FakeDatabase db, String account) {
        return (long) db.rows("account").stream().filter(row -> row.get("id").equals(account)).findFirst()
                .orElseThrow().get("balance_cents");
    }

    static void await(CountDownLatch latch) {
        try {
            // Where one request is refused before it writes, the other would wait for ever.
            latch.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The codes that java.util.Random may have made just before (-1) or after (1) this one. Its state has 48 bits and
     * every number shows the upper 32 of them, so two numbers in a row leave at most a handful of states.
     */
    static Set<String> neighbours(String code, int direction) {
        String digits = code.substring("GC-".length());
        Set<String> found = new HashSet<>();
        if (digits.matches("[0-9A-F]{32}")) {
            int[] numbers = new int[4];
            ByteBuffer.wrap(HexFormat.of().parseHex(digits)).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
            found.addAll(neighbours(numbers[0], numbers[1], 4 * direction, GiftCardServiceTest::hexCode));
        } else if (digits.matches("[0-9A-Z]{1,13}")) {
            long magnitude = Long.parseLong(digits, 36);
            for (long number : new long[] {magnitude, -magnitude}) {
                int low = (int) number;
                int high = (int) ((number - low) >> 32); // as Random.nextLong() puts two numbers together
                found.addAll(neighbours(high, low, 2 * direction, GiftCardServiceTest::shortCode));
            }
        }
        return found;
    }

    static Set<String> neighbours(int first, int second, int steps, Function<Random, String> code) {
        final long multiplier = 0x5DEECE66DL;
        final long inverse = 0xDFE05BCB1365L;
        final long mask = (1L << 48) - 1;
        Set<String> found = new HashSet<>();
        for (long hidden = 0; hidden < 1 << 16; hidden++) {
            long state = (first & 0xFFFFFFFFL) << 16 | hidden;
            if ((int) ((state * multiplier + 0xB & mask) >>> 16) != second) {
                continue;
            }
            state = (state - 0xB) * inverse & mask; // before the first number
            for (int i = 0; i < Math.abs(steps); i++) {
                state = (steps > 0 ? state * multiplier + 0xB : (state - 0xB) * inverse) & mask;
            }
            found.add(code.apply(new Random(state ^ multiplier)));
        }
        return found;
    }

    static String shortCode(Random random) {
        return "GC-" + Long.toString(Math.abs(random.nextLong()), 36).toUpperCase(Locale.ROOT);
    }

    static String hexCode(Random random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return "GC-" + HexFormat.of().withUpperCase().formatHex(bytes);
    }

    public static void main(String[] args) {
        if (!GiftCardServiceTest.class.desiredAssertionStatus()) {
            System.err.println("Run with java -ea: without assertions nothing can fail.");
            System.exit(2);
        }
        Locale.setDefault(Locale.ROOT);
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                LOG.add(entry.getMessage());
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        });
        int failed = 0;
        for (Map.Entry<String, Check> test : TESTS.entrySet()) {
            try {
                test.getValue().run();
                System.out.println("ok      " + test.getKey());
            } catch (Exception | AssertionError e) {
                Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
                System.out.println("FAILED  " + test.getKey() + "\n        " + cause);
                failed++;
            }
        }
        System.out.println(TESTS.size() - failed + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }
}
