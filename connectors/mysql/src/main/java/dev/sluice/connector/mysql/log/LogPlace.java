package dev.sluice.connector.mysql.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log. Files are numbered by what their names end with.
 *
 * @param file the name of the file
 * @param at the byte in it
 */
record LogPlace(String file, long at) implements Comparable<LogPlace> {
    private static final Pattern NAME = Pattern.compile("[^/\\\\\0]{1,200}\\.(\\d{1,18})");

    LogPlace {
        if (!NAME.matcher(file).matches() || at < 0) {
            throw new IllegalArgumentException("\"" + file + "\", byte " + at + " is no place in a log");
        }
    }

    private long number() {
        Matcher name = NAME.matcher(file);
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    @Override
    public int compareTo(LogPlace other) {
        int order = file.equals(other.file) ? 0 : Long.compare(number(), other.number());
        return order == 0 ? Long.compare(at, other.at) : order;
    }

    boolean isBefore(LogPlace other) {
        return compareTo(other) < 0;
    }

    /** The place as people read it, and as {@link #parse} does. */
    String text() {
        return file + ":" + at;
    }

    static LogPlace parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no place in a log");
        }
        return new LogPlace(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }
}
