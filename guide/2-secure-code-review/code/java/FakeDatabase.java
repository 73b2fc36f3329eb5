import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Just enough of a database for the tests: tables in memory, a little SQL, and JDBC in front of it.
 *
 * <p>Reads see what is committed and what their own transaction wrote. Writes take turns: the first write of a
 * transaction waits until the last writer has committed or rolled back, and then sees what that one left. Several
 * statements in one string are run one after another, as some drivers do. What is not understood is an SQLException.
 */
final class FakeDatabase {
    /** Called before each statement and each commit: may pause the thread, or throw to play a crash. */
    interface Hook {
        void before(String sql) throws SQLException;
    }

    /** The texts of all statements so far, as the service sent them. */
    final List<String> statements = new CopyOnWriteArrayList<>();
    volatile Hook hook = sql -> { };

    private final Map<String, List<String>> columns = new HashMap<>();
    private final Semaphore writer = new Semaphore(1);
    private volatile Map<String, List<Map<String, Object>>> committed = new HashMap<>();

    FakeDatabase table(String name, String... columnNames) {
        columns.put(name, List.of(columnNames));
        committed.put(name, new ArrayList<>());
        return this;
    }

    FakeDatabase run(String sql) throws SQLException {
        new Session().update(sql, List.of());
        return this;
    }

    /** The committed rows of a table. */
    List<Map<String, Object>> rows(String table) {
        return copy(committed).get(table);
    }

    Connection connect() {
        Session session = new Session();
        return proxy(Connection.class, (self, method, args) -> switch (method.getName()) {
            case "prepareStatement" -> prepared(session, (String) args[0]);
            case "createStatement" -> statement(session);
            case "setAutoCommit" -> session.setAutoCommit((boolean) args[0]);
            case "commit" -> session.commit();
            case "rollback", "close" -> session.rollback();
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (self, method, args) -> switch (method.getName()) {
            case "getConnection" -> connect();
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static Statement statement(Session session) {
        return proxy(Statement.class, (self, method, args) -> switch (method.getName()) {
            case "executeUpdate" -> session.update((String) args[0], List.of());
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static PreparedStatement prepared(Session session, String sql) {
        Map<Integer, Object> values = new HashMap<>();
        return proxy(PreparedStatement.class, (self, method, args) -> switch (method.getName()) {
            case "setString", "setLong" -> values.put((Integer) args[0], args[1]);
            case "executeUpdate" -> session.update(sql, inOrder(values));
            case "executeQuery" -> results(session.query(sql, inOrder(values)));
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static ResultSet results(List<Map<String, Object>> rows) {
        int[] position = {-1};
        return proxy(ResultSet.class, (self, method, args) -> switch (method.getName()) {
            case "next" -> ++position[0] < rows.size();
            case "getInt" -> ((Long) cell(rows.get(position[0]), args[0])).intValue();
            case "getLong" -> cell(rows.get(position[0]), args[0]);
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static Object cell(Map<String, Object> row, Object column) {
        return column instanceof Integer number ? List.copyOf(row.values()).get(number - 1) : row.get(column);
    }

    private static List<Object> inOrder(Map<Integer, Object> values) {
        List<Object> ordered = new ArrayList<>();
        for (int number = 1; number <= values.size(); number++) {
            ordered.add(values.get(number));
        }
        return ordered;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Map<String, List<Map<String, Object>>> copy(Map<String, List<Map<String, Object>>> tables) {
        Map<String, List<Map<String, Object>>> copy = new HashMap<>();
        tables.forEach((name, rows) -> {
            List<Map<String, Object>> copied = new ArrayList<>();
            rows.forEach(row -> copied.add(new LinkedHashMap<>(row)));
            copy.put(name, copied);
        });
        return copy;
    }

    /** One connection with its transaction: it has a draft of the tables while it is the writer. */
    private final class Session {
        private boolean autoCommit = true;
        private Map<String, List<Map<String, Object>>> draft;

        int update(String sql, List<Object> values) throws SQLException {
            announce(sql);
            if (draft == null) {
                acquire();
                draft = copy(committed);
            }
            int changed;
            try {
                changed = new Run(sql, values, draft).updates();
            } catch (SQLException | RuntimeException e) {
                if (autoCommit) {
                    rollback();
                }
                throw e;
            }
            if (autoCommit) {
                publish();
            }
            return changed;
        }

        List<Map<String, Object>> query(String sql, List<Object> values) throws SQLException {
            announce(sql);
            return new Run(sql, values, draft == null ? committed : draft).query();
        }

        Object setAutoCommit(boolean on) {
            publish();
            autoCommit = on;
            return null;
        }

        Object commit() throws SQLException {
            hook.before("COMMIT");
            publish();
            return null;
        }

        Object rollback() {
            if (draft != null) {
                draft = null;
                writer.release();
            }
            return null;
        }

        private void publish() {
            if (draft != null) {
                committed = draft;
                rollback();
            }
        }

        private void announce(String sql) throws SQLException {
            hook.before(sql);
            statements.add(sql);
        }

        private void acquire() throws SQLException {
            try {
                if (!writer.tryAcquire(2, TimeUnit.SECONDS)) {
                    throw new SQLException("waited too long for another transaction");
                }
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
        }
    }

    /** Reads one string of SQL from left to right and does what it says. */
    private final class Run {
        private static final Pattern TOKEN =
                Pattern.compile("\\s*(?:--[^\\n]*\\s*)?('(?:[^']|'')*'|\\w+|[?(),=+;]|$)");

        private final List<String> tokens = new ArrayList<>();
        private final List<Object> values;
        private final Map<String, List<Map<String, Object>>> tables;
        private int next;

        Run(String sql, List<Object> values, Map<String, List<Map<String, Object>>> tables) throws SQLException {
            this.values = new ArrayList<>(values);
            this.tables = tables;
            Matcher matcher = TOKEN.matcher(sql);
            int end = 0;
            while (end < sql.length()) {
                if (!matcher.find(end) || matcher.start() != end) {
                    throw new SQLException("not understood: " + sql.substring(end));
                }
                tokens.add(matcher.group(1));
                end = matcher.end();
            }
            tokens.add("");
        }

        List<Map<String, Object>> query() throws SQLException {
            expect("SELECT");
            List<String> wanted = names("FROM");
            String table = tokens.get(next++);
            for (String column : wanted) {
                known(table, column);
            }
            List<Map<String, Object>> found = new ArrayList<>();
            for (Map<String, Object> row : where(table)) {
                Map<String, Object> picked = new LinkedHashMap<>();
                wanted.forEach(column -> picked.put(column, row.get(column)));
                found.add(picked);
            }
            expect("");
            return found;
        }

        int updates() throws SQLException {
            int changed = 0;
            do {
                changed += accept("INSERT") ? insert() : accept("UPDATE") ? update() : 0;
            } while (accept(";"));
            expect("");
            return changed;
        }

        private int insert() throws SQLException {
            expect("INTO");
            String table = tokens.get(next++);
            expect("(");
            List<String> into = names(")");
            expect("VALUES");
            int inserted = 0;
            do {
                expect("(");
                Map<String, Object> row = new LinkedHashMap<>();
                for (String column : into) {
                    known(table, column);
                    row.put(column, value());
                    expect(column.equals(into.get(into.size() - 1)) ? ")" : ",");
                }
                tables.get(table).add(row);
                inserted++;
            } while (accept(","));
            return inserted;
        }

        private int update() throws SQLException {
            String table = tokens.get(next++);
            expect("SET");
            String column = tokens.get(next++);
            known(table, column);
            expect("=");
            ToLongFunction<Map<String, Object>> amount = number(table);
            List<Map<String, Object>> rows = where(table);
            rows.forEach(row -> row.put(column, amount.applyAsLong(row)));
            return rows.size();
        }

        /** A number, or the old value of a column plus a number. */
        private ToLongFunction<Map<String, Object>> number(String table) throws SQLException {
            if (!columns.getOrDefault(table, List.of()).contains(tokens.get(next))) {
                long fixed = (Long) value();
                return row -> fixed;
            }
            String column = tokens.get(next++);
            expect("+");
            long more = (Long) value();
            return row -> (Long) row.get(column) + more;
        }

        private List<Map<String, Object>> where(String table) throws SQLException {
            expect("WHERE");
            Predicate<Map<String, Object>> all = row -> true;
            do {
                String column = tokens.get(next++);
                known(table, column);
                expect("=");
                Object value = value();
                all = all.and(row -> row.get(column).equals(value));
            } while (accept("AND"));
            return tables.get(table).stream().filter(all).toList();
        }

        private List<String> names(String end) throws SQLException {
            List<String> names = new ArrayList<>();
            do {
                names.add(tokens.get(next++));
            } while (accept(","));
            expect(end);
            return names;
        }

        private Object value() throws SQLException {
            String token = tokens.get(next++);
            if (token.equals("?") && !values.isEmpty()) {
                return values.remove(0);
            }
            if (token.startsWith("'")) {
                return token.substring(1, token.length() - 1).replace("''", "'");
            }
            if (token.matches("\\d+")) {
                return Long.valueOf(token);
            }
            throw new SQLException("not a value: " + token);
        }

        private void known(String table, String column) throws SQLException {
            if (!columns.getOrDefault(table, List.of()).contains(column)) {
                throw new SQLException("no such column: " + table + "." + column);
            }
        }

        private boolean accept(String token) {
            boolean here = tokens.get(next).equals(token);
            next += here ? 1 : 0;
            return here;
        }

        private void expect(String token) throws SQLException {
            if (!accept(token)) {
                throw new SQLException("expected " + token + ", found " + tokens.get(next));
            }
        }
    }
}
