package dev.sluice.connector.file.csv;

import dev.sluice.cdk.cells.CellBlock;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.Words;
import java.util.Arrays;

/** Puts the text between two field ends into a block: without its quotes, escapes undone, null texts emptied. */
final class CellCutter {
    private final CsvShape shape;
    private final CsvDialect dialect;
    private final byte[][] nullTexts;
    private final long quotes;

    CellCutter(CsvShape shape) {
        this.shape = shape;
        this.dialect = shape.dialect();
        this.nullTexts = shape.nullTexts();
        this.quotes = Words.repeat(dialect.quote());
    }

    /** Adds a cell that was not quoted. */
    void plain(CellBlock block, int column, int from, int to) {
        int cell = block.nextCell() + column;
        int end = nullTexts.length > 0 && isNull(block.data(), from, to) ? from : to;
        block.cell(cell, from, end, (byte) 0);
    }

    /** Adds a cell whose quotes stand just outside of these bytes, in the manner of RFC 4180. */
    void quoted(CellBlock block, int column, int from, int to) {
        int cell = block.nextCell() + column;
        byte[] data = block.data();
        if (!shape.isSelected(column) || indexOfQuote(data, from, to) == to) {
            block.cell(cell, from, to, CellBlock.QUOTED);
            return;
        }
        ByteSink side = block.side();
        int start = side.size();
        collapse(data, from, to, side);
        block.cell(cell, start, side.size(), (byte) (CellBlock.QUOTED | CellBlock.SIDE));
    }

    /** Adds a cell in which escapes have to be undone. */
    void escaped(CellBlock block, int column, int from, int to, boolean quoted) {
        int cell = block.nextCell() + column;
        byte[] data = block.data();
        ByteSink side = block.side();
        int start = side.size();
        int at = from;
        while (at < to) {
            boolean doubled = quoted && data[at] == dialect.quote();
            boolean skips = (dialect.hasOwnEscape() && data[at] == dialect.escape()) || doubled;
            at += skips && at + 1 < to ? 1 : 0;
            side.put(data[at]);
            at++;
        }
        block.cell(cell, start, side.size(), (byte) ((quoted ? CellBlock.QUOTED : 0) | CellBlock.SIDE));
    }

    private boolean isNull(byte[] data, int from, int to) {
        for (byte[] text : nullTexts) {
            if (text.length == to - from && Arrays.equals(data, from, to, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }

    private int indexOfQuote(byte[] data, int from, int to) {
        int at = from;
        while (at + 8 <= to) {
            long hits = Words.equalBytes(Words.at(data, at), quotes);
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >> 3);
            }
            at += 8;
        }
        while (at < to && data[at] != dialect.quote()) {
            at++;
        }
        return at;
    }

    /** Copies text and makes one quote of each two. */
    private void collapse(byte[] data, int from, int to, ByteSink side) {
        byte[] target = side.reserve(to - from + 8);
        int at = side.size();
        int in = from;
        while (in + 8 <= to) {
            long word = Words.at(data, in);
            long hits = Words.equalBytes(word, quotes);
            Words.put(target, at, word);
            if (hits == 0) {
                in += 8;
                at += 8;
            } else {
                int kept = (Long.numberOfTrailingZeros(hits) >> 3) + 1;
                in += kept + 1;
                at += kept;
            }
        }
        while (in < to) {
            target[at++] = data[in];
            in += data[in] == dialect.quote() ? 2 : 1;
        }
        side.advance(at - side.size());
    }
}
