package dev.sluice.cli.output;

/** How progress is shown. */
public enum ProgressStyle {
    /** A live block on a terminal, lines elsewhere. */
    AUTO,
    /** A live block. */
    BAR,
    /** A line now and then. */
    PLAIN,
    /** Not at all. */
    NONE
}
