package dev.sluice.engine.expr;

import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Locale;

/** Functions of texts. */
final class TextFunctions {
    private static final int LONGEST_RESULT = 64 << 20;

    private TextFunctions() {}

    /** Texts one after the other; {@code ||} is null if one of them is, {@code concat} leaves nulls out. */
    record Concat(List<Node> parts, boolean leavesOut) implements Node {
        @Override
        public DataType type() {
            return Types.TEXT;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Texts[] texts = new Vector.Texts[parts.size()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = (Vector.Texts) parts.get(i).evaluate(rows, active);
            }
            TextsBuilder result = new TextsBuilder(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                if (active[row] && (leavesOut || isComplete(texts, row))) {
                    result.begin(row);
                    for (Vector.Texts text : texts) {
                        if (text.present[row]) {
                            result.add(row, text.data, text.starts[row], text.ends[row]);
                        }
                    }
                }
            }
            return result.build();
        }

        private static boolean isComplete(Vector.Texts[] texts, int row) {
            for (Vector.Texts text : texts) {
                if (!text.present[row]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@code lower} and {@code upper}, by the rules of Unicode and of no country. */
    record Cased(Node value, boolean upper) implements Node {
        @Override
        public DataType type() {
            return Types.TEXT;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Texts texts = (Vector.Texts) value.evaluate(rows, active);
            TextsBuilder result = new TextsBuilder(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                if (active[row] && texts.present[row]) {
                    if (isAscii(texts, row)) {
                        result.begin(row);
                        for (int at = texts.starts[row]; at < texts.ends[row]; at++) {
                            result.add(row, cased(texts.data[at]));
                        }
                    } else {
                        String text = texts.at(row);
                        result.set(row, upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
                    }
                }
            }
            return result.build();
        }

        private byte cased(byte letter) {
            boolean changes = upper ? letter >= 'a' && letter <= 'z' : letter >= 'A' && letter <= 'Z';
            return (byte) (changes ? letter ^ 0x20 : letter);
        }
    }

    /** {@code trim}: without blanks, tabs and ends of lines at both ends. */
    record Trimmed(Node value) implements Node {
        @Override
        public DataType type() {
            return Types.TEXT;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Texts texts = (Vector.Texts) value.evaluate(rows, active);
            int[] starts = new int[rows.size()];
            int[] ends = new int[rows.size()];
            for (int row = 0; row < starts.length; row++) {
                int start = texts.starts[row];
                int end = texts.ends[row];
                while (active[row] && start < end && isBlank(texts.data[start])) {
                    start++;
                }
                while (active[row] && end > start && isBlank(texts.data[end - 1])) {
                    end--;
                }
                starts[row] = start;
                ends[row] = end;
            }
            return new Vector.Texts(texts.present, texts.data, starts, ends);
        }

        private static boolean isBlank(byte character) {
            return character == ' ' || (character >= '\t' && character <= '\r');
        }
    }

    /** {@code substring}: from a character, counted from 1, and at most so many of them. */
    record Substring(Node value, Node from, Node length) implements Node {
        @Override
        public DataType type() {
            return Types.TEXT;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Texts texts = (Vector.Texts) value.evaluate(rows, active);
            Vector.Longs firsts = (Vector.Longs) from.evaluate(rows, active);
            Vector.Longs lengths = (Vector.Longs) length.evaluate(rows, active);
            int size = rows.size();
            boolean[] present = new boolean[size];
            int[] starts = new int[size];
            int[] ends = new int[size];
            for (int row = 0; row < size; row++) {
                present[row] = active[row] && texts.present[row] && firsts.present[row] && lengths.present[row];
                if (present[row] && lengths.values[row] < 0) {
                    rows.trouble().fail(row, "a part of a text has no length below 0");
                } else if (present[row]) {
                    cut(texts, row, firsts.values[row], lengths.values[row], starts, ends);
                }
            }
            return new Vector.Texts(present, texts.data, starts, ends);
        }

        /** As in SQL: places before the first character count and hold nothing. */
        private static void cut(Vector.Texts texts, int row, long first, long length, int[] starts, int[] ends) {
            long last = first > Long.MAX_VALUE - length ? Long.MAX_VALUE : first + length;
            int at = texts.starts[row];
            long character = 1;
            while (at < texts.ends[row] && character < first && character < last) {
                at = next(texts, at, texts.ends[row]);
                character++;
            }
            starts[row] = at;
            while (at < texts.ends[row] && character < last) {
                at = next(texts, at, texts.ends[row]);
                character++;
            }
            ends[row] = at;
        }
    }

    /** {@code length} in characters. */
    record Length(Node value) implements Node {
        @Override
        public DataType type() {
            return Types.INT;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Texts texts = (Vector.Texts) value.evaluate(rows, active);
            long[] values = new long[rows.size()];
            for (int row = 0; row < values.length; row++) {
                if (active[row] && texts.present[row]) {
                    for (int at = texts.starts[row]; at < texts.ends[row]; at++) {
                        values[row] += isFirst(texts.data[at]) ? 1 : 0;
                    }
                }
            }
            return new Vector.Longs(texts.present, values);
        }
    }

    /** {@code replace}: each occurrence of a text by another. */
    record Replaced(Node value, Node search, Node with) implements Node {
        @Override
        public DataType type() {
            return Types.TEXT;
        }

        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            Vector.Texts texts = (Vector.Texts) value.evaluate(rows, active);
            Vector.Texts searched = (Vector.Texts) search.evaluate(rows, active);
            Vector.Texts others = (Vector.Texts) with.evaluate(rows, active);
            TextsBuilder result = new TextsBuilder(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                if (active[row] && texts.present[row] && searched.present[row] && others.present[row]) {
                    String text = texts.at(row);
                    String what = searched.at(row);
                    String other = others.at(row);
                    // A short text and a long replacement could make any amount of memory of one value.
                    if (!what.isEmpty() && (long) text.length() / what.length() * other.length() > LONGEST_RESULT) {
                        rows.trouble().fail(row, "the result of `replace` could exceed 64 MiB");
                    } else {
                        result.set(row, what.isEmpty() ? text : text.replace(what, other));
                    }
                }
            }
            return result.build();
        }
    }

    private static boolean isAscii(Vector.Texts texts, int row) {
        for (int at = texts.starts[row]; at < texts.ends[row]; at++) {
            if (texts.data[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private static int next(Vector.Texts texts, int at, int end) {
        int next = at + 1;
        while (next < end && !isFirst(texts.data[next])) {
            next++;
        }
        return next;
    }

    /** True if the byte is the first one of a character in UTF-8. */
    private static boolean isFirst(byte value) {
        return (value & 0xC0) != 0x80;
    }
}
