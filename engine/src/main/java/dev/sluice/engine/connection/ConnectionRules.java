package dev.sluice.engine.connection;

import java.util.Objects;

/**
 * The rules that all streams of a connection follow.
 *
 * @param intent what chooses the sync mode where a stream names none
 * @param lossyAccepted true if the user consents, for all streams, to columns that cannot hold every value of their
 *     field
 */
public record ConnectionRules(Intent intent, boolean lossyAccepted) {
    /** The rules of a connection that says nothing of them. */
    public static final ConnectionRules USUAL = new ConnectionRules(Intent.BY_STREAM, false);

    public ConnectionRules {
        Objects.requireNonNull(intent);
    }
}
