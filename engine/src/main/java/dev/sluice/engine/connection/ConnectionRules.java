package dev.sluice.engine.connection;

import java.util.Objects;

/**
 * The rules that all streams of a connection follow.
 *
 * @param intent what chooses the sync mode where a stream names none
 * @param lossyAccepted true if the user consents, for all streams, to columns that cannot hold every value of their
 *     field
 * @param limits how patient a run is
 */
public record ConnectionRules(Intent intent, boolean lossyAccepted, RunLimits limits) {
    /** The rules of a connection that says nothing of them. */
    public static final ConnectionRules USUAL = new ConnectionRules(Intent.BY_STREAM, false, RunLimits.USUAL);

    public ConnectionRules {
        Objects.requireNonNull(intent);
        Objects.requireNonNull(limits);
    }

    /** The same with another intent. */
    public ConnectionRules with(Intent other) {
        return new ConnectionRules(other, lossyAccepted, limits);
    }

    /** The same with other limits. */
    public ConnectionRules with(RunLimits other) {
        return new ConnectionRules(intent, lossyAccepted, other);
    }
}
