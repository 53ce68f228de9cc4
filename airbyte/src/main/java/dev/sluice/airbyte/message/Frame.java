package dev.sluice.airbyte.message;

import dev.sluice.spi.catalog.StreamId;
import java.util.Arrays;

/**
 * What stands around the data of a stream's records. A connector spells it the same way in each but for the digits of the moment, so
 * that a line can be told by it without being looked through. Immutable.
 */
final class Frame {
    /** Longer ones are not worth keeping. */
    private static final int MOST_BYTES = 1024;

    /** No record tells when it was emitted with more. */
    private static final int MOST_DIGITS = 15;

    static final long NO_MOMENT = -1;

    private final StreamId stream;
    private final byte[] before;
    private final byte[] behind;

    /** Where the digits are behind the data that differ from record to record. */
    private final int digitsFrom;

    private final int digitsTo;

    /** The moment of all its records where its digits do not differ, in milliseconds. */
    private final long moment;

    private Frame(StreamId stream, byte[] before, byte[] behind, int digitsFrom, int digitsTo, long moment) {
        this.moment = moment;
        this.stream = stream;
        this.before = before;
        this.behind = behind;
        this.digitsFrom = digitsFrom;
        this.digitsTo = digitsTo;
    }

    /** Parts of the line of a record: the line, its data, and its moment, which is empty where there is none. */
    record Parts(int from, int to, int dataFrom, int dataTo, int momentFrom, int momentTo) {
        boolean isShort() {
            return dataFrom - from <= MOST_BYTES && to - dataTo <= MOST_BYTES;
        }

        boolean hasMoment() {
            return momentFrom >= dataTo && momentTo > momentFrom;
        }
    }

    /** The frame of a line that is known to be a record. */
    static Frame of(StreamId stream, byte[] line, Parts parts) {
        boolean moves = parts.hasMoment() && isNumber(line, parts.momentFrom(), parts.momentTo());
        return new Frame(
                stream,
                Arrays.copyOfRange(line, parts.from(), parts.dataFrom()),
                Arrays.copyOfRange(line, parts.dataTo(), parts.to()),
                moves ? parts.momentFrom() - parts.dataTo() : 0,
                moves ? parts.momentTo() - parts.dataTo() : 0,
                moment(line, parts.momentFrom(), parts.momentTo()));
    }

    /** The moment of a line around which this stands, in milliseconds since 1970; {@link #NO_MOMENT} if it tells none. */
    long moment(byte[] line, int dataTo) {
        return digitsFrom == digitsTo ? moment : moment(line, dataTo + digitsFrom, dataTo + digitsTo);
    }

    /** The moment that digits mean. */
    static long moment(byte[] text, int from, int to) {
        if (to <= from || to - from > MOST_DIGITS || !isNumber(text, from, to)) {
            return NO_MOMENT;
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            value = value * 10 + text[at] - '0';
        }
        return value;
    }

    /**
     * True if a line has this around something. It is a record with the same parts then, if what stands between is exactly one object.
     */
    boolean isAround(byte[] line, int from, int to) {
        int dataFrom = from + before.length;
        int dataTo = to - behind.length;
        return dataTo - dataFrom >= 2
                && line[dataFrom] == '{'
                && line[dataTo - 1] == '}'
                && Arrays.equals(before, 0, before.length, line, from, dataFrom)
                && Arrays.equals(behind, 0, digitsFrom, line, dataTo, dataTo + digitsFrom)
                && Arrays.equals(behind, digitsTo, behind.length, line, dataTo + digitsTo, to)
                && (digitsFrom == digitsTo || isNumber(line, dataTo + digitsFrom, dataTo + digitsTo));
    }

    /** Digits that JSON takes for a number. */
    private static boolean isNumber(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return false;
            }
        }
        return text[from] != '0' || to == from + 1;
    }

    StreamId stream() {
        return stream;
    }

    /** How many bytes stand before the data. */
    int before() {
        return before.length;
    }

    /** How many bytes stand behind the data. */
    int behind() {
        return behind.length;
    }
}
