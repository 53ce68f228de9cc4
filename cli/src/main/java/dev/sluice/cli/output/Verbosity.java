package dev.sluice.cli.output;

/** How much is said beside the result. */
public enum Verbosity {
    /** Errors only. */
    QUIET,
    /** Progress, notes and hints. */
    NORMAL,
    /** What the connectors log, too. */
    VERBOSE,
    /** Everything, with stack traces. */
    DEBUG;

    /** True if this says at least as much as the other. */
    public boolean includes(Verbosity other) {
        return compareTo(other) >= 0;
    }
}
