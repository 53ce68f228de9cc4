package dev.sluice.connector.sample.content;

/** Numbers without a pattern that are always the same for the same input: the generator SplitMix64 as a function. */
final class Noise {
    /** The golden ratio in 64 bits: steps of it fill the numbers evenly. */
    static final long STEP = 0x9E3779B97F4A7C15L;

    private Noise() {}

    /** Spreads a number over all 64 bits. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** What a seed makes of a name, such as that of a stream or a column. */
    static long of(long seed, String name) {
        return mix(mix(seed) + name.hashCode() * STEP);
    }

    /** What a key makes of a number, such as the id of a row. */
    static long of(long key, long number) {
        return mix(key + number * STEP);
    }

    /** A number from 0 up to, and without, the bound. */
    static long below(long noise, long bound) {
        return Math.unsignedMultiplyHigh(noise, bound);
    }
}
