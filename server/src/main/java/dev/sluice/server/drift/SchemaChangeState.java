package dev.sluice.server.drift;

/** What became of a change. */
public enum SchemaChangeState {
    /** Nobody has looked at it. */
    OPEN,
    /** Somebody lets it be. */
    IGNORED,
    /** The connection followed it. */
    APPLIED
}
