package review;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Imports a seller's XML invoice. Behind POST /sellers/{sellerId}/invoices?number=... */
public class InvoiceImporterFixed {
    private static final Logger LOG = Logger.getLogger("invoices");
    private static final int LARGEST = 1024 * 1024;
    private static final String TOTAL = "//invoice[@seller=$seller and @number=$number]/total";

    public record Result(boolean ok, BigDecimal total, String message) { }

    public Result importInvoice(InputStream upload, String sellerId, String invoiceNo) {
        if (sellerId == null || invoiceNo == null) {
            return refused("No such invoice");
        }
        try {
            byte[] bytes = upload.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                return refused("The invoice is too large");
            }
            String total = total(parser().parse(new ByteArrayInputStream(bytes)), sellerId, invoiceNo);
            if (total.isEmpty()) {
                return refused("No such invoice");
            }
            if (!total.matches("[0-9]{1,9}(\\.[0-9]{1,2})?")) {
                return refused("The total is not an amount");
            }
            return new Result(true, new BigDecimal(total), "imported");
        } catch (SAXException | IOException | ParserConfigurationException | XPathExpressionException e) {
            // The caller gets a number to quote. What went wrong stays with us.
            UUID reference = UUID.randomUUID();
            LOG.log(Level.INFO, "invoice refused, reference " + reference, e);
            return refused("The invoice cannot be read; reference " + reference);
        }
    }

    /** The only way to a parser in this service. Without a DOCTYPE there are no entities, inside or outside. */
    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        // The text of an element is collected by a method that calls itself, once for each element inside.
        factory.setAttribute("http://www.oracle.com/xml/jaxp/properties/maxElementDepth", "100");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        factory.setNamespaceAware(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler()); // throws, and prints nothing
        return builder;
    }

    /** The values are bound, as in SQL: they are compared, and never read as part of the expression. */
    private static String total(Document doc, String sellerId, String invoiceNo) throws XPathExpressionException {
        Map<String, String> values = Map.of("seller", sellerId, "number", invoiceNo);
        XPath xpath = XPathFactory.newInstance().newXPath();
        xpath.setXPathVariableResolver(name -> values.get(name.getLocalPart()));
        return xpath.evaluate(TOTAL, doc).strip();
    }

    private static Result refused(String message) {
        return new Result(false, BigDecimal.ZERO, message);
    }
}
