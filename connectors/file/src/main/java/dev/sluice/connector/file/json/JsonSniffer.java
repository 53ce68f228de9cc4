package dev.sluice.connector.file.json;

import dev.sluice.cdk.cells.ColumnGuess;
import dev.sluice.cdk.cells.Flaw;
import dev.sluice.cdk.cells.JsonObjects;
import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonScanner;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of JSON records from samples: the union of the keys, in the order in which they were first seen.
 *
 * <p>Where all values of a key are of one kind, that is its type: boolean, a number type by the rules of {@link
 * ColumnGuess}, string (never a date: a string is a string), object, array. Numbers and truth values among strings make
 * the column string, with each value as it is written. Objects or arrays among anything else make it {@code json}. A key
 * that is always null is string. One sniffer takes the samples of one stream; one thread uses it.
 */
public final class JsonSniffer {
    private static final int MARK_BYTES = 3;

    private final JsonObjects objects = new JsonObjects();
    private final Map<String, KeyGuess> keys = new LinkedHashMap<>();
    private final boolean texts;
    private long goodRecords;
    private long badRecords;

    /** For records whose values tell their types. */
    public JsonSniffer() {
        this(false);
    }

    private JsonSniffer(boolean texts) {
        this.texts = texts;
    }

    /**
     * For records in which every value is a text, so that what the text looks like is the type, by the rules of {@link
     * ColumnGuess}; and in which what stands there several times in some records is an array in all of them.
     */
    public static JsonSniffer ofTexts() {
        return new JsonSniffer(true);
    }

    /** Where the records of a JSON file stand, by the beginning of its text. */
    public static JsonFraming framing(byte[] sample, boolean whole, List<String> recordsPath) {
        if (!recordsPath.isEmpty()) {
            return new JsonFraming.Elements(recordsPath);
        }
        int at = JsonScanner.skipBlanks(sample, markEnd(sample), sample.length);
        if (at < sample.length && sample[at] == '[') {
            return new JsonFraming.Elements(List.of());
        }
        int end = at;
        while (end < sample.length && sample[end] != '\n') {
            end++;
        }
        boolean lineEnds = end < sample.length || whole;
        boolean lineIsValue = lineEnds && new JsonScanner().isValue(sample, at, end);
        return lineIsValue ? new JsonFraming.Lines() : new JsonFraming.Sequence();
    }

    /**
     * Adds the records of a sample; the last one counts only if it is whole.
     *
     * @param from where the sample begins: at the beginning of the file, or of a line
     * @param atStart true if that is the beginning of the file
     */
    public void add(byte[] sample, int from, boolean atStart, JsonFraming framing) {
        int start = atStart ? markEnd(sample) : from;
        switch (framing) {
            case JsonFraming.Lines() -> addLines(sample, start);
            case JsonFraming.Sequence() -> addValues(sample, start, false);
            case JsonFraming.Elements(List<String> path) -> addValues(sample, firstElement(sample, path), true);
        }
    }

    private static int markEnd(byte[] sample) {
        boolean mark = sample.length >= MARK_BYTES && (sample[0] & 0xFF) == 0xEF && (sample[1] & 0xFF) == 0xBB;
        return mark ? MARK_BYTES : 0;
    }

    private static int firstElement(byte[] sample, List<String> path) {
        TextWindow window = new TextWindow(new ByteArrayInputStream(sample), 0, sample.length);
        try {
            int mark = markEnd(sample);
            window.fill(mark);
            window.consume(mark);
            new JsonWalk(window, "the sample").toElements(path, 1);
            return (int) window.offset();
        } catch (ProblemException problem) {
            if (problem.problem().code().equals(JsonBlocks.TRUNCATED)) {
                return sample.length; // the array begins behind the sample
            }
            throw problem;
        } catch (IOException memoryDoesNotFail) {
            throw new IllegalStateException(memoryDoesNotFail);
        }
    }

    private void addLines(byte[] sample, int from) {
        int at = from;
        while (at < sample.length) {
            int end = at;
            while (end < sample.length && sample[end] != '\n') {
                end++;
            }
            if (JsonScanner.skipBlanks(sample, at, end) < end) {
                addRecord(sample, at, end);
            }
            at = end + 1;
        }
    }

    private void addValues(byte[] sample, int from, boolean elements) {
        int at = from;
        while (true) {
            at = JsonScanner.skipBlanks(sample, at, sample.length);
            if (elements && at < sample.length && sample[at] == ',') {
                at = JsonScanner.skipBlanks(sample, at + 1, sample.length);
            }
            if (at >= sample.length || (elements && sample[at] == ']')) {
                return;
            }
            int end = JsonBlocks.endOfValue(sample, at, sample.length, elements);
            if (end < 0) {
                return;
            }
            addRecord(sample, at, end);
            at = end;
        }
    }

    private void addRecord(byte[] sample, int from, int to) {
        Flaw flaw = objects.walk(
                sample, from, to, (keyFrom, keyTo, start, end) -> addKey(sample, keyFrom, keyTo, start, end));
        if (flaw == null) {
            goodRecords++;
        } else if (to < sample.length) {
            badRecords++; // the last one may have been cut by the end of the sample
        }
    }

    private @Nullable Flaw addKey(byte[] sample, int keyFrom, int keyTo, int from, int to) {
        ByteSink name = new ByteSink(keyTo - keyFrom);
        if (!JsonText.unescape(name, sample, keyFrom, keyTo)) {
            return Flaw.INVALID_TEXT;
        }
        if (name.size() == 0) {
            return null; // a column needs a name; such a key is an unknown one
        }
        keys.computeIfAbsent(name.toString(), key -> new KeyGuess(texts)).add(sample, from, to);
        return null;
    }

    /** The number of records that can be read. */
    public long goodRecords() {
        return goodRecords;
    }

    /** The number of records that are no JSON objects. */
    public long badRecords() {
        return badRecords;
    }

    /** The columns. */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(keys.size());
        keys.forEach((name, guess) -> fields.add(new Field(name, guess.type())));
        return fields;
    }

    /** What the values of one key were. */
    private static final class KeyGuess {
        private final ColumnGuess looks = new ColumnGuess();
        private final boolean texts;
        private boolean sawString;
        private boolean sawNumber;
        private boolean sawTruth;
        private boolean sawObject;
        private boolean sawArray;

        KeyGuess(boolean texts) {
            this.texts = texts;
        }

        void add(byte[] sample, int from, int to) {
            switch (sample[from]) {
                case '"' -> {
                    sawString = true;
                    if (texts) {
                        // No escaped character stands in a number or a date, so what has one looks like text.
                        looks.add(sample, from + 1, to - 1, true);
                    }
                }
                case '{' -> sawObject = true;
                case '[' -> sawArray = true;
                case 't', 'f' -> sawTruth = true;
                case 'n' -> {}
                default -> {
                    sawNumber = true;
                    looks.add(sample, from, to, false);
                }
            }
        }

        DataType type() {
            boolean scalar = sawString || sawNumber || sawTruth;
            if (texts && sawArray) {
                return new DataType.ArrayType(new DataType.JsonType());
            }
            if (sawObject || sawArray) {
                if (scalar || (sawObject && sawArray)) {
                    return new DataType.JsonType();
                }
                return sawObject ? new DataType.ObjectType(List.of()) : new DataType.ArrayType(new DataType.JsonType());
            }
            if (texts || (sawNumber && !sawString && !sawTruth)) {
                return looks.type();
            }
            return sawTruth && !sawString && !sawNumber ? new DataType.BoolType() : new DataType.TextType();
        }
    }
}
