package dev.sluice.server.store;

/**
 * A part of a list.
 *
 * @param limit how many at most
 * @param offset how many before it
 */
public record Page(int limit, long offset) {
    /** How many a page has at most. */
    public static final int MOST = 1_000;

    public Page {
        if (limit < 1 || limit > MOST || offset < 0) {
            throw new IllegalArgumentException("no page: " + limit + " from " + offset);
        }
    }

    /** The first objects of a list. */
    public static Page first(int limit) {
        return new Page(limit, 0);
    }
}
