package dev.sluice.connector.file.csv;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.CellBlock;
import dev.sluice.cdk.cells.Flaw;
import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.util.Arrays;

/** Cuts the text of a CSV file, from the beginning of a record on, into blocks of cells. One thread uses it. */
public final class CsvBlocks implements BlockSource {
    private static final int USUAL_STRETCH = 64 << 10;

    private final TextWindow window;
    private final CsvShape shape;
    private final CsvDialect dialect;
    private final String file;
    private final QuickScan quick;
    private final CarefulScan careful;
    private final CellCutter cutter;

    private final int stretch;
    private boolean endAdded;

    /** Where the block begins and ends in the text of the file, and in which line. */
    private long blockOffset;

    private long blockLine;
    private long nextLine;
    private int blockStart;

    /** The row and line of the last question after a line, as questions come in order. */
    private int askedAt;

    private long askedLine;

    /**
     * Begins to cut.
     *
     * @param window the text from the beginning of a record on; closed with this
     * @param line the number of its first line
     * @param file the file in words, for messages
     */
    public CsvBlocks(TextWindow window, long line, CsvShape shape, String file) {
        this.window = window;
        this.shape = shape;
        this.file = file;
        dialect = shape.dialect();
        cutter = new CellCutter(shape);
        quick = new QuickScan(dialect);
        careful = new CarefulScan(dialect, cutter);
        stretch = Math.min(USUAL_STRETCH, shape.maxRecordBytes());
        nextLine = line;
        blockLine = line;
        blockOffset = window.offset();
    }

    @Override
    public boolean next(CellBlock block) throws IOException {
        int size = stretch;
        while (true) {
            window.fill(size);
            endLastLine();
            int from = window.from();
            int to = (int) Math.min(window.to(), (long) from + size);
            begin(block);
            if (from == to) {
                block.begin(window.bytes(), from, true);
                return false;
            }
            int end = cut(block, from, to);
            if (end > from) {
                window.consume(end - from);
                if (block.rows() > 0) {
                    return true;
                }
                size = stretch; // there were only blank lines
            } else if (window.isAtEnd() && to == window.to()) {
                careful.scan(block, from, to); // it knows where the quote stands
                throw openQuote(careful.openQuote());
            } else if (size >= shape.maxRecordBytes()) {
                skipRecord(block);
                return true;
            } else {
                size = (int) Math.min(shape.maxRecordBytes(), size * 4L);
            }
        }
    }

    private void begin(CellBlock block) {
        blockOffset = window.offset();
        blockLine = nextLine;
        blockStart = window.from();
        askedAt = blockStart;
        askedLine = blockLine;
        block.begin(window.bytes(), window.from(), false);
    }

    /** The last line of a file may lack its end. */
    private void endLastLine() {
        if (window.isAtEnd() && !endAdded) {
            endAdded = true;
            boolean open = window.available() > 0 && window.bytes()[window.to() - 1] != dialect.newline();
            if (open) {
                window.addAtEnd(dialect.newline());
            }
        }
    }

    /** Cuts the whole records of a stretch; where the first one begins that does not end in it. */
    private int cut(CellBlock block, int from, int to) {
        byte[] bytes = window.bytes();
        if (!dialect.hasOwnEscape()) {
            quick.scan(bytes, from, to);
            if (quick.isClean() && isRegular(bytes)) {
                return takeRegular(block, from);
            }
        }
        int end = careful.scan(block, from, to);
        if (careful.swallowing() >= 0) {
            throw openQuote(careful.swallowing());
        }
        nextLine = blockLine + linesBetween(bytes, from, end);
        return end;
    }

    /** True if every record has as many fields as the file has columns. */
    private boolean isRegular(byte[] bytes) {
        int[] ends = quick.ends();
        int columns = shape.columns();
        int records = quick.records();
        if ((long) records * columns > quick.count()) {
            return false;
        }
        int newline = dialect.newline();
        // As many ends of lines as records in all, and one at the last field of each: so there is none elsewhere.
        for (int i = 1; i <= records; i++) {
            if (bytes[ends[i * columns - 1]] != newline) {
                return false;
            }
        }
        return true;
    }

    private int takeRegular(CellBlock block, int from) {
        byte[] bytes = window.bytes();
        int records = quick.records();
        int columns = shape.columns();
        block.begin(bytes, from, quick.isAscii());
        block.reserve(records);
        int[] ends = quick.ends();
        int begin = from;
        for (int i = 0; i < records; i++) {
            int first = i * columns;
            for (int column = 0; column < columns; column++) {
                int end = ends[first + column];
                cell(block, column, begin, end);
                begin = end + 1;
            }
            block.endRow(begin - 1, begin);
        }
        // Where no line ended inside of quotes, lines and records are the same.
        nextLine = blockLine + (quick.lines() == records ? records : linesBetween(bytes, from, begin));
        return begin;
    }

    private void cell(CellBlock block, int column, int from, int end) {
        byte[] bytes = block.data();
        int to = end;
        if (column == shape.columns() - 1 && to > from && bytes[to - 1] == '\r' && bytes[to] == '\n') {
            to--;
        }
        if (to > from && dialect.hasQuotes() && bytes[from] == dialect.quote()) {
            cutter.quoted(block, column, from + 1, to - 1);
        } else {
            cutter.plain(block, column, from, to);
        }
    }

    /** Steps over a record that is too large to be held, keeping its beginning. */
    private void skipRecord(CellBlock block) throws IOException {
        byte[] kept = Arrays.copyOfRange(
                window.bytes(), window.from(), window.from() + Math.min(window.available(), BatchFiller.KEPT_BYTES));
        boolean inside = false;
        boolean fieldBegins = true;
        boolean ended = false;
        while (!ended) {
            window.fill(2);
            endLastLine();
            if (window.available() == 0) {
                throw openQuote(window.from());
            }
            int value = window.bytes()[window.from()];
            int next = window.available() > 1 ? window.bytes()[window.from() + 1] : dialect.newline();
            boolean quote = dialect.hasQuotes() && value == dialect.quote();
            boolean escapes =
                    (dialect.hasOwnEscape() && value == dialect.escape()) || (inside && quote && next == value);
            if (escapes) {
                window.consume(Math.min(2, window.available()));
                continue;
            }
            if (quote && (inside || fieldBegins)) {
                inside = !inside;
            }
            if (value == dialect.newline()) {
                ended = !inside;
                nextLine++;
            }
            fieldBegins = value == dialect.delimiter() && !inside;
            window.consume(1);
        }
        if (nextLine > blockLine + 1) {
            // It may be one large value or a quote that swallows records; only the user knows.
            throw Problem.of("E_CSV_RECORD_SIZE", ProblemKind.DATA, "a record of several lines is larger than allowed")
                    .at(file + ":" + blockLine)
                    .because("it goes on to line " + (nextLine - 1))
                    .fix("allow it with `max_record_bytes`, or repair the quote that is opened there")
                    .exception();
        }
        block.begin(kept, 0, false);
        block.reserve(1);
        block.endFlawedRow(kept.length, kept.length, Flaw.RECORD_TOO_LARGE);
        blockStart = 0;
        askedAt = 0;
    }

    private ProblemException openQuote(int quote) {
        long line = blockLine + linesBetween(window.bytes(), window.from(), Math.max(window.from(), quote));
        return Problem.of("E_CSV_OPEN_QUOTE", ProblemKind.DATA, "a quote is opened and not closed where its value ends")
                .at(file + ":" + line)
                .because("many lines behind it would belong to one value, so nothing there can be told apart")
                .fix("repair the line, or give the right `quote` and `escape` if the file is written in another way")
                .exception();
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
        int start = block.rowStart(row);
        if (start < askedAt) {
            askedAt = blockStart;
            askedLine = blockLine;
        }
        askedLine += linesBetween(block.data(), askedAt, start);
        askedAt = start;
        return askedLine;
    }

    private long linesBetween(byte[] bytes, int from, int to) {
        long lines = 0;
        int newline = dialect.newline();
        for (int i = from; i < to; i++) {
            if (bytes[i] == newline) {
                lines++;
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
