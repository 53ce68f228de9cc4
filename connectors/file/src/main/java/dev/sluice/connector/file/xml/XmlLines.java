package dev.sluice.connector.file.xml;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.bytes.RecordLines;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/**
 * A document as lines of JSON, one for each record element. Blank lines stand between them so that a record stands in the
 * line that its element begins in, as long as no two records share one. One thread uses it.
 */
public final class XmlLines extends RecordLines {
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final int MOST_DEPTH = 90;
    private static final int MOST_PADDING = 1 << 20;

    /** What an element takes beside its text. */
    private static final int ELEMENT_BYTES = 200;

    private final XmlEvents events;
    private final XmlPath path;
    private final int maxRecordBytes;
    private final String file;
    private final List<String> open = new ArrayList<>();
    private boolean first = true;
    private long line = 1;
    private long size;

    /**
     * Begins.
     *
     * @param events the document; closed with this
     * @param path which elements are records
     * @param maxRecordBytes the largest record that is read
     * @param file the file in words, for messages
     */
    public XmlLines(XmlEvents events, XmlPath path, int maxRecordBytes, String file) {
        this.events = events;
        this.path = path;
        this.maxRecordBytes = maxRecordBytes;
        this.file = file;
    }

    @Override
    protected boolean next(ByteSink lines) throws IOException {
        while (true) {
            switch (events.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.add(events.at().getLocalName());
                    requireDepth();
                    requireRoot();
                    if (path.matches(open)) {
                        record(lines);
                        return true;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                case XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> {
                    // Text between records is there for the eye.
                }
            }
        }
    }

    /** A document of another kind has no records, which must not look like an empty one. */
    private void requireRoot() {
        if (open.size() == 1
                && !path.anywhere()
                && !open.getFirst().equals(path.steps().getFirst())) {
            throw Problem.of("E_XML_RECORDS", ProblemKind.DATA, "the file is another kind of document than expected")
                    .at(file)
                    .because("its outermost element is " + open.getFirst() + ", and the records are looked for at "
                            + path.notation())
                    .fix("make it a stream of its own, or give the `record_element` by its name alone")
                    .exception();
        }
    }

    private void requireDepth() {
        if (open.size() > MOST_DEPTH) {
            throw events.malformed("its elements are nested more than " + MOST_DEPTH + " deep")
                    .exception();
        }
    }

    private void record(ByteSink lines) throws IOException {
        long wanted = Math.max(events.line(), first ? 1 : line + 1);
        first = false;
        // Lines that nobody could count are not padded to.
        for (int i = 0; line < wanted && i < MOST_PADDING; i++) {
            lines.put('\n');
            line++;
        }
        size = 0;
        XmlElement record = element();
        record.writeRecord(lines);
    }

    /** Reads the element that begins here, to its end. */
    private XmlElement element() throws IOException {
        XMLStreamReader reader = events.at();
        XmlElement element = new XmlElement();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = reader.getAttributeLocalName(i);
            String value = reader.getAttributeValue(i);
            if (!INSTANCE.equals(reader.getAttributeNamespace(i))) {
                element.attribute(name, value);
            } else if (name.equals("nil") && (value.equals("true") || value.equals("1"))) {
                element.nil();
            }
            grow(ELEMENT_BYTES + value.length());
        }
        grow(ELEMENT_BYTES);
        while (true) {
            switch (events.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = reader.getLocalName();
                    open.add(name);
                    requireDepth();
                    element.child(name, element());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    grow(reader.getTextLength());
                    element.text(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    open.removeLast();
                    return element;
                }
                default -> {
                    // A comment says nothing to programs.
                }
            }
        }
    }

    private void grow(int bytes) {
        size += bytes;
        if (size > Math.max(maxRecordBytes, 16L * ELEMENT_BYTES)) {
            throw tooLarge();
        }
    }

    private ProblemException tooLarge() {
        return Problem.of("E_XML_RECORD_SIZE", ProblemKind.DATA, "a record element is larger than allowed")
                .at(file + ":" + events.line())
                .because("it has more than " + maxRecordBytes + " bytes")
                .fix("allow it with `max_record_bytes`, or give the `record_element` that the records stand in")
                .exception();
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
