import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import review.InvoiceImporter;
import review.InvoiceImporterFixed;

/** Every feature works in both versions; every attack works on the vulnerable one only. */
public class InvoiceImporterTest {
    static final String TWO = "<all><invoice seller='s1' number='1'><total>10.50</total></invoice>"
            + "<invoice seller='s2' number='9'><total>99</total></invoice></all>";

    record Answer(boolean ok, double total, String message) { }

    interface Version {
        Answer read(String xml, String seller, String number);
    }

    static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String[] args) throws Exception {
        Paired.listen("invoices");
        InvoiceImporter vulnerable = new InvoiceImporter();
        InvoiceImporterFixed fixed = new InvoiceImporterFixed();
        Paired<Version> tests = new Paired<>(
                (xml, seller, number) -> {
                    InvoiceImporter.Result result = vulnerable.importInvoice(bytes(xml), seller, number);
                    return new Answer(result.ok(), result.total(), result.message());
                },
                (xml, seller, number) -> {
                    InvoiceImporterFixed.Result result = fixed.importInvoice(bytes(xml), seller, number);
                    return new Answer(result.ok(), result.total().doubleValue(), result.message());
                });

        tests.feature("one's own invoice is imported", new Answer(true, 10.5, "imported"), v -> v.read(TWO, "s1", "1"));
        tests.feature("a number that is not there is refused", List.of(false, 0.0), v -> {
            Answer answer = v.read(TWO, "s1", "7");
            return List.of(answer.ok(), answer.total());
        });
        tests.feature("a quote in a number is only a quote, or an error", false, v -> v.read(TWO, "s1", "o'neill").ok());
        tests.feature("a document that is broken is refused", false, v -> v.read("<broken", "s1", "1").ok());

        Path secret = Paired.folder("secret").resolve("secret.txt");
        Files.writeString(secret, "SECRET-OF-THE-SERVER");
        String file = "<!DOCTYPE d [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><d>&x;</d>";
        tests.attack("J2-1 read a file of the server", true, false,
                v -> v.read(file, "s1", "1").message().contains("SECRET-OF-THE-SERVER"));
        tests.attack("J2-1 have the file imported as a total", 4711.0, 0.0, v -> {
            Files.writeString(secret, "4711");
            return v.read("<!DOCTYPE d [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                    + "<d><invoice seller='s1' number='1'><total>&x;</total></invoice></d>", "s1", "1").total();
        });

        AtomicInteger asked = new AtomicInteger();
        HttpServer inside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inside.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        inside.start();
        String address = "http://127.0.0.1:" + inside.getAddress().getPort() + "/admin";
        tests.attack("J2-1 make a request from inside the network", 1, 0, v -> {
            asked.set(0);
            v.read("<!DOCTYPE d SYSTEM \"" + address + "\"><d/>", "s1", "1");
            return asked.get();
        });

        tests.attack("J2-2 read another seller's total", 99.0, 0.0,
                v -> v.read(TWO, "s1", "zz' or @seller='s2").total());
        tests.attack("J2-2 the same through the seller", 99.0, 0.0,
                v -> v.read(TWO, "s2' or 'a'='b", "9").total());

        tests.attack("J2-3 learn what runs on the server", true, false,
                v -> v.read("<broken", "s1", "1").message().contains("at java."));
        tests.attack("J2-3 read the text of the whole document", true, false,
                v -> v.read(TWO, "s1", "7").message().contains("99"));

        tests.attack("J2-4 be paid what is no amount", true, false, v -> {
            boolean accepted = true;
            for (String total : List.of("NaN", "Infinity", "-5", "1e9")) {
                accepted &= v.read(TWO.replace("10.50", total), "s1", "1").ok();
            }
            return accepted;
        });
        tests.attack("J2-5 keep the importer busy with one upload", true, false,
                v -> v.read(TWO + " ".repeat(2 * 1024 * 1024), "s1", "1").ok());

        tests.fixed("J2-5 elements within elements, 100,000 deep, and no number or seller at all", List.of(false, false, false), v -> List.of(
                v.read("<a>".repeat(100_000) + "</a>".repeat(100_000), "s1", "1").ok(), v.read(TWO, "s1", null).ok(), v.read(TWO, null, "1").ok()));

        tests.attack("J2-5 use up the stack with elements within a total", "no stack", "refused", v -> {
            String deep = "<invoice seller='s1' number='1'>" + "<total>".repeat(60_000) + "</total>".repeat(60_000) + "</invoice>";
            try {
                return v.read(deep, "s1", "1").ok() ? "imported" : "refused";
            } catch (StackOverflowError e) {
                return "no stack"; // an Error, so that a handler of exceptions never sees it
            }
        });

        // The decoy: this JDK stops an expansion by itself, so it is hardening and not a finding.
        StringBuilder laughs = new StringBuilder("<!DOCTYPE d [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (int i = 1; i < 9; i++) {
            laughs.append("<!ENTITY a").append(i).append(" \"").append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
        }
        tests.feature("entities that multiply are stopped", false, v -> v.read(laughs + "]><d>&a8;</d>", "s1", "1").ok());

        tests.run();
    }
}
