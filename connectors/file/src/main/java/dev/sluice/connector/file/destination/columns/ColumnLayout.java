package dev.sluice.connector.file.destination.columns;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.ColumnPlan.Action;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the files that a run writes. Columns that older files have keep their places, so that readers who go by
 * place find the same in each file; new ones follow.
 *
 * @param columns the columns in the order of the files, without those of the metadata
 * @param plans what happens to the column of each field, in the order of the fields
 * @param metadata true if the files have the columns of the metadata, which stand before all others
 */
public record ColumnLayout(List<FileColumn> columns, List<ColumnPlan> plans, boolean metadata) {
    public ColumnLayout {
        columns = List.copyOf(columns);
        plans = List.copyOf(plans);
    }

    /** The columns of files that are the first ones of a target. */
    public static ColumnLayout create(Schema schema, FormatTypes types, boolean metadata) {
        return extend(List.of(), schema, types, metadata, false);
    }

    /**
     * The columns of files that are added to older ones.
     *
     * @param known the columns of the older files
     * @throws dev.sluice.spi.problem.ProblemException if no reader could take the old and the new values as one column
     */
    public static ColumnLayout extend(
            List<KnownColumn> known, Schema schema, FormatTypes types, boolean metadata, boolean exists) {
        Names names = new Names(metadata);
        Map<String, FileColumn> byField = new HashMap<>();
        List<FileColumn> columns = new ArrayList<>();
        for (KnownColumn column : known) {
            names.take(column.column());
        }
        for (KnownColumn column : known) {
            int index = schema.indexOf(column.field()).orElse(-1);
            FileColumn kept = index < 0
                    ? new FileColumn(column.column(), column.type(), -1, column.field(), null)
                    : joined(column, schema.field(index), index, types);
            columns.add(kept);
            byField.put(column.field(), kept);
        }
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            if (!byField.containsKey(field.name())) {
                String type = types.of(field.type()).sql();
                FileColumn added = new FileColumn(names.unique(field.name()), type, i, field.name(), field.type());
                columns.add(added);
                byField.put(field.name(), added);
            }
        }
        return new ColumnLayout(columns, plans(known, schema, types, byField, exists), metadata);
    }

    private static FileColumn joined(KnownColumn known, Field field, int index, FormatTypes types) {
        String type = types.joined(known.type(), field.type())
                .orElseThrow(() -> Problem.of(
                                "E_TYPE_CHANGED",
                                ProblemKind.DATA,
                                "the column " + known.column() + " is " + known.type() + " in the files that are there"
                                        + " and cannot go on as " + field.type().notation())
                        .at(known.column())
                        .because("no reader could take the old and the new values as one column")
                        .fix("copy the stream anew with full_refresh_overwrite, or leave the field out")
                        .exception());
        return new FileColumn(known.column(), type, index, field.name(), field.type());
    }

    private static List<ColumnPlan> plans(
            List<KnownColumn> known,
            Schema schema,
            FormatTypes types,
            Map<String, FileColumn> byField,
            boolean exists) {
        Map<String, String> knownTypes = new HashMap<>();
        known.forEach(column -> knownTypes.put(column.field(), column.type()));
        List<ColumnPlan> plans = new ArrayList<>();
        for (Field field : schema.fields()) {
            FileColumn column = byField.get(field.name());
            String old = knownTypes.get(field.name());
            if (column != null) {
                plans.add(plan(field, column, old, types, exists));
            }
        }
        return plans;
    }

    private static ColumnPlan plan(
            Field field, FileColumn column, @Nullable String old, FormatTypes types, boolean exists) {
        ColumnType own = types.of(field.type());
        boolean asOwn = own.sql().equals(column.fileType());
        Fit fit = asOwn ? own.fit() : Fit.WIDENED;
        String note = asOwn ? own.note() : "the column is there with this type";
        Action action = old == null
                ? exists ? Action.ADD : Action.CREATE
                : old.equals(column.fileType()) ? Action.KEEP : Action.WIDEN;
        return new ColumnPlan(field, column.name(), column.fileType(), fit, action, note);
    }

    /** The columns as the manifest remembers them. */
    public List<KnownColumn> known() {
        return columns.stream()
                .map(column -> new KnownColumn(column.field(), column.name(), column.fileType()))
                .toList();
    }

    /** Gives out names that also those readers tell apart who do not mind case. */
    private static final class Names {
        private final Set<String> taken = new HashSet<>();

        Names(boolean metadata) {
            if (metadata) {
                for (MetaColumn meta : MetaColumn.values()) {
                    taken.add(folded(meta.column()));
                }
            }
        }

        void take(String name) {
            taken.add(folded(name));
        }

        String unique(String field) {
            String wanted = field.replace('\0', '_');
            String name = wanted;
            for (int i = 1; !taken.add(folded(name)); i++) {
                name = wanted + "_" + i;
            }
            return name;
        }

        private static String folded(String name) {
            return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        }
    }
}
