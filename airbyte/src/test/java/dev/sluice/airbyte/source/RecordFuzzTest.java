package dev.sluice.airbyte.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.airbyte.message.Envelope;
import dev.sluice.airbyte.message.MessageType;
import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.Binding;
import dev.sluice.cdk.cells.JsonColumns;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of records are read as Jackson reads them: the same are taken, and their values are the same. */
class RecordFuzzTest {
    /** What stands before the data and behind it; no key twice. */
    private static final String[][] AROUND = {
        {"{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":", ",\"emitted_at\":%d}}"},
        {"{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"data\":", ",\"emitted_at\":%d,\"namespace\":null}}"},
        {"{\"type\":\"RECORD\",\"record\":{\"namespace\":\"n\",\"stream\":\"a\",\"data\":", ",\"emitted_at\":%d}}"},
        {"{\"record\":{\"stream\":\"b\", \"data\": ", " , \"emitted_at\":%d}, \"type\":\"RECORD\"}"},
        {" {\"type\" : \"RECORD\" , \"record\" :{ \"emitted_at\":12, \"stream\":\"\\u00e4\",\"data\":", "}} "}
    };

    private static final String[] TEXTS = {
        "",
        "plain",
        "with \"quotes\" and \\ and /",
        "Grüße ☃ 𝄞",
        "line\nbreak\ttab\u0001",
        "},\"data\":{\"x\":1}",
        "exactly8",
        "eight by eight..",
        "{\"type\":\"STATE\"}"
    };
    private static final String SPICE = "{}[]\",:\\0123eE.-+ntu \u0001é";

    private final Random random = new Random(20_261_127);

    @TempDir
    Path folder;

    private String text() {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        return random.nextInt(3) == 0 ? text + random.nextInt(1000) + text : text;
    }

    private String number() {
        return switch (random.nextInt(7)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> Double.toString(random.nextGaussian() * 1e6);
            case 2 -> "-" + random.nextInt(10) + "." + random.nextInt(1000);
            case 3 -> random.nextInt(1000) + "e" + (random.nextInt(40) - 20);
            case 4 -> "0";
            case 5 -> random.nextInt(100_000) / 100 + ".50";
            default -> Double.toString(random.nextDouble());
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> Json.write(text());
            case 1 -> "null";
            case 2 -> Boolean.toString(random.nextBoolean());
            case 3, 4 -> number();
            case 5 -> "[" + blanks() + value(depth + 1) + "," + blanks() + value(depth + 1) + "]";
            default -> "{\"k\":" + value(depth + 1) + ", \"l" + random.nextInt(5) + "\" :" + value(depth + 1) + "}";
        };
    }

    private String blanks() {
        return random.nextInt(4) == 0 ? " \t".substring(random.nextInt(2)) : "";
    }

    /** The members of a record whose values are of the types of its columns. */
    private String data() {
        List<String> members = new ArrayList<>();
        members.add("\"id\":" + (random.nextInt(9) == 0 ? "null" : Long.toString(random.nextLong())));
        members.add("\"price\":" + (random.nextInt(9) == 0 ? "null" : number()));
        members.add("\"name\":" + (random.nextInt(9) == 0 ? "null" : Json.write(text())));
        members.add("\"paid\":" + random.nextBoolean());
        members.add("\"day\":\"" + LocalDate.ofEpochDay(random.nextInt(60_000) - 20_000) + "\"");
        members.add("\"at\":\"" + Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L) + "\"");
        members.add("\"any\"" + blanks() + ":" + blanks() + value(0));
        members.add("\"unknown" + random.nextInt(3) + "\":" + value(0));
        if (random.nextInt(4) == 0) {
            Collections.shuffle(members, random);
            members.removeFirst();
        }
        return "{" + blanks() + String.join("," + blanks(), members) + blanks() + "}";
    }

    private String line() {
        String[] around = AROUND[random.nextInt(AROUND.length)];
        return around[0] + data() + String.format(around[1], 1_700_000_000_000L + random.nextInt(1_000_000_000));
    }

    private String spoiled(String line) {
        StringBuilder text = new StringBuilder(line);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                case 2 -> text.setCharAt(at, SPICE.charAt(random.nextInt(SPICE.length())));
                default -> text.setLength(Math.max(9, at));
            }
        }
        return text.toString();
    }

    /** The stream and the data of a record, as Jackson reads them; null if the line is no record. */
    private static @Nullable List<Object> expected(String line) {
        try {
            if (Json.read(line) instanceof Map<?, ?> message
                    && "RECORD".equals(message.get("type"))
                    && message.get("record") instanceof Map<?, ?> record
                    && record.get("stream") instanceof String stream
                    && !stream.isEmpty()
                    && record.get("data") instanceof Map<?, ?> data) {
                String namespace = record.get("namespace") instanceof String group ? group : null;
                return List.of(StreamId.of(namespace, stream), data);
            }
            return null;
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    @Test
    void theSameLinesAreRecordsAsForJackson() {
        Envelope envelope = new Envelope();
        int[] likely = new int[2];
        int records = 0;
        for (int i = 0; i < 20_000; i++) {
            String line = random.nextInt(3) == 0 ? spoiled(line()) : line();
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            List<Object> expected = expected(new String(bytes, StandardCharsets.UTF_8));
            List<Object> found = taken(envelope, bytes, likely);
            assertThat(found).as(line).isEqualTo(expected);
            records += found == null ? 0 : 1;
        }
        // Both ways were gone, and neither always.
        assertThat(records).isBetween(10_000, 18_500);
        assertThat(likely[0]).isGreaterThan(5_000);
        assertThat(likely[1]).as("likely ones that were none").isGreaterThan(100);
    }

    private static @Nullable List<Object> taken(Envelope envelope, byte[] line, int[] likely) {
        Chunk chunk = new Chunk();
        boolean isRecord = false;
        if (envelope.isLikelyRecord(line, 0, line.length)) {
            isRecord = chunk.add(line, envelope.dataFrom(), envelope.dataTo(), null);
            likely[isRecord ? 0 : 1]++;
        }
        if (!isRecord) {
            isRecord = envelope.read(line, 0, line.length) == MessageType.RECORD
                    && chunk.add(line, envelope.dataFrom(), envelope.dataTo(), null);
        }
        return isRecord
                ? List.of(
                        envelope.stream(),
                        Json.readObject(new String(chunk.bytes(), 0, chunk.size(), StandardCharsets.UTF_8)))
                : null;
    }

    private static final Schema SCHEMA = new Schema(List.of(
            new Field("id", new DataType.IntType(64)),
            new Field("price", new DataType.FloatType(64)),
            new Field("name", new DataType.TextType()),
            new Field("paid", new DataType.BoolType()),
            new Field("day", new DataType.DateType()),
            new Field("at", new DataType.TimestampType(6, true)),
            new Field("any", new DataType.JsonType())));

    @Test
    void theValuesOfColumnsAreThoseThatJacksonReads() throws Exception {
        List<Map<String, @Nullable Object>> expected = new ArrayList<>();
        Feed feed = new Feed(folder.resolve("feed"), 64 << 10, () -> {});
        for (int i = 0; i < 8_000; i++) {
            byte[] data = data().getBytes(StandardCharsets.UTF_8);
            expected.add(Json.readObject(new String(data, StandardCharsets.UTF_8)));
            assertThat(feed.record(data, 0, data.length, null)).isTrue();
        }
        feed.end();
        int row = 0;
        try (BatchFiller filler = filler(feed)) {
            for (RecordBatch batch = filler.read(); batch != null; batch = filler.read()) {
                for (int i = 0; i < batch.rows(); i++) {
                    assertThat(row(batch, i)).as("row " + row).isEqualTo(wanted(expected.get(row++)));
                }
            }
        }
        assertThat(row).isEqualTo(8_000);
    }

    private static BatchFiller filler(Feed feed) {
        List<Field> fields = new ArrayList<>(SCHEMA.fields());
        fields.add(new Field(JsonColumns.EXTRA, new DataType.JsonType()));
        JsonColumns columns =
                new JsonColumns(fields, name -> SCHEMA.indexOf(name).isPresent(), Set.copyOf(SCHEMA.names()));
        List<Binding> bindings = new ArrayList<>();
        for (int i = 0; i < SCHEMA.size(); i++) {
            bindings.add(new Binding.Spoken(i));
        }
        ReadContext strict = new ReadContext() {
            @Override
            public BatchSize batchSize() {
                return BatchSize.DEFAULT;
            }

            @Override
            public boolean admitLargeValue(long bytes) {
                return true;
            }

            @Override
            public void reject(RejectedRecord record) {
                throw new AssertionError(record.reason());
            }

            @Override
            public boolean annotates() {
                return true;
            }
        };
        return new BatchFiller(
                new RecordBlocks(feed, columns),
                columns.size(),
                SCHEMA,
                bindings,
                strict,
                new BatchFiller.Place("a", "", Clock.systemUTC()));
    }

    private static Map<String, @Nullable Object> row(RecordBatch batch, int row) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < SCHEMA.size(); i++) {
            Column column = batch.column(i);
            values.put(SCHEMA.field(i).name(), column.isNull(row) ? null : value(SCHEMA.field(i), column, row));
        }
        return values;
    }

    private static Object value(Field field, Column column, int row) {
        return switch (column) {
            case LongColumn longs
            when field.name().equals("at") ->
                Instant.EPOCH.plus(longs.values()[row], ChronoUnit.MICROS).toString();
            case LongColumn longs -> longs.values()[row];
            case DoubleColumn doubles -> doubles.values()[row];
            case BoolColumn truths -> truths.values()[row];
            case IntColumn days -> LocalDate.ofEpochDay(days.values()[row]).toString();
            case BytesColumn json when field.name().equals("any") -> String.valueOf(Json.read(json.text(row)));
            case BytesColumn text -> text.text(row);
            default -> throw new AssertionError(column.getClass().getName());
        };
    }

    private static Map<String, @Nullable Object> wanted(Map<String, @Nullable Object> read) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String name : SCHEMA.names()) {
            Object value = read.get(name);
            if (value instanceof Number number && name.equals("price")) {
                values.put(name, Double.parseDouble(number.toString()));
            } else if (value != null && name.equals("any")) {
                values.put(name, value.toString());
            } else {
                values.put(name, value);
            }
        }
        return values;
    }
}
