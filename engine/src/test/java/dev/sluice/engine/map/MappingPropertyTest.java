package dev.sluice.engine.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random chains of mappers over random batches with operations and marks, against an oracle that does one row after the
 * other with maps of texts. Every row is accounted for: it goes on, is filtered or is rejected.
 */
class MappingPropertyTest {
    private final Random random = new Random();

    /** A row as the oracle sees it. */
    private static final class Naive {
        private final int origin;
        private final Map<String, @Nullable String> values = new LinkedHashMap<>();
        private final TreeSet<String> marks = new TreeSet<>();
        private Operation operation = Operation.UPSERT;
        private boolean removed;

        Naive(int origin) {
            this.origin = origin;
        }
    }

    private static final class Outcome {
        private final List<Naive> left = new ArrayList<>();
        private final TreeSet<Integer> rejected = new TreeSet<>();
        private int dropped;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void doesToABatchWhatTheOracleDoesToEachRow(long seed) throws Exception {
        random.setSeed(seed);
        for (int round = 0; round < 80; round++) {
            List<Field> fields = new ArrayList<>(List.of(Batches.ID));
            int columns = 1 + random.nextInt(4);
            for (int i = 0; i < columns; i++) {
                DataType type = random.nextBoolean() ? new DataType.TextType() : new DataType.IntType(32);
                fields.add(new Field("f" + i, type));
            }
            Schema schema = new Schema(fields);
            List<MapperSpec> specs = specs(schema);
            boolean removes = random.nextBoolean();
            Mapping mapping = Batches.mapping(schema, new Roles(List.of("id"), null), specs.toArray(MapperSpec[]::new));
            List<Naive> rows = rows(schema);
            RecordBatch batch = batch(schema, rows);

            Mapped mapped = (removes ? mapping.removing() : mapping).apply(batch, false);

            Outcome expected = oracle(specs, rows, removes);
            check(mapped, expected, specs);
            assertThat(mapped.batch().rows()
                            - mapped.removals().cardinality()
                            + mapped.filtered()
                            + mapped.rejections().size())
                    .as("every row is accounted for by %s", specs)
                    .isEqualTo(rows.size());
        }
    }

    private static void check(Mapped mapped, Outcome expected, List<MapperSpec> specs) {
        assertThat(Batches.rows(mapped.batch()))
                .as("%s", specs)
                .isEqualTo(expected.left.stream()
                        .map(row -> List.copyOf(row.values.values().stream()
                                .map(String::valueOf)
                                .toList()))
                        .map(MappingPropertyTest::nulls)
                        .toList());
        assertThat(mapped.dropped()).isEqualTo(expected.dropped);
        assertThat(mapped.rejections().stream().map(Mapped.Rejection::row).sorted())
                .containsExactlyElementsOf(expected.rejected);
        for (int i = 0; i < expected.left.size(); i++) {
            Naive row = expected.left.get(i);
            int at = i;
            assertThat(mapped.batch().operation(i)).isEqualTo(row.operation);
            assertThat(mapped.removals().get(i)).isEqualTo(row.removed);
            assertThat(mapped.batch().changes().stream()
                            .filter(change -> change.row() == at)
                            .map(ValueChange::field)
                            .sorted())
                    .as("marks of row %d after %s", i, specs)
                    .containsExactlyElementsOf(row.marks);
        }
    }

    private static List<@Nullable String> nulls(List<String> values) {
        List<@Nullable String> with = new ArrayList<>();
        values.forEach(value -> with.add(value.equals("null") ? null : value));
        return with;
    }

    private List<MapperSpec> specs(Schema schema) {
        List<MapperSpec> specs = new ArrayList<>();
        List<Field> fields = new ArrayList<>(schema.fields());
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int at = 1 + random.nextInt(fields.size());
            Field field = at < fields.size() ? fields.get(at) : fields.getFirst();
            boolean isKey = field.name().equals("id");
            String fresh = "n" + i;
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (!isKey) {
                        specs.add(Batches.hash(field.name()));
                        fields.set(at, new Field(field.name() + "_hashed", new DataType.TextType()));
                    }
                }
                case 1 -> {
                    if (!isKey) {
                        specs.add(new MapperSpec.Rename(field.name(), fresh));
                        fields.set(at, new Field(fresh, field.type()));
                    }
                }
                case 2 -> {
                    if (!isKey) {
                        specs.add(new MapperSpec.Remove(field.name()));
                        fields.remove(at);
                    }
                }
                case 3 -> specs.add(Batches.filter("length(\"" + field.name() + "\") > 1"));
                default -> {
                    specs.add(new MapperSpec.Compute(
                            fresh, "'<' || divide(6, length(\"" + field.name() + "\") - 2, 0)", false));
                    fields.add(new Field(fresh, new DataType.TextType()));
                }
            }
        }
        return specs;
    }

    private List<Naive> rows(Schema schema) {
        List<Naive> rows = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            Naive row = new Naive(i);
            row.operation = random.nextInt(5) == 0 ? Operation.DELETE : Operation.UPSERT;
            for (Field field : schema.fields()) {
                boolean isNull = !field.name().equals("id") && random.nextInt(4) == 0;
                row.values.put(field.name(), isNull ? null : String.valueOf(random.nextInt(1, 2000)));
                if (isNull && random.nextBoolean()) {
                    row.marks.add(field.name());
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static RecordBatch batch(Schema schema, List<Naive> rows) {
        List<List<@Nullable String>> values = new ArrayList<>();
        List<ValueChange> changes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            values.add(new ArrayList<>(rows.get(i).values.values()));
            for (String field : rows.get(i).marks) {
                changes.add(new ValueChange(i, field, Change.NULLED, Reason.SOURCE_SERIALIZATION_ERROR));
            }
        }
        return Batches.of(
                schema, values, rows.stream().map(row -> row.operation).toList(), changes);
    }

    private static Outcome oracle(List<MapperSpec> specs, List<Naive> rows, boolean removes) {
        Outcome outcome = new Outcome();
        for (Naive row : rows) {
            boolean goesOn = true;
            for (MapperSpec spec : specs) {
                if (goesOn) {
                    goesOn = does(spec, row, outcome, removes);
                }
            }
            if (goesOn) {
                outcome.left.add(row);
            }
        }
        return outcome;
    }

    /** Does a mapper to a row; false if the row goes nowhere. */
    private static boolean does(MapperSpec spec, Naive row, Outcome outcome, boolean removes) {
        switch (spec) {
            case MapperSpec.Hash hash -> rename(row, hash.field(), hash.field() + hash.suffix(), true);
            case MapperSpec.Rename(String from, String to) -> rename(row, from, to, false);
            case MapperSpec.Remove(String field) -> {
                row.values.remove(field);
                row.marks.remove(field);
            }
            case MapperSpec.Filter filter -> {
                String value = row.values.get(filter.text().split("\"")[1]);
                boolean passes = row.operation == Operation.DELETE || (value != null && value.length() > 1);
                if (!passes && !removes) {
                    outcome.dropped++;
                    return false;
                }
                if (!passes) {
                    row.operation = Operation.DELETE;
                    row.removed = true;
                    row.marks.clear();
                    row.values.replaceAll((name, old) -> name.equals("id") ? old : null);
                }
            }
            case MapperSpec.Compute compute -> {
                String value = row.values.get(compute.value().split("\"")[1]);
                if (row.operation == Operation.DELETE || value == null) {
                    row.values.put(compute.field(), null);
                } else if (value.length() == 2) {
                    outcome.rejected.add(row.origin);
                    return false;
                } else {
                    row.values.put(compute.field(), "<" + rounded(value.length() - 2));
                }
            }
            case MapperSpec.Encrypt encrypt -> throw new IllegalArgumentException("no oracle for " + encrypt);
            case MapperSpec.Select select -> throw new IllegalArgumentException("no oracle for " + select);
        }
        return true;
    }

    /** Six divided by a small number, half up and away from zero. */
    private static long rounded(int divisor) {
        return Math.round(6.0 / Math.abs(divisor)) * (divisor < 0 ? -1 : 1);
    }

    private static void rename(Naive row, String from, String to, boolean hashed) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        row.values.forEach((name, value) -> {
            boolean its = name.equals(from);
            values.put(its ? to : name, its && hashed && value != null ? sha256(value) : value);
        });
        row.values.clear();
        row.values.putAll(values);
        if (row.marks.remove(from)) {
            row.marks.add(to);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
