package dev.sluice.connector.file.xml;

import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a document event by event and tells what is wrong with it. Nothing outside of the document is ever opened, no entity
 * is known but the five that XML has, and between two events no more text is taken than a record may have. One thread uses
 * it.
 */
public final class XmlEvents implements AutoCloseable {
    private static final int MOST_ATTRIBUTES = 10_000;
    private static final long LEAST_BYTES = 1 << 20;
    private static final Pattern PLACE = Pattern.compile("(?s)^ParseError at \\[row,col]:\\[\\d+,\\d+]\\s*Message: ");
    private static final Pattern CODE = Pattern.compile("^JAXP\\d+: ");

    private final String file;
    private final InputStream bytes;
    private final Bounded text;
    private final XMLStreamReader reader;

    /**
     * Begins to read.
     *
     * @param bytes the document; closed with this
     * @param utf8 true if it is known to be UTF-8, whatever it says itself
     * @param mostBytes the most text between two events
     * @param file the file in words, for messages
     */
    public XmlEvents(InputStream bytes, boolean utf8, int mostBytes, String file) throws IOException {
        this.file = file;
        this.bytes = bytes;
        this.text = new Bounded(XmlEncoding.reader(bytes, utf8, file), Math.max(LEAST_BYTES, mostBytes));
        try {
            this.reader = factory().createXMLStreamReader(text);
        } catch (XMLStreamException failure) {
            throw problem(failure);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        // These limits add up over a document, and with the five entities that are left nothing can grow.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.entityExpansionLimit", "0");
        factory.setProperty("jdk.xml.elementAttributeLimit", Integer.toString(MOST_ATTRIBUTES));
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("the document refers to another file, which is not opened");
        });
        return factory;
    }

    /** The next event as {@link XMLStreamConstants} names it; {@code END_DOCUMENT} at the end. */
    public int next() throws IOException {
        text.refill();
        try {
            if (!reader.hasNext()) {
                return XMLStreamConstants.END_DOCUMENT;
            }
            int event = reader.next();
            if (event == XMLStreamConstants.DTD
                    && String.valueOf(reader.getText()).indexOf('[') >= 0) {
                throw malformed("its DOCTYPE declares entities or attributes, which are not read")
                        .fix("let the program that writes the file leave the DOCTYPE out")
                        .exception();
            }
            return event;
        } catch (XMLStreamException failure) {
            throw problem(failure);
        }
    }

    /** What the document says at the last event. */
    public XMLStreamReader at() {
        return reader;
    }

    /** The number of the line of the last event, counted from 1. */
    public int line() {
        return reader.getLocation().getLineNumber();
    }

    private ProblemException problem(XMLStreamException failure) throws IOException {
        Throwable cause = failure.getNestedException();
        if (cause instanceof CharacterCodingException) {
            throw XmlEncoding.wrong(file, text.encoding());
        }
        if (cause instanceof IOException reading) {
            throw reading;
        }
        String words = PLACE.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
        String where = failure.getLocation() == null
                ? file
                : file + ":" + failure.getLocation().getLineNumber() + ":"
                        + failure.getLocation().getColumnNumber();
        return Problem.of("E_XML_MALFORMED", ProblemKind.DATA, "the file is no well-formed XML")
                .at(where)
                .because(CODE.matcher(words).replaceFirst("").replace('\n', ' ').strip())
                .fix("repair the file or write it again; the records before this place were read as they are")
                .exception(failure);
    }

    /** The problem of a document that has what is not read, at the place of the last event. */
    Problem malformed(String why) {
        return Problem.of("E_XML_MALFORMED", ProblemKind.DATA, "the document holds what is not read")
                .at(file + ":" + line())
                .because(why);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** Text of which only so much is given before the reader says again that it made something of it. */
    private static final class Bounded extends Reader {
        private final XmlEncoding.Text text;
        private final long most;
        private long left;

        Bounded(XmlEncoding.Text text, long most) {
            this.text = text;
            this.most = most;
            this.left = most;
        }

        String encoding() {
            return text.encoding();
        }

        void refill() {
            left = most;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new DamagedFileException(
                        "more than " + most + " characters make up one part of a record; if that is"
                                + " meant, allow it with max_record_bytes");
            }
            int count = text.reader().read(target, offset, length);
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public void close() {
            // The bytes below are closed by their owner.
        }
    }
}
