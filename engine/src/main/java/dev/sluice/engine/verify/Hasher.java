package dev.sluice.engine.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Makes hashes of values, word by word, in two lanes that know nothing of each other. The seed is drawn for each process,
 * so nobody can prepare rows that look the same. One thread uses it.
 */
final class Hasher {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long FIRST_SEED = RANDOM.nextLong();
    private static final long SECOND_SEED = RANDOM.nextLong();

    private long high;
    private long low;

    /** Begins anew. */
    Hasher begin() {
        high = FIRST_SEED;
        low = SECOND_SEED;
        return this;
    }

    /** Adds a word. */
    void add(long word) {
        high = mixed(high ^ word, 0xff51afd7ed558ccdL, 0xc4ceb9fe1a85ec53L) + FIRST_SEED;
        low = mixed(low + word, 0xbf58476d1ce4e5b9L, 0x94d049bb133111ebL) ^ SECOND_SEED;
    }

    /** Adds bytes and how many there are, so that two runs of bytes cannot be taken for two others. */
    void add(byte[] bytes, int from, int length) {
        add(length);
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            add((long) WORDS.get(bytes, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << Byte.SIZE | (bytes[at] & 0xff);
        }
        add(rest);
    }

    /** Adds a text. */
    void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes, 0, bytes.length);
    }

    /** The hash of all that was added. */
    Hash hash() {
        return new Hash(high, low);
    }

    private static long mixed(long value, long first, long second) {
        long mixed = (value ^ value >>> 33) * first;
        mixed = (mixed ^ mixed >>> 29) * second;
        return mixed ^ mixed >>> 32;
    }
}
