package dev.sluice.cli.text;

/**
 * What the place that text goes to can show, and what one types there.
 *
 * @param colour true for escape sequences that colour
 * @param unicode true for signs beyond ASCII
 * @param program what one types to start this program
 */
public record Look(boolean colour, boolean unicode, String program) {
    /** What one types where the program is in the search path; the name that it has in all texts. */
    public static final String PROGRAM = "sluice";

    /** Text for files and pipes of any kind. */
    public static final Look BARE = new Look(false, false, PROGRAM);

    /** A command of this program as one types it here. */
    public String command(String command) {
        return command.startsWith(PROGRAM + " ") ? program + command.substring(PROGRAM.length()) : command;
    }

    /** A text with its commands, which stand between backquotes, as one types them here. */
    public String commands(String text) {
        return text.replace("`" + PROGRAM + " ", "`" + program + " ");
    }

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
