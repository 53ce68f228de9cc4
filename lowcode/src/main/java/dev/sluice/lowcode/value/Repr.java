package dev.sluice.lowcode.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes values as Python prints them. */
final class Repr {
    private static final int MOST_DEPTH = 200;

    private final StringBuilder out = new StringBuilder();

    private Repr() {}

    static String of(Object value, boolean quoted) {
        Repr repr = new Repr();
        repr.write(value, quoted, 0);
        return repr.out.toString();
    }

    private void write(Object value, boolean quoted, int depth) {
        if (depth > MOST_DEPTH) {
            throw Fault.limit("values that lie more than " + MOST_DEPTH + " deep in each other");
        }
        switch (value) {
            case None ignored -> out.append("None");
            case Undefined ignored -> out.append(quoted ? "Undefined" : "");
            case Boolean truth -> out.append(truth ? "True" : "False");
            case Double number -> out.append(real(number));
            case String text -> {
                if (quoted) {
                    quote(text);
                } else {
                    out.append(text);
                }
            }
            case Tuple(List<Object> items) -> {
                all("(", items, items.size() == 1 ? ",)" : ")", depth);
            }
            case Set<?> set -> {
                if (set.isEmpty()) {
                    out.append("set()");
                } else {
                    all("{", set, "}", depth);
                }
            }
            case Collection<?> list -> all("[", list, "]", depth);
            case Map<?, ?> map -> map(map, depth);
            case Moment moment -> out.append(quoted ? "datetime(" + moment + ")" : moment.toString());
            case LocalDate date -> out.append(date);
            case Duration span -> out.append(span(span));
            // A method or a namespace: nothing of the program may show.
            default -> out.append(value instanceof Number ? value.toString() : "<" + Values.typeName(value) + ">");
        }
    }

    private void all(String open, Collection<?> items, String close, int depth) {
        out.append(open);
        String before = "";
        for (Object each : items) {
            out.append(before);
            write(each, true, depth + 1);
            before = ", ";
        }
        out.append(close);
    }

    private void map(Map<?, ?> map, int depth) {
        out.append('{');
        String before = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(before);
            write(entry.getKey(), true, depth + 1);
            out.append(": ");
            write(entry.getValue(), true, depth + 1);
            before = ", ";
        }
        out.append('}');
    }

    private void quote(String text) {
        char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(mark);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == mark) {
                        out.append('\\').append(mark);
                    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
                        out.append(String.format("\\x%02x", c));
                    } else if (c >= 0xD800 && c <= 0xDFFF) {
                        out.append(String.format("\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        out.append(mark);
    }

    /** {@code 1 day, 2:03:04}. */
    private static String span(Duration span) {
        long days = Math.floorDiv(span.getSeconds(), 86_400L);
        long rest = Math.floorMod(span.getSeconds(), 86_400L);
        String clock = rest / 3600 + String.format(":%02d:%02d", rest / 60 % 60, rest % 60);
        int micros = span.getNano() / 1000;
        String fraction = micros == 0 ? "" : String.format(".%06d", micros);
        return (days == 0 ? "" : days + (Math.abs(days) == 1 ? " day, " : " days, ")) + clock + fraction;
    }

    /** The shortest digits that give the same number back, with an exponent from 1e16 on and below 1e-4. */
    static String real(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String unscaled = digits.unscaledValue().abs().toString();
        String fraction = unscaled.length() > 1 ? "." + unscaled.substring(1) : "";
        String sign = number < 0 ? "-" : "";
        return sign + unscaled.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
