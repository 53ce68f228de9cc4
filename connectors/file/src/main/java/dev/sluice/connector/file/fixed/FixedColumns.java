package dev.sluice.connector.file.fixed;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the columns stand in each line, as the user says it.
 *
 * @param columns the columns, in their order; none where nobody said anything
 * @param trim which blanks around a value are left out
 * @param padsShortLines true if what a line lacks at its end is blank; false if such a line is rejected
 */
public record FixedColumns(List<Column> columns, Trim trim, boolean padsShortLines) {
    /** Nobody said anything. */
    public static final FixedColumns NONE = new FixedColumns(List.of(), Trim.BOTH, false);

    /** The longest line that makes sense. */
    private static final int MOST = 1 << 24;

    private static final Pattern PLACE = Pattern.compile("(\\d{1,8})(?:\\s*(-|\\+)\\s*(\\d{1,8}))?");

    public FixedColumns {
        columns = List.copyOf(columns);
        Objects.requireNonNull(trim);
    }

    /** Which blanks around a value are left out. */
    public enum Trim {
        /** Those on both sides. */
        BOTH,
        /** Those before it. */
        LEFT,
        /** Those behind it. */
        RIGHT,
        /** None. */
        NONE
    }

    /**
     * A column.
     *
     * @param name its name
     * @param from its first character, counted from 0
     * @param to the character behind its last one
     */
    public record Column(String name, int from, int to) {}

    /**
     * Reads the places of columns: {@code 8} for a width behind the column before, {@code 9-28} for the first and the last
     * character counted from 1, {@code 9+20} for the first character and the width.
     *
     * @param places the places by the names of the columns, in order
     * @param option the name of the option, for messages
     */
    public static FixedColumns of(Map<String, String> places, Trim trim, boolean padsShortLines, String option) {
        List<Column> columns = new ArrayList<>();
        int end = 0;
        for (Map.Entry<String, String> place : places.entrySet()) {
            String name = place.getKey();
            if (name.isBlank()) {
                throw wrong(option, "a column needs a name").exception();
            }
            Column column = column(name, place.getValue().strip(), end, option + "." + name);
            columns.add(column);
            end = column.to;
        }
        return new FixedColumns(columns, trim, padsShortLines);
    }

    private static Column column(String name, String place, int before, String where) {
        Matcher form = PLACE.matcher(place);
        if (!form.matches()) {
            throw unreadable(where, place);
        }
        int first = Integer.parseInt(form.group(1));
        int from = before;
        int to = before + first;
        if (form.group(2) != null) {
            int second = Integer.parseInt(form.group(3));
            from = first - 1;
            to = form.group(2).equals("-") ? second : from + second;
        }
        if (from < 0 || from >= to || to > MOST) {
            throw unreadable(where, place);
        }
        return new Column(name, from, to);
    }

    private static ProblemException unreadable(String where, String place) {
        return wrong(where, "no column can stand at " + place)
                .fix("give a width such as 8, the first and the last character such as 9-28 (the first one of a"
                        + " line is 1), or the first one and a width such as 9+20")
                .exception();
    }

    private static Problem wrong(String where, String message) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, message).at(where);
    }

    /** The names of the columns. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** True if nobody said where columns stand. */
    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Where the column begins that ends last: a line that ends before it lacks columns. */
    int lastBegin() {
        int end = lastEnd();
        return columns.stream()
                .filter(column -> column.to == end)
                .mapToInt(Column::from)
                .max()
                .orElse(0);
    }

    /** Where the last column ends. */
    int lastEnd() {
        return columns.stream().mapToInt(Column::to).max().orElse(0);
    }
}
