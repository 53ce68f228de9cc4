package dev.sluice.dist.types;

import dev.sluice.dist.types.NativeColumn.Sample;
import dev.sluice.dist.types.Plans.Column;
import dev.sluice.dist.types.Side.Stored;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.rows.Meaning;
import dev.sluice.testkit.rows.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column arrived.
 *
 * @param origin the column at the source
 * @param plan where the plan said that the values would stand
 * @param losses what arrived otherwise and is marked so, for people
 * @param faults what must not be: values that were altered and not marked, or marked and not altered
 */
record Arrival(NativeColumn origin, Column plan, List<String> losses, List<String> faults) {
    private static final Pattern MOMENT =
            Pattern.compile("(?<year>[+-]?\\d+)-(?<day>\\d\\d-\\d\\d)(?<early> \\(BC\\))?(?:[ T](?<time>[\\d:.]+))?"
                    + "(?<zone>Z|\\+00)?(?<late> BC)?");
    private static final int SHOWN = 40;

    Arrival {
        losses = List.copyOf(losses);
        faults = List.copyOf(faults);
    }

    /** How well the values fit: what the plan says, unless one of them was lost. */
    Fit fit() {
        return losses.isEmpty() ? plan.fit() : Fit.LOSSY;
    }

    /**
     * Holds what arrived against what the source held.
     *
     * @param rows the rows at the destination by their numbers
     */
    static Arrival of(NativeColumn origin, Column plan, Map<Integer, Stored> rows) {
        List<String> losses = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int id = 1; id <= rows.size(); id++) {
            Stored row = Objects.requireNonNull(rows.get(id), "a row is missing");
            Sample sample = origin.sample(id - 1);
            String actual = row.texts().get(plan.field());
            String reason = row.altered().get(plan.field());
            if (isSame(plan.type(), sample, actual)) {
                if (reason != null) {
                    faults.add("marked as altered, but it is the same: " + shown(actual));
                }
                continue;
            }
            String change = shown(sample == null ? null : Objects.requireNonNullElse(sample.text(), sample.input()))
                    + " becomes " + shown(actual);
            (reason == null ? faults : losses).add(change);
            if (reason != null && reason.startsWith("DESTINATION") && plan.note() == null) {
                faults.add("the plan does not say that " + change);
            }
        }
        return new Arrival(origin, plan, losses, faults);
    }

    /** True if a destination's text of a value means what the source holds. */
    static boolean isSame(DataType type, @Nullable Sample sample, @Nullable String actual) {
        if (sample == null) {
            return actual == null;
        }
        return sample.text() != null
                && actual != null
                && Meaning.same(type, Values.canonical(type, sample.text()), canonical(type, actual));
    }

    /** The text of a value as each of the destinations prints it, in the one form that all are compared in. */
    private static String canonical(DataType type, String text) {
        return switch (type) {
            case DataType.FloatType(int bits) -> number(text, bits);
            case DataType.DateType ignored -> moment(text, false);
            case DataType.TimestampType(int ignored, boolean zoned) -> moment(text, zoned);
            default -> text;
        };
    }

    /** The shortest digits, which not everybody finds. */
    private static String number(String text, int bits) {
        return switch (text) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> bits == 64 ? Double.toString(Double.parseDouble(text)) : text;
        };
    }

    private static String moment(String text, boolean zoned) {
        Matcher parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            return text; // infinity
        }
        int written = Integer.parseInt(parts.group("year"));
        boolean before = parts.group("early") != null || parts.group("late") != null;
        int year = before ? 1 - written : written;
        String sign = year < 0 ? "-" : year > 9999 ? "+" : "";
        String time = parts.group("time");
        return sign + String.format("%04d", Math.abs(year)) + "-" + parts.group("day")
                + (time == null ? "" : "T" + time)
                + (zoned || parts.group("zone") != null ? "Z" : "");
    }

    /** A text for people. */
    static String shown(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder out = new StringBuilder("`");
        int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
        for (char c : text.substring(0, end).toCharArray()) {
            out.append(c < ' ' || c == '`' || c == '|' ? String.format("\\u%04X", (int) c) : Character.toString(c));
        }
        return out.append(end < text.length() ? "…`" : "`").toString();
    }
}
