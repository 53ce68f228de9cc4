package dev.sluice.connector.file.source;

import dev.sluice.connector.file.input.Coding;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.connector.file.input.TextEncoding;
import dev.sluice.connector.file.input.TextSample;
import dev.sluice.connector.file.xml.XmlEvents;
import dev.sluice.connector.file.xml.XmlLines;
import dev.sluice.connector.file.xml.XmlPath;
import dev.sluice.connector.file.xml.XmlSniffer;
import dev.sluice.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of files from which records are cut: what stands in them, or what is made of it. The same file gives the same text
 * each time, so a place in the text is a place to go on at.
 */
final class FileText {
    private final FileAccess access;
    private final SourceSettings.Reading reading;
    private final StreamLook.Layout layout;

    FileText(FileAccess access, SourceSettings.Reading reading, StreamLook.Layout layout) {
        this.access = access;
        this.reading = reading;
        this.layout = layout;
    }

    /** True if a place in the text is the same place in the file. */
    boolean isPlain(TextSample sample) {
        return layout.format() != FileFormat.XML && sample.coding().isPlain();
    }

    /** The beginning of the text of a file, as far as the beginning of the file goes. */
    TextSample sample(SourceFile file, TextSample stored) {
        if (layout.format() != FileFormat.XML) {
            return stored;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (InputStream lines = lines(file, new ByteArrayInputStream(stored.bytes()), stored.coding())) {
            lines.transferTo(text);
        } catch (IOException memoryDoesNotFail) {
            throw Problems.reading(file.name(), memoryDoesNotFail);
        } catch (ProblemException failure) {
            // The beginning of a longer file ends in the middle of something.
            if (stored.isWhole()) {
                throw failure;
            }
        }
        return TextSample.of(stored.coding(), text.toByteArray(), stored.isWhole());
    }

    /**
     * Opens the text of a file.
     *
     * @param stored the beginning of the file
     * @param offset the first byte of the text that is wanted
     */
    InputStream open(SourceFile file, TextSample stored, long offset) throws IOException {
        if (layout.format() != FileFormat.XML) {
            return stored.coding().open(access, file, offset);
        }
        InputStream lines = lines(file, stored.coding().open(access, file, 0), stored.coding());
        try {
            lines.skipNBytes(offset);
            return lines;
        } catch (IOException | ProblemException failure) {
            lines.close();
            throw failure;
        }
    }

    private InputStream lines(SourceFile file, InputStream bytes, Coding coding) throws IOException {
        XmlEvents events = events(file, bytes, coding, reading);
        return new XmlLines(events, layout.recordElements(), reading.csv().maxRecordBytes(), file.name());
    }

    private static XmlEvents events(SourceFile file, InputStream bytes, Coding coding, SourceSettings.Reading reading)
            throws IOException {
        // What the user says counts more than what the document says; a mark at its beginning is the same as its word.
        boolean utf8 = reading.encoding() != null || coding.encoding() != TextEncoding.UTF_8;
        return new XmlEvents(bytes, utf8, reading.csv().maxRecordBytes(), file.name());
    }

    /** Which elements of a document are records. */
    static XmlPath recordElements(SourceFile file, TextSample stored, SourceSettings.Reading reading) {
        @Nullable XmlPath given = reading.shapes().recordElement();
        if (given != null) {
            return given;
        }
        try (XmlEvents events = events(file, new ByteArrayInputStream(stored.bytes()), stored.coding(), reading)) {
            XmlPath found = XmlSniffer.records(events, stored.isWhole());
            if (found == null) {
                throw new IOException("there is no element in the beginning of the file");
            }
            return found;
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }
}
