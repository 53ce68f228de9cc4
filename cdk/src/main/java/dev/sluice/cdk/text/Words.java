package dev.sluice.cdk.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time: the arithmetic on a {@code long} that stands for eight characters, the first one in its lowest
 * byte (known as SWAR, SIMD within a register).
 */
public final class Words {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;
    private static final long ONES = 0x0101010101010101L;

    /** The highest bit of each byte. */
    public static final long HIGH_BITS = 0x8080808080808080L;

    private Words() {}

    /** The eight bytes from a place on. */
    public static long at(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Writes eight bytes. */
    public static void put(byte[] bytes, int at, long word) {
        LONG.set(bytes, at, word);
    }

    /** Writes four bytes. */
    public static void putInt(byte[] bytes, int at, int word) {
        INT.set(bytes, at, word);
    }

    /** A word of eight times the same byte. */
    public static long repeat(int value) {
        return (value & 0xFF) * ONES;
    }

    /** The highest bit of exactly those bytes in which two words are equal; all other bits are 0. */
    public static long equalBytes(long word, long other) {
        long different = word ^ other;
        return ~(((different & LOW_SEVEN) + LOW_SEVEN) | different | LOW_SEVEN);
    }

    /** Where a byte first stands between two places, or -1 if nowhere. */
    public static int indexOf(int value, byte[] bytes, int from, int to) {
        long wanted = repeat(value);
        int at = from;
        while (at + 8 <= to) {
            long found = equalBytes(at(bytes, at), wanted);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
            at += 8;
        }
        for (; at < to; at++) {
            if (bytes[at] == (byte) value) {
                return at;
            }
        }
        return -1;
    }

    /** Which of the eight bytes have their highest bit set, as the lowest eight bits; the first byte is bit 0. */
    public static int pack(long highBits) {
        return (int) (((highBits >>> 7) * 0x0102040810204080L) >>> 56);
    }

    /** True if each of the eight bytes is a digit from 0 to 9. */
    static boolean allDigits(long word) {
        // Both the byte and the byte plus 6 have to begin with the hexadecimal digit 3.
        long upper = word & 0xF0F0F0F0F0F0F0F0L;
        long shifted = ((word + 0x0606060606060606L) & 0xF0F0F0F0F0F0F0F0L) >>> 4;
        return (upper | shifted) == 0x3333333333333333L;
    }

    /** The number that eight digits stand for. */
    static long eightDigits(long word) {
        long pairs = ((word & 0x0F0F0F0F0F0F0F0FL) * 2561) >>> 8;
        long fours = ((pairs & 0x00FF00FF00FF00FFL) * 6553601) >>> 16;
        return ((fours & 0x0000FFFF0000FFFFL) * 42949672960001L) >>> 32;
    }
}
