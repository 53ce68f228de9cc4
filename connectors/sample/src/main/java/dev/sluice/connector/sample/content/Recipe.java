package dev.sluice.connector.sample.content;

import java.util.List;

/**
 * What all rows follow from.
 *
 * @param seed where all chance comes from
 * @param count the users, and the purchases
 * @param updates how many percent of the rows each version touches
 * @param awkward true if a part of the values is of the kinds that break things
 */
public record Recipe(long seed, long count, int updates, boolean awkward) {
    /** The most users: beyond it the arithmetic of versions would overflow. */
    public static final long MOST_ROWS = 100_000_000_000L;

    /** The streams. */
    public List<SampleStream> streams() {
        return List.of(
                SampleStream.of(this, "users", count, Users::columns),
                SampleStream.of(this, Products.NAME, Products.COUNT, Products::columns),
                SampleStream.of(this, "purchases", count, history -> Purchases.columns(history, seed)));
    }

    /** What positions belong to (I4): rows of another recipe have nothing in common with these. */
    public String identity(String stream) {
        return "sample " + stream + " seed=" + seed + " count=" + count + " updates=" + updates + " awkward=" + awkward;
    }
}
