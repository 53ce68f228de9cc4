package dev.sluice.connector.file.csv;

import dev.sluice.cdk.text.Words;
import java.util.Arrays;

/**
 * Finds the ends of fields in 64 bytes at a time, as long as all quotes are used as RFC 4180 says.
 *
 * <p>Whether a byte lies inside of quotes is the parity of the quotes before it: a doubled quote closes and opens again
 * with nothing in between. That equals the reading of the RFC exactly if every quote that opens follows a field's
 * beginning or a quote, and every quote that closes is followed by a field's end or a quote. Both are checked for each
 * quote, so a stretch is either cut rightly or refused as a whole ({@link #isClean()}). The idea of the bit masks is
 * that of "Parsing Gigabytes of JSON per Second" (Langdale, Lemire 2019), here with arithmetic on {@code long}s.
 *
 * <p>One thread uses a scan.
 */
final class QuickScan {
    private final long delimiters;
    private final long newlines;
    private final long quotes;
    private final boolean quoted;
    private final int newline;

    private int[] ends = new int[4096];
    private int count;
    private int records;
    private long lines;
    private long beyondAscii;
    private boolean clean;

    /** What carries over from one 64 bytes to the next: all ones inside of quotes. */
    private long inside;

    /** In bit 0: the byte before was a delimiter, an end of line or a quote. */
    private long fieldBegins;

    /** In bit 0: the byte before was a quote that closed. */
    private long closedBefore;

    /** The masks of the current 64 bytes. */
    private long delimiterBits;

    private long newlineBits;
    private long quoteBits;

    QuickScan(CsvDialect dialect) {
        delimiters = Words.repeat(dialect.delimiter());
        newlines = Words.repeat(dialect.newline());
        quotes = Words.repeat(dialect.quote());
        quoted = dialect.hasQuotes();
        newline = dialect.newline();
    }

    /** Where fields end, in order: at a delimiter or at the end of a line. */
    int[] ends() {
        return ends;
    }

    /** The number of fields that were ended. */
    int count() {
        return count;
    }

    /** The number of lines that ended outside of quotes. */
    int records() {
        return records;
    }

    /** The number of lines that ended, inside of quotes too. */
    long lines() {
        return lines;
    }

    /** True if no byte was beyond ASCII. */
    boolean isAscii() {
        return beyondAscii == 0;
    }

    /** True if all quotes are where they belong. */
    boolean isClean() {
        return clean;
    }

    /** Begins anew, in front of a record. */
    void restart() {
        count = 0;
        records = 0;
        lines = 0;
        beyondAscii = 0;
        clean = true;
        inside = 0;
        fieldBegins = 1;
        closedBefore = 0;
    }

    /** Scans bytes that begin with a record, up to the first 64 that are not clean. There has to be slack behind them. */
    void scan(byte[] bytes, int from, int to) {
        restart();
        for (int at = from; at < to && clean; at += 64) {
            emit(step(bytes, at, to), at);
        }
    }

    /**
     * Looks at the next 64 bytes, or at what is left of them.
     *
     * @return a bit for each delimiter and each end of a line that is outside of quotes
     */
    long step(byte[] bytes, int at, int to) {
        masks(bytes, at, to);
        long separators = delimiterBits | newlineBits;
        long structure = separators;
        if ((quoteBits | inside | closedBefore) != 0) {
            long within = prefixXor(quoteBits) ^ inside;
            long opening = quoteBits & within;
            long closing = quoteBits & ~within;
            long strayOpening = opening & ~(((separators | quoteBits) << 1) | fieldBegins);
            long strayFollower = ((closing << 1) | closedBefore) & ~(separators | quoteBits);
            if ((strayOpening | strayFollower) != 0 && !isOnlyLineEnds(bytes, at, to, strayOpening, strayFollower)) {
                clean = false;
            }
            structure = separators & ~within;
            inside = within >> 63;
            closedBefore = closing >>> 63;
        }
        fieldBegins = (separators | quoteBits) >>> 63;
        records += Long.bitCount(newlineBits & structure);
        lines += Long.bitCount(newlineBits);
        return structure;
    }

    /** Of the last 64 bytes, a bit for each end of a line. */
    long newlineBits() {
        return newlineBits;
    }

    /** True if the last byte was inside of quotes. */
    boolean isInside() {
        return inside != 0;
    }

    private void emit(long structure, int at) {
        if (count + 64 > ends.length) {
            ends = Arrays.copyOf(ends, ends.length * 2);
        }
        int[] target = ends;
        int next = count;
        long left = structure;
        while (left != 0) {
            target[next++] = at + Long.numberOfTrailingZeros(left);
            left &= left - 1;
        }
        count = next;
    }

    private void masks(byte[] bytes, int from, int to) {
        long delimiter = 0;
        long lineEnd = 0;
        long quote = 0;
        long all = 0;
        for (int i = 0; i < 8; i++) {
            long word = Words.at(bytes, from + 8 * i);
            all |= word;
            int shift = 8 * i;
            delimiter |= (long) Words.pack(Words.equalBytes(word, delimiters)) << shift;
            lineEnd |= (long) Words.pack(Words.equalBytes(word, newlines)) << shift;
            quote |= (long) Words.pack(Words.equalBytes(word, quotes)) << shift;
        }
        long known = to - from >= 64 ? -1L : (1L << (to - from)) - 1;
        delimiterBits = delimiter & known;
        newlineBits = lineEnd & known;
        quoteBits = quoted ? quote & known : 0;
        beyondAscii |= all & Words.HIGH_BITS;
    }

    /** A closing quote may be followed by a carriage return if a line feed comes after it, or by the end. */
    private boolean isOnlyLineEnds(byte[] bytes, int from, int to, long strayOpening, long strayFollower) {
        long left = strayFollower;
        while (left != 0) {
            int at = from + Long.numberOfTrailingZeros(left);
            boolean lineEnds = bytes[at] == '\r' && newline == '\n' && (at + 1 >= to || bytes[at + 1] == '\n');
            if (at < to && !lineEnds) {
                return false;
            }
            left &= left - 1;
        }
        return strayOpening == 0;
    }

    /** Each bit becomes the parity of the bits up to and including it. */
    private static long prefixXor(long bits) {
        long result = bits;
        result ^= result << 1;
        result ^= result << 2;
        result ^= result << 4;
        result ^= result << 8;
        result ^= result << 16;
        result ^= result << 32;
        return result;
    }
}
