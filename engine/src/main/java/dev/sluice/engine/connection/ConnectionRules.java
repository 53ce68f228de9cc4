package dev.sluice.engine.connection;

import java.util.Objects;

/**
 * The rules that all streams of a connection follow.
 *
 * @param intent what chooses the sync mode where a stream names none
 * @param lossyAccepted true if the user consents, for all streams, to columns that cannot hold every value of their
 *     field
 * @param schemaChanges what happens when a source describes a stream otherwise than before
 * @param backfill true if a stream that is read incrementally is read from the beginning when it gets new fields, so that
 *     older rows have their values too
 * @param limits how patient a run is
 * @param rejects what becomes of records that cannot be moved as they are
 */
public record ConnectionRules(
        Intent intent,
        boolean lossyAccepted,
        SchemaRule schemaChanges,
        boolean backfill,
        RunLimits limits,
        RejectRules rejects) {
    /** The rules of a connection that says nothing of them. */
    public static final ConnectionRules USUAL = new ConnectionRules(
            Intent.BY_STREAM, false, SchemaRule.PROPAGATE_COLUMNS, false, RunLimits.USUAL, RejectRules.USUAL);

    public ConnectionRules {
        Objects.requireNonNull(intent);
        Objects.requireNonNull(schemaChanges);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(rejects);
    }

    /** The same with another intent. */
    public ConnectionRules with(Intent other) {
        return new ConnectionRules(other, lossyAccepted, schemaChanges, backfill, limits, rejects);
    }

    /** The same with another rule for changes of the schema. */
    public ConnectionRules with(SchemaRule other) {
        return new ConnectionRules(intent, lossyAccepted, other, backfill, limits, rejects);
    }

    /** The same with other limits. */
    public ConnectionRules with(RunLimits other) {
        return new ConnectionRules(intent, lossyAccepted, schemaChanges, backfill, other, rejects);
    }

    /** The same with or without consent to lossy columns. */
    public ConnectionRules withLossy(boolean accepted) {
        return new ConnectionRules(intent, accepted, schemaChanges, backfill, limits, rejects);
    }

    /** The same with or without backfill. */
    public ConnectionRules withBackfill(boolean wanted) {
        return new ConnectionRules(intent, lossyAccepted, schemaChanges, wanted, limits, rejects);
    }

    /** The same with other rules for records that cannot be moved as they are. */
    public ConnectionRules with(RejectRules other) {
        return new ConnectionRules(intent, lossyAccepted, schemaChanges, backfill, limits, other);
    }
}
