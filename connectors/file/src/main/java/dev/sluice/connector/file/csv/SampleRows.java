package dev.sluice.connector.file.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first records of a sample as one dialect reads them, for judging the dialect. Made for few records and any number
 * of fields, not for speed.
 *
 * @param rows the fields of each record
 * @param badQuotes the records with text behind a closing quote, or with a quote that is never closed
 * @param ends where each record ends in the sample
 */
record SampleRows(List<List<Cell>> rows, int badQuotes, List<Integer> ends) {
    private static final int MOST_ROWS = 500;

    /**
     * A field.
     *
     * @param text what it holds
     * @param quoted true if it stood in quotes
     */
    record Cell(String text, boolean quoted) {
        byte[] utf8() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Reads records; a last one that the sample cuts off is left out.
     *
     * @param whole true if the sample is the whole file
     */
    static SampleRows read(byte[] sample, int from, boolean whole, CsvDialect dialect) {
        return new Reader(sample, from, whole, dialect).read();
    }

    /** The number of fields that most records have; the larger one of two. */
    int usualFields() {
        Map<Integer, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(1);
    }

    /** Which part of the records has the usual number of fields and good quotes, from 0 to 1. */
    double regularity() {
        int usual = usualFields();
        long regular = rows.stream().filter(row -> row.size() == usual).count();
        return rows.isEmpty() ? 0 : Math.max(0, regular - badQuotes) / (double) rows.size();
    }

    private static final class Reader {
        private final byte[] sample;
        private final boolean whole;
        private final CsvDialect dialect;
        private final List<List<Cell>> rows = new ArrayList<>();
        private final List<Integer> ends = new ArrayList<>();
        private int badQuotes;
        private int at;

        Reader(byte[] sample, int from, boolean whole, CsvDialect dialect) {
            this.sample = sample;
            this.at = from;
            this.whole = whole;
            this.dialect = dialect;
        }

        SampleRows read() {
            while (at < sample.length && rows.size() < MOST_ROWS) {
                if (!row()) {
                    break;
                }
            }
            return new SampleRows(rows, badQuotes, ends);
        }

        /** Reads a record; false if the sample ends in it and the file does not. */
        private boolean row() {
            List<Cell> cells = new ArrayList<>();
            boolean bad = false;
            boolean more = true;
            while (more) {
                boolean quoted = dialect.hasQuotes() && at < sample.length && sample[at] == dialect.quote();
                StringBuilder text = new StringBuilder();
                if (quoted) {
                    at++;
                    bad |= !quotedText(text);
                }
                boolean follows = plainText(text, quoted);
                bad |= quoted && follows;
                cells.add(new Cell(text.toString(), quoted));
                if (at >= sample.length && !whole) {
                    return false;
                }
                more = at < sample.length && sample[at] == dialect.delimiter();
                at++;
            }
            boolean blank = cells.size() == 1
                    && cells.getFirst().text().isEmpty()
                    && !cells.getFirst().quoted();
            if (!blank) {
                rows.add(cells);
                ends.add(Math.min(at, sample.length));
                badQuotes += bad ? 1 : 0;
            }
            return true;
        }

        /** Reads up to a delimiter or the end of the line; true if there was anything. */
        private boolean plainText(StringBuilder text, boolean afterQuote) {
            int start = at;
            int end = at;
            while (end < sample.length && sample[end] != dialect.delimiter() && sample[end] != dialect.newline()) {
                end += dialect.hasOwnEscape() && sample[end] == dialect.escape() ? 2 : 1;
            }
            end = Math.min(end, sample.length);
            int textEnd = end;
            boolean atLineEnd = end == sample.length || sample[end] == '\n';
            if (atLineEnd && textEnd > start && sample[textEnd - 1] == '\r') {
                textEnd--;
            }
            if (!afterQuote) {
                text.append(new String(sample, start, textEnd - start, StandardCharsets.UTF_8));
            }
            at = end;
            return textEnd > start;
        }

        /** Reads up to the closing quote; false if there is none. */
        private boolean quotedText(StringBuilder text) {
            int start = at;
            while (at < sample.length) {
                boolean escape = dialect.hasOwnEscape() && sample[at] == dialect.escape();
                boolean quote = sample[at] == dialect.quote();
                boolean doubled = quote && at + 1 < sample.length && sample[at + 1] == dialect.quote();
                if (escape || doubled) {
                    text.append(new String(sample, start, at - start, StandardCharsets.UTF_8));
                    start = at + 1;
                    at += 2;
                } else if (quote) {
                    text.append(new String(sample, start, at - start, StandardCharsets.UTF_8));
                    at++;
                    return true;
                } else {
                    at++;
                }
            }
            return !whole;
        }
    }
}
