package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.Words;

/**
 * CSV as in RFC 4180, with line feeds: fields that hold a delimiter, a quote or an end of a line stand in quotes, and
 * quotes in them are doubled. A field without a value is empty; an empty text is a pair of quotes.
 */
final class CsvNotation implements Cells.Notation {
    /** What can stand between fields: nothing that numbers, dates and base64 are made of. */
    static final String DELIMITERS = ",;|\t^~!#$%&*@";

    private static final long QUOTES = Words.repeat('"');
    private static final long LINE_FEEDS = Words.repeat('\n');
    private static final long RETURNS = Words.repeat('\r');

    private final byte delimiter;
    private final long delimiters;

    CsvNotation(char delimiter) {
        this.delimiter = (byte) delimiter;
        this.delimiters = Words.repeat(delimiter);
    }

    byte delimiter() {
        return delimiter;
    }

    @Override
    public Cell text(int index) {
        return new Text(index);
    }

    @Override
    public Cell document(int index) {
        return new Text(index);
    }

    @Override
    public Cell number(Cell cell) {
        return cell;
    }

    @Override
    public Cell base64(Cell cell) {
        return new QuotedIfEmpty(cell);
    }

    @Override
    public Cell plain(Cell cell) {
        return cell;
    }

    /** Adds a short text. */
    void append(byte[] text, ByteSink out) {
        if (isPlain(text, 0, text.length)) {
            out.put(text);
        } else {
            out.put('"');
            appendDoubled(text, 0, text.length, out);
            out.put('"');
        }
    }

    private boolean isPlain(byte[] data, int from, int to) {
        if (from == to) {
            return false;
        }
        int at = from;
        while (at + 8 <= to) {
            long word = Words.at(data, at);
            long special = Words.equalBytes(word, delimiters)
                    | Words.equalBytes(word, QUOTES)
                    | Words.equalBytes(word, LINE_FEEDS)
                    | Words.equalBytes(word, RETURNS);
            if (special != 0) {
                return false;
            }
            at += 8;
        }
        for (; at < to; at++) {
            byte each = data[at];
            if (each == delimiter || each == '"' || each == '\n' || each == '\r') {
                return false;
            }
        }
        return true;
    }

    private static void appendDoubled(byte[] data, int from, int to, ByteSink out) {
        int at = from;
        while (true) {
            int quote = Words.indexOf('"', data, at, to);
            if (quote < 0) {
                out.put(data, at, to - at);
                return;
            }
            out.put(data, at, quote + 1 - at);
            out.put('"');
            at = quote + 1;
        }
    }

    private static final class QuotedIfEmpty extends Cell.Around {
        QuotedIfEmpty(Cell inner) {
            super(inner);
        }

        @Override
        void append(int row, LineSink out) {
            int before = out.buffer().size();
            appendInner(row, out);
            if (out.buffer().size() == before) {
                out.buffer().put('"');
                out.buffer().put('"');
            }
        }
    }

    private final class Text extends Cells.OfBytes {
        Text(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            int from = offsets[row];
            int to = offsets[row + 1];
            ByteSink buffer = out.buffer();
            if (to - from > LineSink.PIECE) {
                appendLong(from, to, out);
            } else if (isPlain(data, from, to)) {
                buffer.put(data, from, to - from);
            } else {
                buffer.put('"');
                appendDoubled(data, from, to, buffer);
                buffer.put('"');
            }
        }

        /** Quoted without a look, as so long a text hardly lacks a reason. */
        private void appendLong(int from, int to, LineSink out) {
            ByteSink buffer = out.buffer();
            buffer.put('"');
            for (int at = from; at < to; at += LineSink.PIECE) {
                appendDoubled(data, at, Math.min(to, at + LineSink.PIECE), buffer);
                out.relieve();
            }
            buffer.put('"');
        }
    }
}
