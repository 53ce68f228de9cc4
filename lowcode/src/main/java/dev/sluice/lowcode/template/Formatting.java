package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's two ways to put values into a text: {@code "%s" % x} and {@code "{}".format(x)}. */
final class Formatting {
    private static final Pattern PERCENT =
            Pattern.compile("%(?:\\((\\w+)\\))?([-0 +]*)(\\d{0,3})(?:\\.(\\d{1,3}))?([sdifrx%])");
    private static final Pattern BRACES = Pattern.compile("\\{\\{|\\}\\}|\\{(\\w*)(?::([^{}]*))?\\}");
    private static final Pattern SPEC = Pattern.compile("(0?)(\\d{0,3})(?:\\.(\\d{1,3}))?([sdf]?)");

    private Formatting() {}

    static String percent(String format, Object values) {
        List<Object> given = values instanceof Tuple(List<Object> items) ? items : List.of(values);
        int[] next = {0};
        return PERCENT.matcher(format).replaceAll(found -> {
            if (found.group(5).equals("%")) {
                return "%";
            }
            Object value;
            if (found.group(1) != null) {
                value = Values.member(values, found.group(1));
            } else if (next[0] < given.size()) {
                value = given.get(next[0]++);
            } else {
                throw Fault.type("not enough arguments for format string");
            }
            boolean zero = found.group(2).contains("0");
            boolean left = found.group(2).contains("-");
            String text = one(value, found.group(5), found.group(4) == null ? "" : found.group(4));
            return Matcher.quoteReplacement(padded(text, found.group(3), zero && !left, left));
        });
    }

    static String braces(String format, Arguments arguments) {
        int[] next = {0};
        return BRACES.matcher(format).replaceAll(found -> {
            if (found.group().equals("{{")) {
                return "{";
            }
            if (found.group().equals("}}")) {
                return "}";
            }
            String name = found.group(1);
            Object value = Character.isDigit(name.isEmpty() ? '0' : name.charAt(0))
                    ? positional(arguments, name.isEmpty() ? next[0]++ : Integer.parseInt(name))
                    : arguments.required(Integer.MAX_VALUE, name);
            return Matcher.quoteReplacement(specified(value, found.group(2) == null ? "" : found.group(2)));
        });
    }

    private static Object positional(Arguments arguments, int place) {
        if (place >= arguments.positional().size()) {
            throw Fault.value("not enough arguments for format");
        }
        return arguments.positional().get(place);
    }

    private static String specified(Object value, String spec) {
        Matcher matcher = SPEC.matcher(spec);
        if (!matcher.matches()) {
            throw Fault.value("the format " + spec + " is not known");
        }
        String precision = matcher.group(3) == null ? "" : matcher.group(3);
        String text = one(value, matcher.group(4).isEmpty() ? "s" : matcher.group(4), precision);
        boolean number = Values.isNumber(value);
        return padded(text, matcher.group(2), !matcher.group(1).isEmpty(), !number);
    }

    private static String one(Object value, String kind, String precision) {
        return switch (kind) {
            case "d", "i" ->
                Numbers.big(value instanceof Double real ? Numbers.truncate(real) : value)
                        .toString();
            case "x" -> Numbers.big(value).toString(16);
            case "f" ->
                BigDecimal.valueOf(Numbers.real(value))
                        .setScale(precision.isEmpty() ? 6 : Integer.parseInt(precision), RoundingMode.HALF_EVEN)
                        .toPlainString();
            case "r" -> Values.repr(value);
            default -> {
                String text = Values.str(value);
                int most = precision.isEmpty() ? text.length() : Integer.parseInt(precision);
                yield text.substring(0, Math.min(text.length(), most));
            }
        };
    }

    private static String padded(String text, String width, boolean zeros, boolean left) {
        int missing = width.isEmpty() ? 0 : Integer.parseInt(width) - text.length();
        if (missing <= 0) {
            return text;
        }
        if (left) {
            return text + " ".repeat(missing);
        }
        if (zeros && text.startsWith("-")) {
            return "-" + "0".repeat(missing) + text.substring(1);
        }
        return (zeros ? "0" : " ").repeat(missing) + text;
    }
}
