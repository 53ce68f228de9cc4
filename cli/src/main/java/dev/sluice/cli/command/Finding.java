package dev.sluice.cli.command;

import org.jspecify.annotations.Nullable;

/**
 * One thing that the doctor looked at.
 *
 * @param state how it is
 * @param what the thing
 * @param detail what was found
 * @param fix what to do; null if nothing has to be done
 */
record Finding(
        State state, String what, String detail, @Nullable String fix) {
    /** How a thing is. */
    enum State {
        GOOD,
        /** It works, and could be better. */
        FAIR,
        /** A run will not work. */
        BAD
    }

    static Finding good(String what, String detail) {
        return new Finding(State.GOOD, what, detail, null);
    }

    static Finding fair(String what, String detail, String fix) {
        return new Finding(State.FAIR, what, detail, fix);
    }

    static Finding bad(String what, String detail, String fix) {
        return new Finding(State.BAD, what, detail, fix);
    }
}
