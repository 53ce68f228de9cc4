package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names of any kind, for namespaces, tables and columns: legal ones are kept or replaced, and two never become one. */
abstract class DestinationNameTests extends DestinationTests {
    private static final String LONG = "a_name_that_is_longer_than_the_sixty_three_bytes_of_postgresql_";

    /** Groups of names that careless destinations take for one. */
    private static final List<String> TWINS = List.of(
            "Twin",
            "twin",
            "TWIN",
            "t w",
            "t_w",
            "t-w",
            "t.w",
            "t\"w",
            "t'w",
            LONG + "1",
            LONG + "2",
            LONG + "1_1",
            "\u00FC".repeat(40),
            "\u00FC".repeat(41),
            "\u00E9",
            "e\u0301",
            "\u00DF",
            "ss",
            "SS",
            "\u0130",
            "i",
            "I");

    private static final List<String> METADATA = List.of(
            "_airbyte_raw_id", "_airbyte_extracted_at", "_airbyte_meta", "_airbyte_generation_id", "_AIRBYTE_META");

    @Test
    final void columnsWithAnyNameKeepTheirValues() throws Exception {
        gaps().expect(DestinationTrait.HOSTILE_NAMES, () -> {
            List<String> names = concat(HostileNames.all(), TWINS);
            for (DestinationSyncMode mode : modes()) {
                writesColumns(dedup(mode, null, ID), names);
            }
        });
    }

    @Test
    final void fieldsThatAreNamedLikeMetadataKeepTheirValues() {
        gaps().need(DestinationTrait.HOSTILE_NAMES);
        for (DestinationSyncMode mode : modes()) {
            writesColumns(dedup(mode, null, ID), METADATA);
        }
    }

    private void writesColumns(WriteMode mode, List<String> names) {
        List<Field> fields = new ArrayList<>(List.of(ID));
        names.forEach(name -> fields.add(new Field(name, new DataType.TextType())));
        Schema schema = new Schema(fields);
        Row one = wideRow("1", names, "one of ");
        Row two = wideRow("2", names, "two of ");
        Destination destination = open();
        TargetSpec spec = target(schema, mode);
        TargetPlan plan = destination.plan(spec);
        assertThat(plan.columns()).extracting(ColumnPlan::column).doesNotHaveDuplicates();
        write(destination, spec, BatchMaker.batch(schema, List.of(one)));
        assertThat(destination.plan(run(spec, 2, 2)).columns())
                .as("the columns of the second run")
                .extracting(ColumnPlan::column)
                .isEqualTo(plan.columns().stream().map(ColumnPlan::column).toList());
        write(destination, run(spec, 2, 2), BatchMaker.batch(schema, List.of(two)));
        assertContent(
                "columns in " + mode.mode(),
                destination,
                spec,
                mode.mode().overwrites() ? List.of(two) : List.of(one, two));
    }

    private static Row wideRow(String id, List<String> names, String prefix) {
        List<@Nullable String> values = new ArrayList<>(List.of(id));
        names.forEach(name -> values.add(prefix + name));
        return Row.of(values);
    }

    @Test
    final void keysAndCursorsMayHaveAnyName() {
        gaps().need(DestinationTrait.APPEND_DEDUP, DestinationTrait.HOSTILE_NAMES);
        for (String name : concat(HostileNames.all(), List.of("Twin", LONG + "1", "_airbyte_extracted_at"))) {
            Field key = new Field(name, new DataType.IntType(64));
            Field cursor = new Field(name + " (cursor)", new DataType.IntType(64));
            Schema schema = Schema.of(key, cursor, NAME);
            Destination destination = open();
            TargetSpec spec = target(schema, dedup(DestinationSyncMode.APPEND_DEDUP, cursor, key));
            write(
                    destination,
                    spec,
                    BatchMaker.of(schema).row(1, 5, "old").row(2, 5, "stays").build());
            write(
                    destination,
                    run(spec, 1, 2),
                    BatchMaker.of(schema).row(1, 6, "new").row(2, 4, "late").build());
            assertContent(
                    "merged by " + name,
                    destination,
                    spec,
                    List.of(Row.of("1", "6", "new"), Row.of("2", "5", "stays")));
        }
    }

    @Test
    final void tablesWithAnyNameDoNotMix() throws Exception {
        gaps().expect(DestinationTrait.HOSTILE_NAMES, () -> {
            String unique = freshName() + " ";
            List<TargetName> names = new ArrayList<>();
            for (String name : concat(HostileNames.all(), concat(TWINS, METADATA))) {
                names.add(new TargetName(null, unique + name));
            }
            doNotMix(names);
        });
    }

    @Test
    final void tablesNamedWithNothingInFrontDoNotMix() {
        gaps().need(DestinationTrait.HOSTILE_NAMES);
        doNotMix(HostileNames.all().stream()
                .map(name -> new TargetName(null, name))
                .toList());
    }

    @Test
    final void namespacesWithAnyNameDoNotMix() {
        gaps().need(DestinationTrait.HOSTILE_NAMES, DestinationTrait.NAMESPACES);
        String table = freshName();
        List<TargetName> names = new ArrayList<>();
        for (String name : concat(HostileNames.all(), TWINS)) {
            names.add(new TargetName(name, table));
        }
        doNotMix(names);
    }

    /** Writes a row of its own into each target; where two have one location, which the plan tells, only into the first. */
    private void doNotMix(List<TargetName> names) {
        Destination destination = open();
        Map<String, TargetSpec> targets = new HashMap<>();
        Map<String, Row> contents = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            TargetSpec spec = named(names.get(i), SCHEMA, firstMode());
            String location = destination.plan(spec).location();
            if (targets.putIfAbsent(location, spec) == null) {
                Row row = Row.of(Integer.toString(i), "of " + names.get(i));
                contents.put(location, row);
                write(destination, spec, BatchMaker.batch(SCHEMA, List.of(row)));
            }
        }
        // Quoting may fold names together, but not most of them.
        assertThat(targets).hasSizeGreaterThan(names.size() / 3);
        targets.forEach(
                (location, spec) -> assertContent(location, destination, spec, List.of(contents.get(location))));
        if (gaps().has(DestinationTrait.LEDGER)) {
            targets.forEach(
                    (location, spec) -> assertThat(ledger(destination, spec).published())
                            .as(location)
                            .isTrue());
        }
    }

    @Test
    final void namesNeverTouchOtherTables() {
        gaps().need(DestinationTrait.HOSTILE_NAMES);
        Destination destination = open();
        TargetSpec victim = target(SCHEMA, firstMode());
        write(destination, victim, batch(1, 5));
        String table = victim.name().name();
        List<String> attacks = List.of(
                "x\"; DROP TABLE \"" + table + "\"; --",
                "x'; DROP TABLE " + table + "; --",
                "x`; DROP TABLE `" + table + "`; --",
                "x]; DELETE FROM [" + table + "]; --",
                "x\\\"; TRUNCATE " + table + "; --",
                "x\"); DELETE FROM " + table + "; --",
                "../" + table);
        for (String attack : attacks) {
            Schema schema = Schema.of(ID, new Field(attack, new DataType.TextType()));
            TargetSpec spec = named(new TargetName(null, attack), schema, firstMode());
            List<Row> rows = IntStream.rangeClosed(1, 3)
                    .mapToObj(id -> Row.of(Integer.toString(id), attack))
                    .toList();
            write(destination, spec, BatchMaker.batch(schema, rows));
            assertContent("the table of the attack", destination, spec, rows);
        }
        assertContent("the table that was attacked", destination, victim, rows(1, 5));
    }
}
