package dev.sluice.engine.connection;

import org.jspecify.annotations.Nullable;

/**
 * What may become of the rows of a stream on their way.
 *
 * @param lossyAccepted true if the user consents to columns that cannot hold every value of their field
 * @param rejects what becomes of records that cannot be moved as they are; null for the rules of the connection
 */
public record RowRules(boolean lossyAccepted, @Nullable RejectRules rejects) {
    /** What the connection says. */
    public static final RowRules USUAL = new RowRules(false, null);
}
