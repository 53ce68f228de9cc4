package dev.sluice.connector.mysql.destination;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column in the words of information_schema.
 *
 * @param name the name in lower case, without its arguments
 * @param first the first argument; -1 if there is none
 * @param second the second argument; -1 if there is none
 * @param unsigned true for numbers without a sign
 */
record TypeName(String name, int first, int second, boolean unsigned) {
    private static final Pattern PARTS = Pattern.compile("([a-z ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?(?: .*)?");
    private static final Pattern WIDTH = Pattern.compile("^(smallint|mediumint|int|bigint)\\(\\d+\\)");

    static TypeName parse(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        Matcher parts = PARTS.matcher(lower);
        if (!parts.matches()) {
            return new TypeName(lower, -1, -1, false); // such as an enum
        }
        return new TypeName(parts.group(1), number(parts.group(2)), number(parts.group(3)), lower.contains("unsigned"));
    }

    /** The type without the width for display, which some versions tell of integers and others do not. */
    static String withoutWidth(String type) {
        return WIDTH.matcher(type).replaceFirst("$1");
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? -1 : Integer.parseInt(digits);
    }

    /** The fraction of a time; none if it names none. */
    int fraction() {
        return Math.max(0, first);
    }
}
