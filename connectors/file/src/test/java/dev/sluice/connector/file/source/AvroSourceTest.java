package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Field;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avro files of other programs: all their types, all their codecs, and damage. */
class AvroSourceTest {
    private static final String SCHEMA = """
        {"type": "record", "name": "Order", "fields": [
          {"name": "id", "type": "long"},
          {"name": "day", "type": {"type": "int", "logicalType": "date"}},
          {"name": "clock", "type": {"type": "int", "logicalType": "time-millis"}},
          {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
          {"name": "nanos", "type": {"type": "long", "logicalType": "local-timestamp-nanos"}},
          {"name": "price", "type": {"type": "fixed", "name": "P", "size": 6, "logicalType": "decimal",
            "precision": 12, "scale": 2}},
          {"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "BLUE"]}},
          {"name": "either", "type": ["null", "string", "int"]},
          {"name": "tags", "type": {"type": "array", "items": "string"}},
          {"name": "more", "type": {"type": "map", "values": ["null", "double"]}},
          {"name": "tree", "type": {"type": "record", "name": "Node", "fields": [
            {"name": "label", "type": "string"}, {"name": "left", "type": ["null", "Node"]}]}}]}
        """;

    @TempDir
    private Path folder;

    private GenericData.Record order(Schema schema, long id) {
        GenericData.Record order = new GenericData.Record(schema);
        order.put("id", id);
        order.put("day", 20_000);
        order.put("clock", 3_661_001);
        order.put("at", id % 2 == 0 ? null : 1_700_000_000_123L);
        order.put("nanos", -1L);
        byte[] price = ByteBuffer.allocate(8).putLong(-1234L).array();
        order.put("price", new GenericData.Fixed(schema.getField("price").schema(), Arrays.copyOfRange(price, 2, 8)));
        order.put("color", new GenericData.EnumSymbol(schema.getField("color").schema(), "BLUE"));
        order.put("either", id % 2 == 0 ? (Object) 7 : new Utf8("se\"ven"));
        order.put("tags", List.of(new Utf8("a"), new Utf8("b")));
        order.put("more", Map.of(new Utf8("pi"), 3.25));
        Schema node = schema.getField("tree").schema();
        GenericData.Record inner = new GenericData.Record(node);
        inner.put("label", "leaf");
        GenericData.Record outer = new GenericData.Record(node);
        outer.put("label", "root");
        outer.put("left", inner);
        order.put("tree", outer);
        return order;
    }

    private Path write(String name, CodecFactory codec, int rows) throws IOException {
        Schema schema = new Schema.Parser().parse(SCHEMA);
        Path file = folder.resolve(name);
        try (DataFileWriter<GenericData.Record> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(codec);
            writer.setSyncInterval(2_000);
            writer.create(schema, file.toFile());
            for (int id = 1; id <= rows; id++) {
                writer.append(order(schema, id));
            }
        }
        return file;
    }

    @Test
    void theSchemaTellsTheTypesAndEachValueArrivesExactly() throws IOException {
        Path file = write("orders.avro", CodecFactory.nullCodec(), 2);
        try (SourceDriver driver = SourceDriver.of(file)) {
            assertThat(driver.stream().schema().fields().stream()
                            .map(Field::type)
                            .map(type -> type.notation()))
                    .containsExactly(
                            "int64",
                            "date",
                            "time(3)",
                            "timestamp_with_timezone(3)",
                            "timestamp(9)",
                            "decimal(12,2)",
                            "string",
                            "json",
                            "array<string>",
                            "object",
                            "object<label: string, left: json>");
            List<Row> rows = driver.rows();
            assertThat(rows.getFirst().values())
                    .containsExactly(
                            "1",
                            "2024-10-04",
                            "01:01:01.001",
                            "2023-11-14T22:13:20.123Z",
                            "1969-12-31T23:59:59.999999999",
                            "-12.34",
                            "BLUE",
                            "\"se\\\"ven\"",
                            "[\"a\",\"b\"]",
                            "{\"pi\":3.25}",
                            "{\"label\":\"root\",\"left\":{\"label\":\"leaf\",\"left\":null}}");
            assertThat(rows.get(1).value(3)).isNull();
            assertThat(rows.get(1).value(7)).isEqualTo("7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "zstandard"})
    void blocksAreDecompressed(String codec) throws IOException {
        Path file = write("orders.avro", CodecFactory.fromString(codec), 100);
        try (SourceDriver driver = SourceDriver.of(file)) {
            assertThat(driver.rows()).hasSize(100);
        }
    }

    @Test
    void aDamagedBlockIsToldWithItsPlace() throws IOException {
        Path file = write("orders.avro", CodecFactory.nullCodec(), 100);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        try (SourceDriver driver = SourceDriver.of(file)) {
            Problem problem = SourceDriver.problemOf(driver::rows);
            assertThat(problem.kind()).isEqualTo(ProblemKind.DATA);
            assertThat(problem.code()).isEqualTo("E_FILE_DAMAGED");
            assertThat(problem.why()).matches("the block at byte \\d+ is damaged: .*");
        }
    }
}
