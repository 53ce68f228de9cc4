package dev.sluice.cdk.sql;

import java.security.SecureRandom;

/**
 * Makes the values of {@code _airbyte_raw_id} for one writer: UUIDs of version 7 (RFC 9562, section 5.7) that grow with
 * each row.
 *
 * <p>After the 48 bits of the time at which the sequence began, 74 bits count up from a random start, as the RFC allows
 * for ids that have to keep their order. Two writers meet only if their starts lie closer than the rows that they write:
 * with 2^40 rows each, one chance in 2^32. Not for use by several threads.
 */
public final class RawIds {
    /** The characters of an id as text. */
    public static final int TEXT_LENGTH = 36;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final long LOW_62_BITS = (1L << 62) - 1;

    /** The last 12 digits of a text, which count up from row to row. */
    private static final int COUNTING_FROM = 24;

    private final byte[] text = new byte[TEXT_LENGTH];
    private long high;
    private long low;

    /**
     * Begins a sequence.
     *
     * @param epochMillis the time that the ids carry, in milliseconds since 1970-01-01T00:00Z
     */
    public RawIds(long epochMillis) {
        SecureRandom random = new SecureRandom();
        high = (epochMillis << 16) | 0x7000L | random.nextInt(0x800);
        low = random.nextLong() & LOW_62_BITS;
        render();
    }

    /** Goes on to the next id. */
    public void next() {
        low = (low + 1) & LOW_62_BITS;
        if (low == 0) {
            high++;
        }
        int at = TEXT_LENGTH - 1;
        while (text[at] == 'f' && at > COUNTING_FROM) {
            text[at--] = '0';
        }
        if (text[at] == 'f') {
            render();
        } else {
            text[at] = (byte) (text[at] == '9' ? 'a' : text[at] + 1);
        }
    }

    /** The more significant half of the current id. */
    public long high() {
        return high;
    }

    /** The less significant half of the current id. */
    public long low() {
        return low | Long.MIN_VALUE; // the two bits of the variant are 1 and 0
    }

    /** Writes the current id as {@value #TEXT_LENGTH} ASCII characters. */
    public void writeText(byte[] target, int at) {
        System.arraycopy(text, 0, target, at, TEXT_LENGTH);
    }

    /** Writes all digits; from row to row it is enough to count in the text itself. */
    private void render() {
        writeHex(high >>> 32, 8, text, 0);
        text[8] = '-';
        writeHex(high >>> 16, 4, text, 9);
        text[13] = '-';
        writeHex(high, 4, text, 14);
        text[18] = '-';
        writeHex(low() >>> 48, 4, text, 19);
        text[23] = '-';
        writeHex(low(), 12, text, COUNTING_FROM);
    }

    private static void writeHex(long value, int digits, byte[] target, int at) {
        for (int i = digits - 1; i >= 0; i--) {
            target[at + i] = HEX[(int) value & 0xf];
            value >>>= 4;
        }
    }
}
