package dev.sluice.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for people. Where the terminal is too narrow, columns of lower rank are left out, and at last the first column
 * is cut.
 */
public final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST_NAME = 8;

    private final List<Column> columns;
    private final List<List<Line>> rows = new ArrayList<>();
    private final List<List<Line>> totals = new ArrayList<>();

    /**
     * A column.
     *
     * @param title what stands above it
     * @param toTheRight true for numbers
     * @param rank what may be left out: the highest goes first, 0 never goes
     */
    public record Column(String title, boolean toTheRight, int rank) {
        /** A column of text that is never left out. */
        public static Column text(String title) {
            return new Column(title, false, 0);
        }

        /** A column of numbers that is never left out. */
        public static Column number(String title) {
            return new Column(title, true, 0);
        }

        /** The same column, which may be left out. */
        public Column optional(int otherRank) {
            return new Column(title, toTheRight, otherRank);
        }
    }

    /** A table without rows. */
    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with one cell a column. */
    public void add(List<Line> cells) {
        rows.add(List.copyOf(cells));
    }

    /** Adds a row below a rule. */
    public void addTotal(List<Line> cells) {
        totals.add(List.copyOf(cells));
    }

    /** The lines of the table in at most this many cells, as far as that is possible. */
    public List<Line> lines(Look look, int width) {
        int[] widths = widths();
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (widths[i] > 0) {
                shown.add(i);
            }
        }
        while (total(shown, widths) > width && dropOne(shown)) {
            // Each turn leaves one more column out.
        }
        int excess = total(shown, widths) - width;
        if (excess > 0) {
            widths[0] = Math.max(Math.min(widths[0], NARROWEST_NAME), widths[0] - excess);
        }
        List<Line> lines = new ArrayList<>();
        lines.add(header(shown, widths));
        Line rule = Line.of(Style.DIM, look.rule(total(shown, widths)));
        lines.add(rule);
        rows.forEach(row -> lines.add(row(row, shown, widths, look)));
        if (!totals.isEmpty()) {
            lines.add(rule);
            totals.forEach(row -> lines.add(row(row, shown, widths, look)));
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = SafeText.width(columns.get(i).title());
            for (List<Line> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
            for (List<Line> row : totals) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        return widths;
    }

    private static int total(List<Integer> shown, int[] widths) {
        return shown.stream().mapToInt(i -> widths[i]).sum() + GAP.length() * (shown.size() - 1);
    }

    private boolean dropOne(List<Integer> shown) {
        Integer worst = null;
        for (Integer i : shown) {
            if (columns.get(i).rank() > 0
                    && (worst == null
                            || columns.get(i).rank() > columns.get(worst).rank())) {
                worst = i;
            }
        }
        return worst != null && shown.remove(/* element */ worst);
    }

    private Line header(List<Integer> shown, int[] widths) {
        Line line = Line.empty();
        for (int i : shown) {
            Column column = columns.get(i);
            Line title = Line.of(Style.DIM, column.title()).padded(widths[i], column.toTheRight());
            line = (line.width() == 0 ? line : line.plus(GAP)).plus(title);
        }
        return line;
    }

    private Line row(List<Line> cells, List<Integer> shown, int[] widths, Look look) {
        Line line = Line.empty();
        for (int i : shown) {
            Line cell = cells.get(i).cut(widths[i], look.ellipsis());
            boolean toTheRight = columns.get(i).toTheRight();
            if (toTheRight || i != shown.getLast()) {
                cell = cell.padded(widths[i], toTheRight);
            }
            line = (line.width() == 0 ? line : line.plus(GAP)).plus(cell);
        }
        return line;
    }
}
