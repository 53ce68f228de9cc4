package dev.sluice.engine.verify;

import java.util.BitSet;

/**
 * How many rows there are in each group of keys, and the sums of their hashes. The order of the rows does not matter, and
 * neither does how two databases would sort their keys.
 */
final class Totals {
    static final int GROUPS = 1 << 14;

    private final long[] counts = new long[GROUPS];
    private final long[] high = new long[GROUPS];
    private final long[] low = new long[GROUPS];

    /** The group of a key. */
    static int group(Hash key) {
        return (int) key.low() & GROUPS - 1;
    }

    void add(Hash key, Hash row) {
        int group = group(key);
        counts[group]++;
        high[group] += row.high();
        low[group] += row.low();
    }

    synchronized void add(Totals others) {
        for (int i = 0; i < GROUPS; i++) {
            counts[i] += others.counts[i];
            high[i] += others.high[i];
            low[i] += others.low[i];
        }
    }

    /** The rows of all groups. */
    long rows() {
        long rows = 0;
        for (long count : counts) {
            rows += count;
        }
        return rows;
    }

    /** The rows of a group. */
    long rows(int group) {
        return counts[group];
    }

    /** The groups that are not the same as those of others. */
    BitSet differing(Totals others) {
        BitSet differing = new BitSet(GROUPS);
        for (int i = 0; i < GROUPS; i++) {
            differing.set(i, counts[i] != others.counts[i] || high[i] != others.high[i] || low[i] != others.low[i]);
        }
        return differing;
    }
}
