package dev.sluice.connector.file.excel;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.connector.file.xml.XmlEvents;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet, one after the other; rows and cells that are not written are not told. One thread uses it. */
final class SheetRows implements AutoCloseable {
    /** The most rows of a sheet. */
    static final int MOST_ROWS = 1 << 20;

    /** The most columns of a sheet. */
    static final int MOST_COLUMNS = 1 << 14;

    private final Workbook workbook;
    private final XmlEvents events;
    private final Strings strings;
    private final NumberFormats formats;
    private final int mostBytes;
    private final Receiver receiver;
    private final StringBuilder value = new StringBuilder();
    private final ByteSink text = new ByteSink(256);
    private final List<byte[]> nullTexts;
    private int row;
    private int column;
    private int declaredColumns;
    private long rowBytes;

    /** Takes the cells of a row, in order. */
    interface Receiver {
        /**
         * Takes a cell that has a value.
         *
         * @param column its column, counted from 0
         * @param bytes what it holds, as text
         * @param quoted true if it is a text, so that it means nothing but itself
         */
        void cell(int column, ByteSink bytes, boolean quoted);
    }

    /**
     * Which cells are wanted.
     *
     * @param path where the workbook lies
     * @param file the file in words, for messages
     * @param sheet the name or number of the sheet
     * @param nullTexts texts that mean no value
     * @param mostBytes the most bytes of a row
     */
    record Wanted(Path path, String file, String sheet, List<String> nullTexts, int mostBytes) {
        Wanted {
            nullTexts = List.copyOf(nullTexts);
        }
    }

    SheetRows(Wanted wanted, Receiver receiver) throws IOException {
        this.workbook = Workbook.open(wanted.path, wanted.file);
        this.receiver = receiver;
        this.mostBytes = wanted.mostBytes;
        this.nullTexts = wanted.nullTexts.stream()
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toList();
        boolean opened = false;
        try {
            this.strings = workbook.strings();
            this.formats = workbook.formats();
            this.events = workbook.sheet(wanted.sheet, wanted.mostBytes);
            opened = true;
        } finally {
            if (!opened) {
                workbook.close();
            }
        }
    }

    /** The columns that the sheet says it has; 0 if it does not say. */
    int declaredColumns() {
        return declaredColumns;
    }

    /** Hands the cells of the next row to the receiver; its number counted from 1, or 0 at the end. */
    int next() throws IOException {
        while (true) {
            switch (events.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = events.at().getLocalName();
                    if (name.equals("row")) {
                        readRow();
                        return row;
                    }
                    if (name.equals("dimension")) {
                        declaredColumns = declared(events.at().getAttributeValue(null, "ref"));
                    }
                }
                case XMLStreamConstants.END_DOCUMENT -> {
                    return 0;
                }
                default -> {
                    // Other parts of a sheet hold no cells.
                }
            }
        }
    }

    private static int declared(@Nullable String range) {
        if (range == null || !range.matches("[A-Z]{1,3}\\d{1,7}:[A-Z]{1,3}\\d{1,7}")) {
            return 0;
        }
        int last = columnOf(range.substring(range.indexOf(':') + 1));
        return last < MOST_COLUMNS ? last + 1 : 0;
    }

    /** The column of a place such as B12, counted from 0. */
    private static int columnOf(String place) {
        int number = 0;
        for (int i = 0; i < place.length() && number <= MOST_COLUMNS; i++) {
            char letter = place.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                number = number * 26 + letter - 'A' + 1;
            }
        }
        return number - 1;
    }

    private void readRow() throws IOException {
        int before = row;
        @Nullable String place = events.at().getAttributeValue(null, "r");
        row = place == null ? before + 1 : number(place);
        if (row <= before || row > MOST_ROWS) {
            throw new DamagedFileException("row " + place + " follows row " + before);
        }
        column = -1;
        rowBytes = 0;
        int depth = 1;
        while (depth > 0) {
            switch (events.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (depth == 1 && events.at().getLocalName().equals("c")) {
                        readCell();
                    } else {
                        depth++;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // Only cells count.
                }
            }
        }
    }

    private static int number(@Nullable String digits) {
        return digits != null && digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    }

    private void readCell() throws IOException {
        XMLStreamReader at = events.at();
        @Nullable String place = at.getAttributeValue(null, "r");
        int before = column;
        column = place == null ? before + 1 : columnOf(place);
        if (column <= before || column >= MOST_COLUMNS) {
            throw new DamagedFileException("cell " + place + " of row " + row + " is out of order");
        }
        String type = String.valueOf(at.getAttributeValue(null, "t"));
        NumberFormats.Kind kind = formats.of(number(at.getAttributeValue(null, "s")));
        boolean present = false;
        value.setLength(0);
        int depth = 1;
        while (depth > 0) {
            switch (events.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = at.getLocalName();
                    if (depth == 1 && (name.equals("v") || name.equals("is"))) {
                        present = true;
                        readValue(name.equals("is"));
                    } else {
                        depth++;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // Formulas are not computed: what they came to is the value.
                }
            }
        }
        if (present) {
            hand(type, kind);
        }
    }

    private void readValue(boolean inline) throws IOException {
        if (inline) {
            Strings.readText(events, value, mostBytes);
            return;
        }
        XMLStreamReader at = events.at();
        for (int event = events.next(); event != XMLStreamConstants.END_ELEMENT; event = events.next()) {
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                value.append(at.getTextCharacters(), at.getTextStart(), at.getTextLength());
            }
            if (value.length() > mostBytes) {
                throw new DamagedFileException("a value of row " + row + " has more than " + mostBytes + " characters");
            }
        }
    }

    private void hand(String type, NumberFormats.Kind kind) throws IOException {
        text.clear();
        boolean quoted = false;
        switch (type) {
            case "s" -> {
                quoted = true;
                if (!strings.append(number(value.toString().strip()), text)) {
                    throw new DamagedFileException(
                            "a cell of row " + row + " has a text that the workbook does not have");
                }
            }
            case "inlineStr" -> {
                quoted = true;
                text.put(value.toString());
            }
            case "str" -> {
                quoted = true;
                Strings.unescape(value);
                text.put(value.toString());
            }
            case "b" -> text.put(value.toString().strip().equals("1") ? "true" : "false");
            case "e", "d" -> text.put(value.toString().strip());
            default -> number(kind);
        }
        rowBytes += text.size();
        if (rowBytes > mostBytes) {
            throw new DamagedFileException("row " + row + " has more than " + mostBytes
                    + " bytes; if that is meant, allow it with max_record_bytes");
        }
        boolean none = !quoted && text.size() == 0;
        if (!none && !isNull()) {
            receiver.cell(column, text, quoted);
        }
    }

    private boolean isNull() {
        for (byte[] each : nullTexts) {
            if (Arrays.equals(each, 0, each.length, text.bytes(), 0, text.size())) {
                return true;
            }
        }
        return false;
    }

    /** A number keeps the digits that it is written with, unless it has an exponent and is whole. */
    private void number(NumberFormats.Kind kind) throws IOException {
        String digits = value.toString().strip();
        if (digits.isEmpty()) {
            return;
        }
        BigDecimal number;
        try {
            if (digits.length() > 400) {
                throw new NumberFormatException("too long");
            }
            number = new BigDecimal(digits);
        } catch (NumberFormatException none) {
            throw new DamagedFileException("a cell of row " + row + " should hold a number and holds "
                    + digits.substring(0, Math.min(40, digits.length())));
        }
        if (kind != NumberFormats.Kind.NUMBER
                && SerialTime.append(text, number.doubleValue(), kind, workbook.since1904())) {
            return;
        }
        boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
        boolean few = number.precision() - number.scale() <= 15;
        if (whole && few) {
            text.put(number.toBigInteger().toString());
        } else {
            text.put(digits);
        }
    }

    @Override
    public void close() throws IOException {
        try (workbook) {
            events.close();
        }
    }
}
