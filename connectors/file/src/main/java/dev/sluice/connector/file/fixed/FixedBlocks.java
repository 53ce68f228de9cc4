package dev.sluice.connector.file.fixed;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.CellBlock;
import dev.sluice.cdk.cells.Flaw;
import dev.sluice.cdk.cells.TextWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Cuts lines into cells by the places of columns. Places count characters, not bytes. A cell of nothing but blanks is null.
 * One thread uses it.
 */
public final class FixedBlocks implements BlockSource {
    private static final int USUAL_STRETCH = 64 << 10;

    private final TextWindow window;
    private final FixedColumns columns;
    private final Shape shape;
    private final byte[][] nullTexts;
    private final int lastBegin;
    private final int lastEnd;

    /** Where each character of a line begins, and where the last one ends; filled for lines that are not all ASCII. */
    private int[] places = new int[256];

    private long blockOffset;
    private long blockLine;
    private long nextLine;
    private int blockStart;

    /**
     * How lines are read.
     *
     * @param columns where the columns stand
     * @param numbers the columns that are numbers by the user's word, in which zeros may stand in front
     * @param newline the last character of a line
     * @param nullTexts texts that mean null, besides blanks
     * @param maxRecordBytes the longest line that is read
     */
    public record Shape(
            FixedColumns columns, BitSet numbers, char newline, List<String> nullTexts, int maxRecordBytes) {
        public Shape {
            numbers = (BitSet) numbers.clone();
            nullTexts = List.copyOf(nullTexts);
        }
    }

    /**
     * Begins to cut.
     *
     * @param window the text from the beginning of a line on; closed with this
     * @param line the number of that line
     */
    public FixedBlocks(TextWindow window, long line, Shape shape) {
        this.window = window;
        this.shape = shape;
        this.columns = shape.columns();
        this.nullTexts = shape.nullTexts().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.lastBegin = columns.lastBegin();
        this.lastEnd = columns.lastEnd();
        this.nextLine = line;
        this.blockLine = line;
        this.blockOffset = window.offset();
    }

    @Override
    public boolean next(CellBlock block) throws IOException {
        int size = Math.min(USUAL_STRETCH, shape.maxRecordBytes());
        while (true) {
            window.fill(size);
            int from = window.from();
            int to = (int) Math.min(window.to(), (long) from + size);
            blockOffset = window.offset();
            blockLine = nextLine;
            blockStart = from;
            block.begin(window.bytes(), from, false);
            if (from == to) {
                return false;
            }
            int end = cut(block, from, to, window.isAtEnd() && to == window.to());
            window.consume(end - from);
            if (block.rows() > 0) {
                return true;
            }
            if (end == from && size >= shape.maxRecordBytes()) {
                skipLine(block);
                return true;
            }
            size = end > from ? size : (int) Math.min(shape.maxRecordBytes(), size * 4L);
        }
    }

    /** Cuts whole lines; where the first one begins that does not end here. */
    private int cut(CellBlock block, int from, int to, boolean last) {
        byte[] bytes = window.bytes();
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && bytes[end] != shape.newline()) {
                end++;
            }
            if (end == to && !last) {
                return at;
            }
            int next = Math.min(to, end + 1);
            int textEnd = end > at && bytes[end - 1] == '\r' ? end - 1 : end;
            if (textEnd == at) {
                block.moveEnd(next);
            } else {
                line(block, at, textEnd, next);
            }
            nextLine++;
            at = next;
        }
        return at;
    }

    private void line(CellBlock block, int from, int to, int next) {
        block.reserve(1);
        int characters = characters(block.data(), from, to);
        boolean ascii = characters == to - from;
        if (characters <= lastBegin && !columns.padsShortLines()) {
            block.endFlawedRow(to, next, Flaw.LINE_TOO_SHORT);
            return;
        }
        if (characters > lastEnd && !isBlank(block.data(), place(lastEnd, from, ascii), to)) {
            block.endFlawedRow(to, next, Flaw.LINE_TOO_LONG);
            return;
        }
        for (int i = 0; i < columns.columns().size(); i++) {
            FixedColumns.Column column = columns.columns().get(i);
            int begin = place(Math.min(column.from(), characters), from, ascii);
            int end = place(Math.min(column.to(), characters), from, ascii);
            cell(block, i, begin, end);
        }
        block.endRow(to, next);
    }

    /** The number of characters of a line; notes where they begin unless each is a byte. */
    private int characters(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        if (at == to) {
            return to - from;
        }
        if (places.length <= to - from) {
            places = new int[to - from + 256];
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            // What goes on with a character has the bits 10 in front.
            if ((bytes[i] & 0xC0) != 0x80) {
                places[count++] = i;
            }
        }
        places[count] = to;
        return count;
    }

    private int place(int character, int from, boolean ascii) {
        return ascii ? from + character : places[character];
    }

    private void cell(CellBlock block, int column, int begin, int end) {
        byte[] data = block.data();
        FixedColumns.Trim trim = columns.trim();
        int from = begin;
        int to = end;
        if (trim == FixedColumns.Trim.BOTH || trim == FixedColumns.Trim.LEFT || isBlank(data, begin, end)) {
            while (from < to && data[from] == ' ') {
                from++;
            }
        }
        if (trim == FixedColumns.Trim.BOTH || trim == FixedColumns.Trim.RIGHT) {
            while (to > from && data[to - 1] == ' ') {
                to--;
            }
        }
        for (byte[] text : nullTexts) {
            if (Arrays.equals(data, from, to, text, 0, text.length)) {
                to = from;
            }
        }
        while (shape.numbers().get(column) && from + 1 < to && data[from] == '0' && isDigit(data[from + 1])) {
            from++;
        }
        block.cell(block.nextCell() + column, from, to, (byte) 0);
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isBlank(byte[] data, int from, int to) {
        int at = from;
        while (at < to && data[at] == ' ') {
            at++;
        }
        return at == to;
    }

    /** Steps over a line that is too long to be held, keeping its beginning. */
    private void skipLine(CellBlock block) throws IOException {
        int length = Math.min(window.available(), BatchFiller.KEPT_BYTES);
        byte[] kept = Arrays.copyOfRange(window.bytes(), window.from(), window.from() + length);
        boolean ended = false;
        while (!ended) {
            window.fill(1);
            ended = window.available() == 0 || window.bytes()[window.from()] == shape.newline();
            window.consume(Math.min(1, window.available()));
        }
        nextLine++;
        block.begin(kept, 0, false);
        block.reserve(1);
        block.endFlawedRow(kept.length, kept.length, Flaw.RECORD_TOO_LARGE);
        blockStart = 0;
    }

    @Override
    public long offset(CellBlock block, int row) {
        return row == block.rows() ? window.offset() : blockOffset + block.rowStart(row) - blockStart;
    }

    @Override
    public long line(CellBlock block, int row) {
        if (row == block.rows()) {
            return nextLine;
        }
        long line = blockLine;
        for (int i = blockStart; i < block.rowStart(row); i++) {
            line += block.data()[i] == shape.newline() ? 1 : 0;
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
