package dev.sluice.cli.text;

/**
 * What the place that text goes to can show.
 *
 * @param colour true for escape sequences that colour
 * @param unicode true for signs beyond ASCII
 */
public record Look(boolean colour, boolean unicode) {
    /** Text for files and pipes of any kind. */
    public static final Look BARE = new Look(false, false);

    /** The sign of success. */
    public String ok() {
        return unicode ? "✓" : "ok";
    }

    /** The sign of a warning. */
    public String warning() {
        return unicode ? "⚠" : "!";
    }

    /** The sign of a failure. */
    public String failure() {
        return unicode ? "✗" : "x";
    }

    /** From one thing to another. */
    public String arrow() {
        return unicode ? "→" : "->";
    }

    /** What stands for a missing rest. */
    public String ellipsis() {
        return unicode ? "…" : "...";
    }

    /** Between parts of a line. */
    public String dot() {
        return unicode ? "·" : "-";
    }

    /** A bar of this many cells, of which some are full. */
    public String bar(int cells, double share) {
        int full = (int) Math.round(Math.clamp(share, 0, 1) * cells);
        return (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : ".").repeat(cells - full);
    }

    /** A horizontal rule. */
    public String rule(int cells) {
        return (unicode ? "─" : "-").repeat(cells);
    }
}
