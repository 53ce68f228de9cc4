package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonScanner;
import dev.sluice.cdk.text.JsonText;
import java.util.Arrays;

/**
 * JSON: numbers with all their digits, documents as they are but without line breaks, everything else as texts. Numbers
 * without digits, such as NaN, are texts, for JSON has no form for them.
 */
final class JsonNotation implements Cells.Notation {
    private static final JsonNotation ONLY = new JsonNotation();

    private JsonNotation() {}

    static JsonNotation get() {
        return ONLY;
    }

    @Override
    public Cell text(int index) {
        return new Text(index);
    }

    @Override
    public Cell document(int index) {
        return new Document(index);
    }

    @Override
    public Cell number(Cell cell) {
        return new Numeric(cell);
    }

    @Override
    public Cell base64(Cell cell) {
        return new Quoted(cell);
    }

    @Override
    public Cell plain(Cell cell) {
        return new Quoted(cell);
    }

    private static void appendLong(byte[] data, int from, int to, LineSink out) {
        ByteSink buffer = out.buffer();
        buffer.put('"');
        for (int at = from; at < to; at += LineSink.PIECE) {
            JsonText.appendEscaped(buffer, data, at, Math.min(to, at + LineSink.PIECE));
            out.relieve();
        }
        buffer.put('"');
    }

    private static final class Text extends Cells.OfBytes {
        Text(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            int from = offsets[row];
            int to = offsets[row + 1];
            if (to - from > LineSink.PIECE) {
                appendLong(data, from, to, out);
            } else {
                JsonText.appendString(out.buffer(), data, from, to);
            }
        }
    }

    /** A document goes into the line as it is, once it is sure that it is one; what is none becomes a text. */
    private static final class Document extends Cells.OfBytes {
        private final JsonScanner scanner = new JsonScanner();

        Document(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            int from = offsets[row];
            int to = offsets[row + 1];
            if (!scanner.isValue(data, from, to)) {
                appendLong(data, from, to, out);
                return;
            }
            for (int at = from; at < to; at += LineSink.PIECE) {
                appendOnOneLine(at, Math.min(to, at + LineSink.PIECE), out.buffer());
                out.relieve();
            }
        }

        /** Line breaks stand between the parts of a document only, where a blank does as well. */
        private void appendOnOneLine(int from, int to, ByteSink buffer) {
            int start = buffer.size();
            buffer.put(data, from, to - from);
            byte[] bytes = buffer.bytes();
            for (int at = start; at < buffer.size(); at++) {
                if (bytes[at] == '\n' || bytes[at] == '\r') {
                    bytes[at] = ' ';
                }
            }
        }
    }

    private static final class Quoted extends Cell.Around {
        Quoted(Cell inner) {
            super(inner);
        }

        @Override
        void append(int row, LineSink out) {
            out.buffer().put('"');
            appendInner(row, out);
            out.buffer().put('"');
        }
    }

    private static final class Numeric extends Cell.Around {
        Numeric(Cell inner) {
            super(inner);
        }

        @Override
        void append(int row, LineSink out) {
            ByteSink buffer = out.buffer();
            int start = buffer.size();
            appendInner(row, out);
            int last = buffer.bytes()[buffer.size() - 1];
            if (last < '0' || last > '9') {
                byte[] word = Arrays.copyOfRange(buffer.bytes(), start, buffer.size());
                buffer.cutTo(start);
                JsonText.appendString(buffer, word, 0, word.length);
            }
        }
    }
}
