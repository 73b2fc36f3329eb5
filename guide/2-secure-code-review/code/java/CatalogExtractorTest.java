import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import review.CatalogExtractor;
import review.CatalogExtractorFixed;

/** Every feature works in both versions; every attack works on the vulnerable one only. */
public class CatalogExtractorTest {
    interface Extractor {
        List<Path> extract(InputStream upload) throws IOException;

        String preview(String file) throws IOException;
    }

    interface Version {
        Extractor of(Path seller);
    }

    /** Sellers 42 and 420, the second with a price. */
    static Path sellers() throws IOException {
        Path data = Paired.folder("sellers");
        Files.createDirectories(data.resolve("42"));
        Files.createDirectories(data.resolve("420"));
        Files.writeString(data.resolve("420/price.json"), "price of 420");
        return data;
    }

    static InputStream zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return new ByteArrayInputStream(out.toByteArray());
    }

    static boolean refuses(Extractor extractor, InputStream upload) {
        try {
            extractor.extract(upload);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    static String preview(Extractor extractor, String file) {
        try {
            return extractor.preview(file);
        } catch (IOException e) {
            return "refused";
        }
    }

    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    public static void main(String[] args) {
        Paired<Version> tests = new Paired<>(
                seller -> {
                    CatalogExtractor extractor = new CatalogExtractor(seller);
                    return new Extractor() {
                        @Override
                        public List<Path> extract(InputStream upload) throws IOException {
                            return extractor.extract(upload);
                        }

                        @Override
                        public String preview(String file) throws IOException {
                            return extractor.preview(file);
                        }
                    };
                },
                seller -> {
                    CatalogExtractorFixed extractor = new CatalogExtractorFixed(seller);
                    return new Extractor() {
                        @Override
                        public List<Path> extract(InputStream upload) throws IOException {
                            return extractor.extract(upload);
                        }

                        @Override
                        public String preview(String file) throws IOException {
                            return extractor.preview(file);
                        }
                    };
                });

        tests.feature("a catalogue is unpacked below the seller's folder", List.of("a", "b"), v -> {
            Path seller = sellers().resolve("42");
            List<String> texts = new ArrayList<>();
            for (Path path : v.of(seller).extract(zip("a.csv", "a", "pictures/", "", "pictures/b 1.png", "b"))) {
                if (path.startsWith(seller)) {
                    texts.add(Files.readString(path));
                }
            }
            return texts;
        });
        tests.feature("the first 400 characters are shown", "x".repeat(400), v -> {
            Extractor extractor = v.of(sellers().resolve("42"));
            extractor.extract(zip("lists/price.json", "x".repeat(500)));
            return extractor.preview("lists/price.json");
        });
        tests.feature("the newest catalogue counts", "new", v -> {
            Extractor extractor = v.of(sellers().resolve("42"));
            extractor.extract(zip("price.json", "old"));
            extractor.extract(zip("price.json", "new"));
            return extractor.preview("price.json");
        });
        // The decoy: plain climbing is refused in both.
        tests.feature("an entry that climbs is refused", true, v -> refuses(v.of(sellers().resolve("42")), zip("../77/x.csv", "x")));

        for (String how : List.of("../420/price.json", "a/../../420/price.json")) {
            tests.attack("J4-1 overwrite a neighbour's price by " + how, "owned", "price of 420", v -> {
                Path data = sellers();
                refuses(v.of(data.resolve("42")), zip(how, "owned"));
                return Files.readString(data.resolve("420/price.json"));
            });
        }
        tests.fixed("J4-1 other names that are none", true, v -> {
            boolean refused = true;
            for (String name : List.of("/etc/x.csv", "..", ".htaccess", "a//b.csv", "a/b/c/d/e/f.csv", "a\\..\\b.csv", "x.CSV.exe", ".csv")) {
                refused &= refuses(v.of(sellers().resolve("42")), zip(name, "x"));
            }
            return refused;
        });

        tests.attack("J4-2 read a neighbour's price", "price of 420", "refused", v -> {
            Extractor extractor = v.of(sellers().resolve("42"));
            extractor.extract(zip("a.csv", "a"));
            return preview(extractor, "../420/price.json");
        });
        tests.attack("J4-2 read any file of the server", "secret", "refused", v -> {
            Path file = Paired.folder("secret").resolve("secret.txt");
            Files.writeString(file, "secret");
            Extractor extractor = v.of(sellers().resolve("42"));
            extractor.extract(zip("a.csv", "a"));
            return preview(extractor, file.toString());
        });

        tests.attack("J4-3 fill the disk from a small file", List.of(true, true), List.of(true, false), v -> {
            Path seller = sellers().resolve("42");
            InputStream upload = zip("a.txt", "0".repeat((int) CatalogExtractorFixed.LARGEST_FILE + 1));
            boolean small = upload.available() < 50_000;
            refuses(v.of(seller), upload);
            return List.of(small, below(seller).size() > 0);
        });
        tests.attack("J4-3 use up the files of the disk", true, false, v -> {
            Path seller = sellers().resolve("42");
            String[] many = new String[2 * (CatalogExtractorFixed.MOST_ENTRIES + 1)];
            for (int i = 0; i < many.length; i += 2) {
                many[i] = "f" + i + ".txt";
                many[i + 1] = "";
            }
            refuses(v.of(seller), zip(many));
            return below(seller).size() > 0;
        });
        tests.attack("J4-3 fill it with many files of a lawful size", true, false, v -> {
            Path seller = sellers().resolve("42");
            String nine = "0".repeat(9 * 1024 * 1024);
            refuses(v.of(seller), zip("a.txt", nine, "b.txt", nine, "c.txt", nine, "d.txt", nine, "e.txt", nine, "f.txt", nine));
            return below(seller).size() > 0;
        });

        tests.attack("J4-3 have more unpacked than is counted, in an entry that calls itself a folder", false, true, v ->
                refuses(v.of(sellers().resolve("42")), zip("a.csv", "a", "pictures/", "0".repeat(60 * 1024 * 1024), "b.csv", "b")));

        tests.attack("J4-4 have a file that runs, and that everybody may change", List.of(true, true), List.of(false, false), v -> {
            Path path = v.of(sellers().resolve("42")).extract(zip("a.txt", "a")).get(0);
            Set<PosixFilePermission> may = Files.getPosixFilePermissions(path);
            boolean inOpenFolders = Files.getPosixFilePermissions(path.getParent()).contains(PosixFilePermission.OTHERS_EXECUTE);
            return List.of(Files.isExecutable(path), may.contains(PosixFilePermission.OTHERS_WRITE) && inOpenFolders);
        });

        for (String name : List.of("page.html", "shell.jsp", "picture.svg", "a.csv.jsp", ".htaccess")) {
            tests.attack("J4-5 place " + name + " on a trusted origin", true, false, v -> {
                Path seller = sellers().resolve("42");
                refuses(v.of(seller), zip(name, "<script>alert(1)</script>"));
                return below(seller).stream().anyMatch(path -> path.endsWith(name));
            });
        }
        tests.attack("J4-5 replace a file that was reviewed", "changed", "reviewed", v -> {
            Extractor extractor = v.of(sellers().resolve("42"));
            Path reviewed = extractor.extract(zip("price.json", "reviewed")).get(0);
            extractor.extract(zip("price.json", "changed"));
            return Files.readString(reviewed);
        });
        tests.fixed("J4-5 twenty uploads at once leave one whole catalogue", true, v -> {
            Extractor extractor = v.of(sellers().resolve("42"));
            List<Thread> uploads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                InputStream upload = zip("price.json", "price " + i);
                Thread thread = new Thread(() -> refuses(extractor, upload));
                thread.start();
                uploads.add(thread);
            }
            for (Thread thread : uploads) {
                thread.join(10_000);
            }
            return extractor.preview("price.json").startsWith("price ");
        });
        tests.fixed("J4-5 after an archive that is refused the old catalogue stays", List.of(true, "old"), v -> {
            Extractor extractor = v.of(sellers().resolve("42"));
            extractor.extract(zip("price.json", "old"));
            return List.of(refuses(extractor, zip("a.csv", "x", "b.jsp", "x")), extractor.preview("price.json"));
        });

        tests.run();
    }
}
