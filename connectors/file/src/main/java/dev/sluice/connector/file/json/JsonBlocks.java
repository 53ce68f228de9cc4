package dev.sluice.connector.file.json;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.CellBlock;
import dev.sluice.cdk.cells.Flaw;
import dev.sluice.cdk.cells.JsonColumns;
import dev.sluice.cdk.cells.JsonRecords;
import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.util.Arrays;

/** Cuts the text of a JSON file into blocks of cells. One thread uses it. */
public final class JsonBlocks implements BlockSource {
    static final String TRUNCATED = "E_JSON_TRUNCATED";

    private static final int USUAL_STRETCH = 64 << 10;
    private static final int MARK_BYTES = 3;
    private static final long NOT_MET = -1;

    private final TextWindow window;
    private final JsonFraming framing;
    private final JsonRecords records;
    private final String file;
    private final int maxRecordBytes;

    private boolean begun;
    private boolean ended;
    private boolean afterValue;

    /** Where the bracket stands that closes the array, once it was met. */
    private long bracketOffset = NOT_MET;

    private long blockOffset;
    private long blockLine;
    private long nextLine;
    private int blockStart;

    /**
     * What the user allows and what is known of the file.
     *
     * @param framing where its records stand
     * @param columns what its keys go to
     * @param maxRecordBytes the largest record that is read
     */
    public record Shape(JsonFraming framing, JsonColumns columns, int maxRecordBytes) {}

    /**
     * Begins to cut at the start of a file, or at a place that {@link #offset} told.
     *
     * @param window the text; closed with this
     * @param line the number of its first line
     * @param file the file in words, for messages
     */
    public JsonBlocks(TextWindow window, long line, Shape shape, String file) {
        this.window = window;
        this.framing = shape.framing();
        this.records = new JsonRecords(shape.columns());
        this.maxRecordBytes = shape.maxRecordBytes();
        this.file = file;
        this.nextLine = line;
        this.blockLine = line;
        this.blockOffset = window.offset();
        // A read that goes on does so behind a record.
        this.begun = window.offset() > 0;
        this.afterValue = begun;
    }

    @Override
    public boolean next(CellBlock block) throws IOException {
        if (!begun) {
            begin();
        }
        int size = Math.min(USUAL_STRETCH, maxRecordBytes);
        while (!ended) {
            window.fill(size);
            int from = window.from();
            int to = (int) Math.min(window.to(), (long) from + size);
            boolean last = window.isAtEnd() && to == window.to();
            start(block);
            int end =
                    framing instanceof JsonFraming.Lines ? lines(block, from, to, last) : values(block, from, to, last);
            nextLine += linesBetween(window.bytes(), from, end);
            window.consume(end - from);
            if (block.rows() > 0) {
                return true;
            }
            if (last && end == to) {
                finish();
            } else if (end == from && !ended) {
                size = grown(size, last);
                if (size < 0) {
                    skipRecord(block);
                    return true;
                }
            }
        }
        // Only now, as looking further moves the bytes of the last block.
        requireNothingBehind();
        start(block);
        return false;
    }

    private void start(CellBlock block) {
        blockOffset = window.offset();
        blockLine = nextLine;
        blockStart = window.from();
        block.begin(window.bytes(), window.from(), false);
    }

    private void begin() throws IOException {
        begun = true;
        window.fill(MARK_BYTES);
        if (window.available() >= MARK_BYTES
                && (window.bytes()[0] & 0xFF) == 0xEF
                && (window.bytes()[1] & 0xFF) == 0xBB
                && (window.bytes()[2] & 0xFF) == 0xBF) {
            window.consume(MARK_BYTES);
        }
        if (framing instanceof JsonFraming.Elements elements) {
            nextLine = new JsonWalk(window, file).toElements(elements.path(), nextLine);
        }
    }

    /** A larger stretch for a record that does not end in this one; negative if the record is too large. */
    private int grown(int size, boolean last) {
        if (last) {
            throw truncated(file);
        }
        return size >= maxRecordBytes ? -1 : (int) Math.min(maxRecordBytes, size * 4L);
    }

    /** A file that is an array ends with it; more behind it would be left out without a word. */
    private void requireNothingBehind() throws IOException {
        if (!(framing instanceof JsonFraming.Elements elements)
                || !elements.path().isEmpty()) {
            return;
        }
        window.fill(1);
        while (window.available() > 0) {
            if (!isBlank(window.bytes()[window.from()])) {
                throw Problem.of("E_JSON_TRAILING", ProblemKind.DATA, "there is something behind the end of the array")
                        .at(file)
                        .fix("repair the file, or set `format: jsonl` if each line is a record")
                        .exception();
            }
            window.consume(1);
            window.fill(1);
        }
    }

    private void finish() {
        if (framing instanceof JsonFraming.Elements && !ended) {
            throw truncated(file); // the closing bracket was not met
        }
        ended = true;
    }

    /** Cuts whole lines; where the first one begins that does not end here. */
    private int lines(CellBlock block, int from, int to, boolean last) {
        byte[] bytes = window.bytes();
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && bytes[end] != '\n') {
                end++;
            }
            if (end == to && !last) {
                return at;
            }
            int next = Math.min(to, end + 1);
            if (isBlank(bytes, at, end)) {
                block.moveEnd(next);
            } else {
                records.add(block, at, end, next);
            }
            at = next;
        }
        return at;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at == to;
    }

    private static boolean isBlank(int value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    /** Cuts values that stand one after the other; where the first one begins that does not end here. */
    private int values(CellBlock block, int from, int to, boolean last) {
        byte[] bytes = window.bytes();
        boolean elements = framing instanceof JsonFraming.Elements;
        // A comma is used up only together with the value behind it, so that a read can go on behind any value.
        boolean needsComma = elements && afterValue;
        int done = from;
        int at = from;
        while (true) {
            while (at < to && isBlank(bytes[at])) {
                at++;
            }
            block.moveEnd(at);
            if (at == to) {
                return needsComma || !elements ? at : done;
            }
            if (elements && bytes[at] == ']') {
                // The bracket is used up only by itself: a read that goes on behind the last value has to meet it.
                ended = done == from;
                bracketOffset = window.offset() + at - from;
                return ended ? at + 1 : done;
            }
            if (needsComma) {
                if (bytes[at] != ',') {
                    throw malformed(bytes, at);
                }
                needsComma = false;
                at++;
                continue;
            }
            int end = endOfValue(bytes, at, to, elements);
            if (end < 0 || (end == to && !last && !isClosing(bytes[end - 1]))) {
                return done;
            }
            records.add(block, at, end, end);
            afterValue = true;
            needsComma = elements;
            done = end;
            at = end;
        }
    }

    private static boolean isClosing(int value) {
        return value == '}' || value == ']' || value == '"';
    }

    /** Where a value ends by its brackets and quotes, valid or not; -1 if it does not end here. */
    static int endOfValue(byte[] bytes, int from, int to, boolean elements) {
        int depth = 0;
        boolean inString = false;
        for (int at = from; at < to; at++) {
            int value = bytes[at];
            if (inString) {
                if (value == '\\') {
                    at++;
                } else if (value == '"') {
                    inString = false;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
                continue;
            }
            boolean closes = value == '}' || value == ']';
            if (depth == 0 && at > from && (isBlank(value) || closes || (elements && value == ','))) {
                return at;
            }
            inString = value == '"';
            depth += value == '{' || value == '[' ? 1 : 0;
            depth -= closes ? 1 : 0;
            if (closes && depth <= 0) {
                return at + 1;
            }
        }
        // A bare word may end with the text; an open bracket or quote may not.
        return depth == 0 && !inString ? to : -1;
    }

    private ProblemException malformed(byte[] bytes, int at) {
        return Problem.of("E_JSON_MALFORMED", ProblemKind.DATA, "there is no comma between two elements of the array")
                .at(file + ":" + (blockLine + linesBetween(bytes, blockStart, at)))
                .fix("repair the file, or set `format: jsonl` if each line is a record")
                .exception();
    }

    static ProblemException truncated(String file) {
        return Problem.of(TRUNCATED, ProblemKind.DATA, "the JSON text ends in the middle")
                .at(file)
                .because("an object, an array or a string is opened and never closed")
                .fix("fetch or write the file again; it may not have been written to its end")
                .exception();
    }

    /** Steps over a record that is too large to be held, keeping its beginning. */
    private void skipRecord(CellBlock block) throws IOException {
        boolean separator = true;
        while (separator) {
            int value = window.bytes()[window.from()];
            separator = isBlank(value) || (value == ',' && framing instanceof JsonFraming.Elements);
            nextLine += value == '\n' ? 1 : 0;
            window.consume(separator ? 1 : 0);
        }
        blockLine = nextLine;
        long offset = window.offset();
        byte[] kept = Arrays.copyOfRange(
                window.bytes(), window.from(), window.from() + Math.min(window.available(), BatchFiller.KEPT_BYTES));
        boolean lines = framing instanceof JsonFraming.Lines;
        int depth = 0;
        boolean inString = false;
        boolean done = false;
        while (!done) {
            window.fill(2);
            if (window.available() == 0) {
                if (!lines) {
                    throw truncated(file);
                }
                break;
            }
            int value = window.bytes()[window.from()];
            nextLine += value == '\n' ? 1 : 0;
            if (lines) {
                done = value == '\n';
            } else if (inString) {
                window.consume(value == '\\' ? 1 : 0);
                inString = value != '"';
                done = !inString && depth == 0;
            } else {
                inString = value == '"';
                depth += value == '{' || value == '[' ? 1 : 0;
                depth -= value == '}' || value == ']' ? 1 : 0;
                done = depth == 0 && !inString;
            }
            window.consume(1);
        }
        afterValue = true;
        block.begin(kept, 0, false);
        block.reserve(1);
        block.endFlawedRow(kept.length, kept.length, Flaw.RECORD_TOO_LARGE);
        blockStart = 0;
        blockOffset = offset;
    }

    @Override
    public long offset(CellBlock block, int row) {
        if (ended && bracketOffset != NOT_MET) {
            return bracketOffset;
        }
        return row == block.rows() ? window.offset() : blockOffset + safePlace(block, row) - blockStart;
    }

    @Override
    public long line(CellBlock block, int row) {
        return row == block.rows()
                ? nextLine
                : blockLine + linesBetween(block.data(), blockStart, safePlace(block, row));
    }

    @Override
    public String place(CellBlock block, int row) {
        int start = block.rowStart(row);
        long line = blockLine + linesBetween(block.data(), blockStart, start);
        return framing instanceof JsonFraming.Lines
                ? Long.toString(line)
                : line + "@" + (blockOffset + start - blockStart);
    }

    /** Where a read goes on in front of a record: in an array behind the value before, so that the comma comes first. */
    private int safePlace(CellBlock block, int row) {
        if (framing instanceof JsonFraming.Elements) {
            return row == 0 ? blockStart : block.rowEnd(row - 1);
        }
        return block.rowStart(row);
    }

    private static long linesBetween(byte[] bytes, int from, int to) {
        long lines = 0;
        for (int i = from; i < to; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
