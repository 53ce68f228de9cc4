package dev.sluice.cdk.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table that is there is added to and widened, and never narrowed. */
final class TableEvolutionTest {
    private static final SqlDialect DIALECT = new DialectForTests(60, true);

    @Test
    void missingColumnsAreAddedAndOthersStay() {
        TableEvolution evolution = TableEvolution.of(
                layout(new Field("id", new DataType.IntType(32)), new Field("note", new DataType.TextType())),
                existing("id int32", "gone string"),
                DIALECT);
        assertThat(evolution.columns())
                .extracting(ColumnPlan::column, ColumnPlan::action)
                .containsExactly(tuple("id", ColumnPlan.Action.KEEP), tuple("note", ColumnPlan.Action.ADD));
        assertThat(evolution.statements(new TableStatements(DIALECT), DIALECT))
                .containsExactly("ALTER TABLE \"s\".\"t\" ADD COLUMN \"note\" string");
    }

    @Test
    void tooNarrowColumnsAreWidened() {
        TableEvolution evolution =
                TableEvolution.of(layout(new Field("id", new DataType.IntType(64))), existing("id int32"), DIALECT);
        assertThat(evolution.statements(new TableStatements(DIALECT), DIALECT))
                .containsExactly("ALTER \"s\".\"t\" \"id\" int32 int64");
        assertThat(evolution
                        .applyTo(layout(new Field("id", new DataType.IntType(64))))
                        .data()
                        .getFirst()
                        .columnType())
                .isEqualTo("int64");
    }

    @Test
    void airbytesColumnsAreAddedToATableThatLacksThem() {
        TableEvolution evolution = TableEvolution.of(
                layout(new Field("id", new DataType.IntType(32))),
                List.of(new ExistingColumn("id", "int32"), new ExistingColumn("_airbyte_raw_id", "meta")),
                DIALECT);
        assertThat(evolution.missingMeta())
                .containsExactly(MetaColumn.EXTRACTED_AT, MetaColumn.META, MetaColumn.GENERATION_ID);
    }

    @Test
    void aTypeThatCannotHoldBothIsAProblemThatNamesTheColumn() {
        assertThatThrownBy(() -> TableEvolution.of(
                        layout(new Field("id", new DataType.BoolType())), existing("id string"), DIALECT))
                .hasMessageContaining("E_TYPE_CHANGED")
                .hasMessageContaining("id");
    }

    private static TableLayout layout(Field... fields) {
        TargetSpec spec = new TargetSpec(
                new Owner("id", "name", false),
                StreamId.of("stream"),
                new TargetName("s", "t"),
                Schema.of(fields),
                new WriteMode(DestinationSyncMode.APPEND, List.<FieldPath>of(), null),
                new Generation(0, 0, 1));
        return TableLayout.of(spec, DIALECT, "s");
    }

    private static List<ExistingColumn> existing(String... columns) {
        List<ExistingColumn> existing = new ArrayList<>();
        for (MetaColumn meta : MetaColumn.values()) {
            existing.add(new ExistingColumn(meta.column(), "meta"));
        }
        for (String column : columns) {
            String[] parts = column.split(" ", 2);
            existing.add(new ExistingColumn(parts[0], parts[1]));
        }
        return existing;
    }
}
