package dev.sluice.connector.file.csv;

import dev.sluice.cdk.cells.TextWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Divides a large file into ranges that begin and end at records, by looking at all of it once.
 *
 * <p>Where a record ends depends on all quotes before it, so nobody can tell at some place in the middle. This looks at
 * every quote, as {@link QuickScan} does, at a few gigabytes a second. If one of them is not where RFC 4180 wants it, the
 * file is not divided: a reader that goes through it record by record decides then.
 */
public final class RangeFinder {
    private static final int STRETCH = 1 << 20;

    private final QuickScan scan;
    private final long rangeBytes;
    private final BooleanSupplier cancelled;

    private long recordsSeen;
    private long linesSeen;

    /** What had been seen at the last boundary that was found. */
    private long recordsToBoundary;

    private long linesToBoundary;

    /**
     * A part of a file.
     *
     * @param from where its first record begins
     * @param to where its last record ends
     * @param line the number of its first line, counted from 1
     * @param records about how many records it has; blank lines count too
     */
    public record Range(long from, long to, long line, long records) {}

    /**
     * Makes a finder.
     *
     * @param dialect how the file is written; without an escape character of its own
     * @param rangeBytes how large a range should be
     * @param cancelled true once nobody wants the answer any more
     */
    public RangeFinder(CsvDialect dialect, long rangeBytes, BooleanSupplier cancelled) {
        if (dialect.hasOwnEscape()) {
            throw new IllegalArgumentException("a file with escape characters cannot be divided");
        }
        this.scan = new QuickScan(dialect);
        this.rangeBytes = rangeBytes;
        this.cancelled = cancelled;
    }

    /**
     * Finds the ranges.
     *
     * @param window the file's text from the first record on; closed afterwards
     * @param line the number of its first line
     * @return empty if the file cannot be divided
     */
    public Optional<List<Range>> find(TextWindow window, long line) throws IOException {
        try (window) {
            List<Range> ranges = new ArrayList<>();
            scan.restart();
            recordsSeen = 0;
            linesSeen = 0;
            long begin = window.offset();
            long beginLine = line;
            long recordsBefore = 0;
            while (!cancelled.getAsBoolean()) {
                window.fill(STRETCH);
                int from = window.from();
                // Whole steps of 64 bytes only, except at the end, so that no step is cut in two.
                int to = window.isAtEnd() ? window.to() : from + (window.available() & -64);
                if (from == to) {
                    if (begin < window.offset() || ranges.isEmpty()) {
                        ranges.add(new Range(begin, window.offset(), beginLine, recordsSeen - recordsBefore));
                    }
                    return scan.isInside() ? Optional.empty() : Optional.of(ranges);
                }
                for (int at = from; at < to; at += 64) {
                    long boundary = boundary(window, at, to, begin);
                    if (!scan.isClean()) {
                        return Optional.empty();
                    }
                    if (boundary >= 0) {
                        ranges.add(new Range(begin, boundary, beginLine, recordsToBoundary - recordsBefore));
                        begin = boundary;
                        beginLine = line + linesToBoundary;
                        recordsBefore = recordsToBoundary;
                    }
                }
                window.consume(to - from);
            }
            return Optional.empty();
        }
    }

    /** Steps on; where the next range should begin if that is behind a record in these 64 bytes, or -1. */
    private long boundary(TextWindow window, int at, int to, long begin) {
        long structure = scan.step(window.bytes(), at, to);
        long lines = scan.newlineBits();
        long recordEnds = structure & lines;
        long offset = window.offset() + at - window.from();
        long recordsBeforeStep = recordsSeen;
        long linesBeforeStep = linesSeen;
        recordsSeen += Long.bitCount(recordEnds);
        linesSeen += Long.bitCount(lines);
        long wanted = begin + rangeBytes - 1 - offset;
        if (wanted >= 64 || recordEnds == 0) {
            return -1;
        }
        long late = wanted <= 0 ? recordEnds : recordEnds & (-1L << wanted);
        if (late == 0) {
            return -1;
        }
        int place = Long.numberOfTrailingZeros(late);
        long upTo = place == 63 ? -1L : (1L << (place + 1)) - 1;
        recordsToBoundary = recordsBeforeStep + Long.bitCount(recordEnds & upTo);
        linesToBoundary = linesBeforeStep + Long.bitCount(lines & upTo);
        return offset + place + 1;
    }
}
