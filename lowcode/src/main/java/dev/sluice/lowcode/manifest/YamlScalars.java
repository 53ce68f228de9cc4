package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;

/** The scalars of YAML 1.1 that stand without quotes. */
final class YamlScalars {
    private static final Set<String> TRUE = Set.of("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[0-1_]+");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
    private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern REAL = Pattern.compile(
            "[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?" + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?");
    private static final Pattern SEXAGESIMAL_REAL = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DATE_TIME = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}(?:[Tt]|\\h+)"
            + "\\d{1,2}:\\d{2}:\\d{2}(?:\\.\\d*)?(?:\\h*(?:Z|[-+]\\d{1,2}(?::?\\d{2})?))?");
    private static final int MOST_DIGITS = 200;

    private YamlScalars() {}

    static Object plain(String text) {
        if (NULL.contains(text)) {
            return None.NONE;
        }
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        char first = text.charAt(0);
        boolean number = Character.isDigit(first) || first == '-' || first == '+' || first == '.';
        return number && text.length() <= MOST_DIGITS ? number(text) : text;
    }

    private static Object number(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return whole(text, 0, 10);
        }
        if (OCTAL.matcher(text).matches()) {
            return whole(text, 1, 8);
        }
        if (BINARY.matcher(text).matches()) {
            return whole(text, 2, 2);
        }
        if (HEX.matcher(text).matches()) {
            return whole(text, 2, 16);
        }
        if (SEXAGESIMAL.matcher(text).matches()) {
            return Numbers.truncate(sexagesimal(text));
        }
        if (REAL.matcher(text).matches()) {
            return Double.parseDouble(text.replace("_", ""));
        }
        if (SEXAGESIMAL_REAL.matcher(text).matches()) {
            return sexagesimal(text);
        }
        if (INFINITE.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (text.equals(".nan") || text.equals(".NaN") || text.equals(".NAN")) {
            return Double.NaN;
        }
        return time(text);
    }

    private static Object whole(String text, int prefix, int radix) {
        boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
        String digits = text.substring((signed ? 1 : 0) + prefix).replace("_", "");
        if (digits.isEmpty()) {
            return text;
        }
        BigInteger value = new BigInteger(digits, radix);
        return Numbers.whole(text.charAt(0) == '-' ? value.negate() : value);
    }

    private static double sexagesimal(String text) {
        double value = 0;
        for (String part : text.replaceFirst("^[-+]", "").replace("_", "").split(":", -1)) {
            value = value * 60 + Double.parseDouble(part);
        }
        return text.startsWith("-") ? -value : value;
    }

    /** A date, or a date with a time; what only looks like one stays a text. */
    private static Object time(String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
            if (DATE_TIME.matcher(text).matches()) {
                return Iso.moment(text.replaceFirst("[ \\t]+(?=\\d{1,2}:)", "T")
                        .replaceAll("[ \\t]", "")
                        .replaceFirst("([-+])(\\d)$", "$10$2"));
            }
        } catch (DateTimeException | Fault none) {
            return text;
        }
        return text;
    }
}
