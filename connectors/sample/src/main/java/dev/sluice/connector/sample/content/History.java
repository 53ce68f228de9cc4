package dev.sluice.connector.sample.content;

import dev.sluice.spi.data.Operation;

/**
 * Which rows of a stream there are in each version, in closed form: no version needs to look at the one before.
 *
 * <p>Version 0 has the first rows. Each later version touches a share of the rows in turn and adds some new ones, whose
 * ids follow. A row has a number of touches in its life: each one changes it, and the last one deletes it.
 */
public final class History {
    /** The last version; after it nothing happens any more. */
    public static final int LAST_VERSION = 1_000_000;

    /** So many turns until each row was touched as often as there are percent. */
    private static final int TURNS = 100;

    /** Has no divisor in common with {@link #TURNS}, so neighbours are touched in different versions. */
    private static final int STRIDE = 37;

    private static final int MOST_TOUCHES = 19;

    private final long key;
    private final long firstRows;
    private final int percent;
    private final long newRows;

    /**
     * Makes the history of a stream.
     *
     * @param key the noise of the stream
     * @param firstRows the rows of version 0
     * @param percent the share of the rows that each version touches
     */
    History(long key, long firstRows, int percent) {
        this.key = key;
        this.firstRows = firstRows;
        this.percent = percent;
        this.newRows = percent == 0 ? 0 : Math.max(1, firstRows * percent / 1000);
    }

    /** The highest id that there is, or was, in a version; ids count from 1. */
    public long lastId(int version) {
        return firstRows + version * newRows;
    }

    /** True if there is a version after this one. */
    public boolean goesOnAfter(int version) {
        return percent > 0 && version < LAST_VERSION;
    }

    /** About how many rows of a range of ids a version touches or adds. */
    public long expectedChanges(long from, long to, int version) {
        long fresh = Math.max(0, to - Math.max(from - 1, lastId(version - 1)));
        return (to - from + 1 - fresh) * percent / TURNS + fresh;
    }

    /**
     * Adds the rows of a range that there are in a version, until the chunk is full.
     *
     * @return the first id that was not looked at
     */
    public long addContent(Chunk chunk, long from, long to, int version) {
        long id = from;
        if (version == 0) {
            for (; id <= to && !chunk.isFull(); id++) {
                chunk.add(id, Noise.of(key, id), 0, Operation.UPSERT);
            }
            return id;
        }
        for (; id <= to && !chunk.isFull(); id++) {
            int birth = birth(id);
            long touches = touches(id, version) - touches(id, birth);
            long noise = Noise.of(key, id);
            if (touches < lifetime(noise)) {
                chunk.add(id, noise, touches == 0 ? birth : lastTouch(id, version), Operation.UPSERT);
            }
        }
        return id;
    }

    /**
     * Adds the rows of a range that a version adds, changes and deletes, until the chunk is full.
     *
     * @return the first id that was not looked at
     */
    public long addChanges(Chunk chunk, long from, long to, int version) {
        long id = from;
        for (; id <= to && !chunk.isFull(); id++) {
            int birth = birth(id);
            if (birth == version) {
                chunk.add(id, Noise.of(key, id), version, Operation.INSERT);
                continue;
            }
            long turn = touches(id, version);
            if (turn != touches(id, version - 1)) {
                long noise = Noise.of(key, id);
                long left = lifetime(noise) - (turn - touches(id, birth));
                if (left >= 0) {
                    chunk.add(id, noise, version, left == 0 ? Operation.DELETE : Operation.UPDATE);
                }
            }
        }
        return id;
    }

    /** The version in which a row comes. */
    int birth(long id) {
        return id <= firstRows ? 0 : (int) ((id - firstRows - 1) / newRows) + 1;
    }

    /** How often the turn came to a row from the beginning of time up to a version. */
    private long touches(long id, int version) {
        return (id * STRIDE % TURNS + (long) version * percent) / TURNS;
    }

    /** The version of a row's last touch, which there must be. */
    private int lastTouch(long id, int version) {
        long sinceTurn = touches(id, version) * TURNS - id * STRIDE % TURNS;
        return (int) ((sinceTurn + percent - 1) / percent);
    }

    private static long lifetime(long noise) {
        return 1 + Noise.below(Noise.mix(~noise), MOST_TOUCHES);
    }
}
