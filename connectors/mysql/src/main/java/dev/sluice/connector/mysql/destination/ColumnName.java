package dev.sluice.connector.mysql.destination;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What names the server can have, and which of them it takes for one. */
final class ColumnName {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** Stands in front of names that the server takes as they lie on its disk. */
    private static final String RAW_PREFIX = "#mysql50#";

    private ColumnName() {}

    /** The name without what none can have: characters beyond the basic plane, and blanks at the end. */
    static String legal(String name) {
        StringBuilder legal = new StringBuilder(name.length());
        name.codePoints().forEach(point -> {
            boolean beyond = Character.isSupplementaryCodePoint(point)
                    || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
            legal.appendCodePoint(beyond ? '_' : point);
        });
        for (int i = legal.length() - 1; i >= 0 && legal.charAt(i) == ' '; i--) {
            legal.setCharAt(i, '_');
        }
        if (legal.toString().startsWith(RAW_PREFIX)) {
            legal.setCharAt(0, '_');
        }
        return legal.toString();
    }

    /**
     * The form in which names are compared: without case and without accents (utf8_general_ci). It may take a few more
     * names for one than the server does, which only gives one of them a number.
     */
    static String folded(String name) {
        String plain =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        return plain.replace('\u00DF', 's')
                .replace('\u0131', 'i')
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
