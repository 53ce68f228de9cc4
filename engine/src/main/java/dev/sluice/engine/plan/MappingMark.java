package dev.sluice.engine.plan;

import dev.sluice.engine.map.Mapping;

/**
 * Remembers in the settings of a stream's state which mappers its rows went through. Other mappers do not void the state:
 * what is new follows them, what is there stays, and the plan says so.
 */
public final class MappingMark {
    private static final String MARK = " mapped ";
    private static final int DIGITS = 12;

    private MappingMark() {}

    /** The settings of a stream with the mark of its mappers; without one where there are none. */
    public static String on(String settings, Mapping mapping) {
        String mark = of(mapping);
        return mark.isEmpty() ? settings : settings + MARK + mark;
    }

    /** The settings without the mark. */
    public static String without(String settings) {
        int at = settings.lastIndexOf(MARK);
        return at < 0 ? settings : settings.substring(0, at);
    }

    /** The mark in settings; empty if there is none. */
    static String in(String settings) {
        int at = settings.lastIndexOf(MARK);
        return at < 0 ? "" : settings.substring(at + MARK.length());
    }

    /** The mark of mappers; empty if there are none. */
    static String of(Mapping mapping) {
        return mapping.isEmpty() ? "" : Digests.sha1Hex(mapping.signature()).substring(0, DIGITS);
    }
}
