package dev.sluice.connector.sqlite.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A declared type in parts.
 *
 * @param name the name in capital letters
 * @param first the first number in parentheses; -1 if there is none
 * @param second the second one; 0 if there is none
 */
public record TypeName(String name, int first, int second) {
    private static final Pattern FORM =
            Pattern.compile("([^(]*?)\\s*(?:\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,4})\\s*)?\\))?");

    /** Reads a declared type, whatever it is. */
    public static TypeName parse(String type) {
        Matcher parts = FORM.matcher(type.strip().toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            return new TypeName(type.strip().toUpperCase(Locale.ROOT), -1, 0);
        }
        String first = parts.group(2);
        String second = parts.group(3);
        return new TypeName(
                parts.group(1),
                first == null ? -1 : Integer.parseInt(first),
                second == null ? 0 : Integer.parseInt(second));
    }
}
