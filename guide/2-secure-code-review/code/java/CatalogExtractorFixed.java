package review;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a seller's catalogue ZIP under /data/sellers/{sellerId}. Each upload becomes a folder of its own; the file
 * `current` says which one counts. The web server sends these files from an origin without cookies, and runs none.
 */
public class CatalogExtractorFixed {
    public static final int MOST_ENTRIES = 1000;
    public static final long LARGEST_FILE = 10L * 1024 * 1024;
    public static final long LARGEST_CATALOGUE = 50L * 1024 * 1024;

    private static final Set<String> TYPES = Set.of("csv", "json", "txt", "jpg", "png", "webp");
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_ -]{0,99}";
    private static final int DEEPEST = 5;

    private final Path root;

    public CatalogExtractorFixed(Path sellerRoot) {
        this.root = sellerRoot.toAbsolutePath().normalize();
    }

    /** All of the catalogue, or nothing. */
    public List<Path> extract(InputStream upload) throws IOException {
        Files.createDirectories(root);
        Path version = Files.createTempDirectory(root, "version-"); // for this user alone, and new
        try {
            List<Path> written = unpack(upload, version);
            // A file of its own for each upload, so that two at once do not take each other's.
            Path next = Files.writeString(Files.createTempFile(root, "next-", ""), version.getFileName().toString());
            Files.move(next, root.resolve("current"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } catch (IOException | RuntimeException e) {
            delete(version);
            throw e;
        }
    }

    /** Shows the first lines of one extracted file. Behind GET /sellers/{id}/preview?file=... */
    public String preview(String file) throws IOException {
        Path version = root.resolve(Files.readString(root.resolve("current")));
        try (InputStream in = Files.newInputStream(inside(version, file))) {
            String text = new String(in.readNBytes(1600), StandardCharsets.UTF_8);
            return text.substring(0, Math.min(400, text.length()));
        }
    }

    private static List<Path> unpack(InputStream upload, Path version) throws IOException {
        List<Path> written = new ArrayList<>();
        long total = 0;
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(upload)) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                if (++entries > MOST_ENTRIES) {
                    throw new IOException("too many entries");
                }
                if (entry.isDirectory()) {
                    if (zip.read() != -1) { // a folder with content would be unpacked to its end, uncounted, on the way to the next entry
                        throw new IOException("a folder with content");
                    }
                    continue; // folders come with the files that are in them
                }
                Path target = inside(version, entry.getName());
                Files.createDirectories(target.getParent());
                total += copy(zip, target, Math.min(LARGEST_FILE, LARGEST_CATALOGUE - total));
                written.add(target);
            }
        }
        return written;
    }

    /** What the entry says about its size is the seller's word, so bytes are counted as they come. */
    private static long copy(InputStream zip, Path target, long most) throws IOException {
        long size = 0;
        byte[] buffer = new byte[8192];
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int n; (n = zip.read(buffer)) > 0; ) {
                size += n;
                if (size > most) {
                    throw new IOException("too large");
                }
                out.write(buffer, 0, n);
            }
        }
        return size;
    }

    /** The one way from a name to a path, for reading and for writing. */
    private static Path inside(Path folder, String name) throws IOException {
        String[] parts = name.split("/", -1);
        String last = parts[parts.length - 1];
        int dot = last.lastIndexOf('.');
        boolean plain = parts.length <= DEEPEST && dot > 0 && TYPES.contains(last.substring(dot + 1));
        for (int i = 0; i < parts.length && plain; i++) {
            plain = (i < parts.length - 1 ? parts[i] : last.substring(0, dot)).matches(NAME);
        }
        if (!plain) {
            throw new IOException("not a name that we take");
        }
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) { // compares whole elements: 42 is not the beginning of 420
            throw new IOException("entry escapes the seller directory");
        }
        return target;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
