package dev.sluice.server.connections;

import java.util.Objects;

/**
 * What happens when the source has changed its schema.
 *
 * @param reaction what is done where nothing breaks
 * @param backfill true if a new column is filled for old rows too
 * @param notifies true if people are told
 */
public record SchemaRules(Reaction reaction, boolean backfill, boolean notifies) {
    /** Nothing is done, and people are told. */
    public static final SchemaRules DEFAULT = new SchemaRules(Reaction.IGNORE, false, true);

    public SchemaRules {
        Objects.requireNonNull(reaction);
    }

    /** What is done with a change that breaks nothing. */
    public enum Reaction {
        /** Nothing. */
        IGNORE,
        /** The connection waits for somebody. */
        DISABLE_CONNECTION,
        /** Columns follow. */
        PROPAGATE_COLUMNS,
        /** Columns and streams follow. */
        PROPAGATE_FULLY
    }
}
