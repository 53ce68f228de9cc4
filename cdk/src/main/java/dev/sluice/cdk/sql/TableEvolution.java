package dev.sluice.cdk.sql;

import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.ColumnPlan.Action;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a table that is there has to change so that it holds a stream: missing columns are added, too narrow ones are
 * widened in place, and columns that the stream no longer has stay and get nulls.
 *
 * @param table the table
 * @param columns what happens to the column of each field, in the order of the fields
 * @param oldTypes the types that columns of the table have, by folded name
 * @param missingMeta those of Airbyte's columns that the table lacks
 */
record TableEvolution(
        TableName table, List<ColumnPlan> columns, Map<String, String> oldTypes, List<MetaColumn> missingMeta) {
    TableEvolution {
        columns = List.copyOf(columns);
        oldTypes = Map.copyOf(oldTypes);
        missingMeta = List.copyOf(missingMeta);
    }

    /** The plan for a new table. */
    static TableEvolution create(TableLayout layout, SqlDialect dialect) {
        List<ColumnPlan> columns = layout.data().stream()
                .map(column -> plan(column, dialect.columnType(column.type()), Action.CREATE))
                .toList();
        return new TableEvolution(layout.table(), columns, Map.of(), List.of());
    }

    /**
     * The plan for a table that is there.
     *
     * @throws dev.sluice.spi.problem.ProblemException if a column can hold its old values or the new ones, but not both
     */
    static TableEvolution of(TableLayout layout, List<ExistingColumn> existing, SqlDialect dialect) {
        Map<String, ExistingColumn> byName = new HashMap<>();
        existing.forEach(column -> byName.put(Identifiers.folded(column.name(), dialect), column));
        List<ColumnPlan> columns = new ArrayList<>();
        for (LoadColumn.Data column : layout.data()) {
            columns.add(plan(layout.table(), column, byName.get(Identifiers.folded(column.name(), dialect)), dialect));
        }
        List<MetaColumn> missing = List.of(MetaColumn.values()).stream()
                .filter(meta -> !byName.containsKey(Identifiers.folded(meta.column(), dialect)))
                .toList();
        Map<String, String> oldTypes = new HashMap<>();
        byName.forEach((name, column) -> oldTypes.put(name, column.type()));
        return new TableEvolution(layout.table(), columns, oldTypes, missing);
    }

    /** The statements that carry the plan out on a table that is there. */
    List<String> statements(TableStatements statements, SqlDialect dialect) {
        List<String> all = new ArrayList<>();
        for (MetaColumn meta : missingMeta) {
            all.add(statements.addColumn(table, meta.column(), dialect.metaType(meta)));
        }
        for (ColumnPlan column : columns) {
            switch (column.action()) {
                case ADD -> all.add(statements.addColumn(table, column.column(), column.columnType()));
                case WIDEN -> {
                    String old = oldTypes.getOrDefault(Identifiers.folded(column.column(), dialect), "");
                    all.add(dialect.alterType(statements.name(table), column.column(), old, column.columnType()));
                }
                case KEEP, CREATE -> {}
            }
        }
        return all;
    }

    /** The layout with the types that the columns have afterwards. */
    TableLayout applyTo(TableLayout layout) {
        Map<String, String> types = new HashMap<>();
        columns.forEach(column -> types.put(column.column(), column.columnType()));
        return layout.withTypes(types);
    }

    private static ColumnPlan plan(
            TableName table, LoadColumn.Data column, @Nullable ExistingColumn existing, SqlDialect dialect) {
        ColumnType wanted = dialect.columnType(column.type());
        if (existing == null) {
            return plan(column, wanted, Action.ADD);
        }
        if (dialect.holds(existing.type(), column.type())) {
            boolean asWanted = existing.type().equalsIgnoreCase(wanted.sql());
            ColumnType kept =
                    asWanted ? wanted : ColumnType.widened(existing.type(), "the column is there with this type");
            return plan(column, kept, Action.KEEP);
        }
        Optional<String> wider = dialect.widened(existing.type(), column.type());
        if (wider.isEmpty()) {
            throw typeChanged(table, column.field(), existing, wanted);
        }
        boolean asWanted = wider.get().equalsIgnoreCase(wanted.sql());
        ColumnType widened =
                new ColumnType(wider.get(), asWanted ? wanted.fit() : Fit.WIDENED, "widened from " + existing.type());
        return plan(column, widened, Action.WIDEN);
    }

    private static ColumnPlan plan(LoadColumn.Data column, ColumnType type, Action action) {
        return new ColumnPlan(column.field(), column.name(), type.sql(), type.fit(), action, type.note());
    }

    private static dev.sluice.spi.problem.ProblemException typeChanged(
            TableName table, Field field, ExistingColumn existing, ColumnType wanted) {
        return Problem.of(
                        "E_TYPE_CHANGED",
                        ProblemKind.DATA,
                        "the column " + existing.name() + " is " + existing.type() + " and cannot hold "
                                + field.type().notation())
                .at(table + "." + existing.name())
                .because("no type holds its old values and the new ones, which would need " + wanted.sql())
                .fix("copy the stream anew with `sluice refresh`, or leave the field out")
                .exception();
    }
}
