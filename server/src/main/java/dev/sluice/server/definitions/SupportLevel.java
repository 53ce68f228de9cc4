package dev.sluice.server.definitions;

/** Who looks after a connector. */
public enum SupportLevel {
    /** Those who make it for everybody, and promise to. */
    CERTIFIED,
    /** Those who use it. */
    COMMUNITY,
    /** Nobody any more. */
    ARCHIVED,
    /** The user who brought it. */
    NONE
}
