package dev.sluice.lowcode.ledger;

import org.jspecify.annotations.Nullable;

/** What became of a record that was sent. */
public sealed interface Fate {
    /** The system has taken it. */
    record Written() implements Fate {}

    /** The system had it just so. */
    record Unchanged() implements Fate {}

    /**
     * The system refused it.
     *
     * @param code why in a stable word
     * @param reason why in one sentence
     * @param field the field that is the reason; null if it is the record as a whole, or nobody knows
     */
    record Rejected(String code, String reason, @Nullable String field) implements Fate {}

    /**
     * Nobody knows whether the system has it.
     *
     * @param reason what happened
     */
    record InDoubt(String reason) implements Fate {}
}
