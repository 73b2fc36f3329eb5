import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Tests for two versions of one thing: a feature works in both, an attack in the vulnerable one only. */
final class Paired<V> {
    interface Scene<V, T> {
        T play(V version) throws Exception;
    }

    private interface Check {
        void run() throws Exception;
    }

    private final V vulnerable;
    private final V fixed;
    private final Map<String, Check> checks = new LinkedHashMap<>();

    Paired(V vulnerable, V fixed) {
        this.vulnerable = vulnerable;
        this.fixed = fixed;
    }

    <T> void feature(String name, T expected, Scene<V, T> scene) {
        checks.put("feature  " + name, () -> {
            same("vulnerable", expected, scene.play(vulnerable));
            same("fixed", expected, scene.play(fixed));
        });
    }

    <T> void attack(String name, T whenItWorks, T whenItIsRefused, Scene<V, T> scene) {
        checks.put("attack   " + name, () -> {
            same("vulnerable", whenItWorks, scene.play(vulnerable));
            same("fixed", whenItIsRefused, scene.play(fixed));
        });
    }

    /** For what only the fixed version promises. */
    <T> void fixed(String name, T expected, Scene<V, T> scene) {
        checks.put("fixed    " + name, () -> same("fixed", expected, scene.play(fixed)));
    }

    private static void same(String version, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(version + ": expected " + expected + ", found " + found);
        }
    }

    /** A new folder, which is gone with all that is in it when the tests have ended. */
    static Path folder(String name) throws IOException {
        Path folder = Files.createTempDirectory(name);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (Stream<Path> inside = Files.walk(folder)) {
                for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                System.err.println("left behind: " + folder + ": " + e);
            }
        }));
        return folder;
    }

    /** What is written to a log from now on, instead of the console. */
    static List<String> listen(String logger) {
        List<String> lines = new ArrayList<>();
        Logger log = Logger.getLogger(logger);
        log.setUseParentHandlers(false);
        log.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getMessage());
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        });
        return lines;
    }

    void run() {
        int failed = 0;
        for (Map.Entry<String, Check> check : checks.entrySet()) {
            try {
                check.getValue().run();
                System.out.println("ok      " + check.getKey());
            } catch (Exception | AssertionError e) {
                System.out.println("FAILED  " + check.getKey() + "\n        " + e);
                failed++;
            }
        }
        System.out.println(checks.size() - failed + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }
}
