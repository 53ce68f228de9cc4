package dev.sluice.connector.file.source;

import dev.sluice.connector.file.excel.SheetLines;
import dev.sluice.connector.file.input.Coding;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.LocalCopies;
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
    private final LocalCopies copies;

    FileText(FileAccess access, SourceSettings.Reading reading, StreamLook.Layout layout, LocalCopies copies) {
        this.access = access;
        this.reading = reading;
        this.layout = layout;
        this.copies = copies;
    }

    /** True if a place in the text is the same place in the file. */
    boolean isPlain(TextSample sample) {
        return layout.format() != FileFormat.XML
                && layout.format() != FileFormat.EXCEL
                && sample.coding().isPlain();
    }

    /**
     * The beginning of the text of a file.
     *
     * @param stored the beginning of the file
     * @param most how many bytes of text are wanted, at most, where the file is no text
     */
    TextSample sample(SourceFile file, TextSample stored, int most) {
        if (layout.format() == FileFormat.EXCEL) {
            return sheetSample(file, most);
        }
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
        InputStream lines = switch (layout.format()) {
            case XML -> lines(file, stored.coding().open(access, file, 0), stored.coding());
            case EXCEL -> sheet(file);
            case CSV, FIXED_WIDTH, JSON, JSON_LINES, PARQUET, AVRO ->
                stored.coding().open(access, file, offset);
        };
        if (layout.format() != FileFormat.XML && layout.format() != FileFormat.EXCEL) {
            return lines;
        }
        try {
            lines.skipNBytes(offset);
            return lines;
        } catch (IOException | ProblemException failure) {
            lines.close();
            throw failure;
        }
    }

    private TextSample sheetSample(SourceFile file, int most) {
        try (InputStream lines = sheet(file)) {
            byte[] bytes = lines.readNBytes(most);
            return TextSample.of(Coding.PLAIN, bytes, bytes.length < most);
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }

    private InputStream sheet(SourceFile file) throws IOException {
        return SheetLines.open(
                wanted(access, file, layout.sheet(), reading, copies),
                layout.csvLayout().header());
    }

    private static SheetLines.Wanted wanted(
            FileAccess access, SourceFile file, String sheet, SourceSettings.Reading reading, LocalCopies copies) {
        return new SheetLines.Wanted(copies.of(access, file), file.name(), sheet, reading.csv());
    }

    /** How a sheet is laid out. */
    static StreamLook.Layout sheetLayout(
            FileAccess access, SourceFile file, String sheet, SourceSettings.Reading reading, LocalCopies copies) {
        try {
            return new StreamLook.Layout(
                    FileFormat.EXCEL,
                    SheetLines.layout(wanted(access, file, sheet, reading, copies)),
                    null,
                    null,
                    sheet);
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
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
