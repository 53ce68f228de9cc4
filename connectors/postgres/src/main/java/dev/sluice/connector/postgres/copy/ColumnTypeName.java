package dev.sluice.connector.postgres.copy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column as the server's format_type spells it, such as {@code numeric(12,2)}.
 *
 * @param name the name without modifiers
 * @param precision the first modifier, or -1 if there is none
 * @param scale the second modifier, or 0 if there is none
 */
public record ColumnTypeName(String name, int precision, int scale) {
    private static final Pattern SPELLING =
            Pattern.compile("([^(]+?)\\s*(?:\\((\\d+)(?:,(-?\\d+))?\\))?((?:\\s+with(?:out)? time zone)?)");

    /** Takes a spelled type apart; the modifier of a time stands in the middle of its name. */
    public static ColumnTypeName parse(String spelled) {
        Matcher matcher = SPELLING.matcher(spelled);
        if (!matcher.matches()) {
            return new ColumnTypeName(spelled, -1, 0);
        }
        return new ColumnTypeName(
                matcher.group(1) + matcher.group(4),
                matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2)),
                matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
    }

    boolean is(String other) {
        return name.equals(other);
    }

    /** True for text without a limit of length. */
    public boolean isText() {
        return (is("text") || is("character varying")) && precision < 0;
    }

    /** True for a numeric without a limit of digits. */
    public boolean isUnconstrained() {
        return is("numeric") && precision < 0;
    }

    /** True if a numeric of this type holds so many digits before and behind the point. */
    boolean holdsDecimal(int whole, int fraction) {
        return isUnconstrained() || (whole <= precision - scale && fraction <= scale);
    }

    /** True if a time of this type holds so many fractional digits, as far as the server's times do at all. */
    boolean holdsFraction(int digits) {
        return precision < 0 || precision >= Math.min(digits, 6);
    }
}
