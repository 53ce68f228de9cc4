package dev.sluice.connector.file.csv;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.CellBlock;
import dev.sluice.cdk.cells.Flaw;

/**
 * Cuts one record after the other, byte by byte, and copes with whatever is in a file.
 *
 * <p>The reading is that of RFC 4180, with what practice adds: a quote inside of an unquoted field is a character like
 * any other; an escape character takes the meaning from the next one; lines without any character are no records unless
 * the file has one column. A record with the wrong number of fields, or with text behind a closing quote, is flawed; it
 * ends with the line in which the flaw was found.
 *
 * <p>One thread uses a scan.
 */
final class CarefulScan {
    /** The record does not end in the bytes at hand. */
    static final int OPEN = -1;

    private final CsvDialect dialect;
    private final CellCutter cutter;
    private final boolean[] stops = new boolean[256];

    private CellBlock block;
    private byte[] bytes = {};
    private int to;
    private int fields;
    private boolean badQuotes;
    private int openQuote = OPEN;
    private int swallowing = OPEN;

    CarefulScan(CsvDialect dialect, CellCutter cutter) {
        this.dialect = dialect;
        this.cutter = cutter;
        this.block = new CellBlock(0);
        stops[dialect.delimiter()] = true;
        stops[dialect.newline()] = true;
        if (dialect.hasOwnEscape()) {
            stops[dialect.escape()] = true;
        }
    }

    /**
     * Adds the whole records of a stretch to a block that was begun with it.
     *
     * @return where the first record begins that does not end here
     */
    int scan(CellBlock target, int from, int end) {
        block = target;
        bytes = target.data();
        to = end;
        int start = from;
        while (start < to) {
            int next = isBlankLine(start) ? endOfBlankLine(start) : record(start);
            if (next == OPEN) {
                return start;
            }
            start = next;
        }
        return start;
    }

    /** Where the quote stands that was open when the last scan met the end of its stretch, or {@link #OPEN}. */
    int openQuote() {
        return openQuote;
    }

    /** Where a record begins that is flawed and too large to be kept whole; {@link #OPEN} if there is none. */
    int swallowing() {
        return swallowing;
    }

    private boolean isBlankLine(int at) {
        if (block.columns() == 1) {
            return false;
        }
        return bytes[at] == dialect.newline()
                || (dialect.newline() == '\n' && bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n');
    }

    private int endOfBlankLine(int at) {
        int end = bytes[at] == dialect.newline() ? at + 1 : at + 2;
        block.moveEnd(end);
        return end;
    }

    /** Cuts a record; where the next one begins, or {@link #OPEN}. */
    private int record(int start) {
        block.reserve(1);
        fields = 0;
        badQuotes = false;
        openQuote = OPEN;
        int at = start;
        while (true) {
            boolean quoted = dialect.hasQuotes() && at < to && bytes[at] == dialect.quote();
            int end = quoted ? quotedField(at + 1) : plainField(at);
            if (end == OPEN) {
                return OPEN;
            }
            fields++;
            if (bytes[end] == dialect.newline()) {
                if (badQuotes && end - start > BatchFiller.KEPT_BYTES) {
                    swallowing = start;
                }
                close(end, end + 1);
                return end + 1;
            }
            at = end + 1;
        }
    }

    private void close(int end, int next) {
        if (badQuotes) {
            block.endFlawedRow(end, next, Flaw.BAD_QUOTES);
        } else if (fields < block.columns()) {
            block.endFlawedRow(end, next, Flaw.TOO_FEW_FIELDS);
        } else if (fields > block.columns()) {
            block.endFlawedRow(end, next, Flaw.TOO_MANY_FIELDS);
        } else {
            block.endRow(end, next);
        }
    }

    /** Cuts a field without quotes; where it ends, or {@link #OPEN}. */
    private int plainField(int start) {
        int at = start;
        boolean escapes = false;
        while (true) {
            while (at < to && !stops[bytes[at] & 0xFF]) {
                at++;
            }
            if (at < to && dialect.hasOwnEscape() && bytes[at] == dialect.escape()) {
                escapes = true;
                at += 2;
                continue;
            }
            if (at >= to) {
                return OPEN;
            }
            break;
        }
        if (fields < block.columns()) {
            int end = withoutReturn(start, at);
            if (escapes) {
                cutter.escaped(block, fields, start, end, false);
            } else {
                cutter.plain(block, fields, start, end);
            }
        }
        return at;
    }

    /** Cuts a field whose opening quote stands before this place; where it ends, or {@link #OPEN}. */
    private int quotedField(int start) {
        int quote = closingQuote(start);
        if (quote == OPEN) {
            openQuote = start - 1;
            return OPEN;
        }
        int end = quote + 1;
        if (end < to && bytes[end] == '\r' && dialect.newline() == '\n' && end + 1 < to && bytes[end + 1] == '\n') {
            end++;
        }
        if (end >= to) {
            return OPEN;
        }
        if (bytes[end] != dialect.delimiter() && bytes[end] != dialect.newline()) {
            badQuotes = true;
            while (end < to && bytes[end] != dialect.newline()) {
                end++;
            }
            return end < to ? end : OPEN;
        }
        if (fields < block.columns()) {
            if (dialect.hasOwnEscape()) {
                cutter.escaped(block, fields, start, quote, true);
            } else {
                cutter.quoted(block, fields, start, quote);
            }
        }
        return end;
    }

    private int closingQuote(int start) {
        int at = start;
        while (at < to) {
            if (dialect.hasOwnEscape() && bytes[at] == dialect.escape()) {
                at += 2;
            } else if (bytes[at] != dialect.quote()) {
                at++;
            } else if (at + 1 < to && bytes[at + 1] == dialect.quote()) {
                at += 2;
            } else {
                return at;
            }
        }
        return OPEN;
    }

    private int withoutReturn(int start, int end) {
        boolean returns = bytes[end] == '\n' && dialect.newline() == '\n' && end > start && bytes[end - 1] == '\r';
        return returns ? end - 1 : end;
    }
}
