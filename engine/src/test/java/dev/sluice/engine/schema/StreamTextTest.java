package dev.sluice.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTextTest {
    private static final StreamId ID = StreamId.of("public", "orders");

    static Stream<DataType> types() {
        List<Field> inner = List.of(
                new Field("a \"b\" (c), d", new DataType.TextType()),
                new Field("o", new DataType.ObjectType(List.of(new Field("x", new DataType.BoolType())))));
        return Stream.of(
                new DataType.BoolType(),
                new DataType.IntType(8),
                new DataType.IntType(64),
                new DataType.DecimalType(12, 2),
                new DataType.DecimalType(3, -5),
                DataType.DecimalType.unconstrained(),
                new DataType.FloatType(32),
                new DataType.TextType(),
                new DataType.BinaryType(),
                new DataType.UuidType(),
                new DataType.DateType(),
                new DataType.TimeType(6, false),
                new DataType.TimeType(0, true),
                new DataType.TimestampType(9, false),
                new DataType.TimestampType(3, true),
                new DataType.JsonType(),
                new DataType.ArrayType(new DataType.ArrayType(new DataType.IntType(32))),
                new DataType.ObjectType(List.of()),
                new DataType.ObjectType(inner),
                new DataType.UnknownType("geometry(Point,4326)\n\"\\"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void keepsEveryTypeExactly(DataType type) {
        CatalogStream stream = stream(Cursor.NONE, List.of(), new Field("f", type));
        assertThat(StreamText.read(ID, StreamText.write(stream))).isEqualTo(stream);
    }

    @Test
    void coversEveryTypeThereIs() {
        assertThat(types().map(Object::getClass).distinct().map(Class::getSimpleName))
                .containsExactlyInAnyOrderElementsOf(Stream.of(DataType.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "two words", "\"", "\\", "\\n", "line\nbreak", "\r\n", "(,)", " ", "ünï", "\u2028", "'"})
    void keepsAnyName(String name) {
        CatalogStream stream = stream(
                new Cursor(FieldPath.of(name), true),
                List.of(FieldPath.of(name), new FieldPath(List.of("o", name))),
                new Field(name, new DataType.TextType()));
        assertThat(StreamText.read(ID, StreamText.write(stream))).isEqualTo(stream);
    }

    @Test
    void leavesOutTheEstimate() {
        CatalogStream bare = stream(Cursor.KEPT_BY_SOURCE, List.of());
        CatalogStream estimated = new CatalogStream(
                ID, bare.schema(), bare.syncModes(), bare.cursor(), List.of(), true, new Estimate(7, 70));

        assertThat(StreamText.read(ID, StreamText.write(estimated))).isEqualTo(bare);
        assertThat(StreamText.normal(estimated)).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "field",
                "field \"a",
                "field \"a\"",
                "field \"a\" int",
                "field \"a\" int(7)",
                "field \"a\" int(64) more",
                "field \"a\" decimal(5)",
                "field \"a\" array(text",
                "field \"a\" strange(1)",
                "key"
            })
    void refusesWhatIsNoDescription(String text) {
        assertThatThrownBy(() -> StreamText.read(ID, text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static CatalogStream stream(Cursor cursor, List<FieldPath> key, Field... fields) {
        return new CatalogStream(
                ID,
                new Schema(new ArrayList<>(List.of(fields))),
                Set.of(SyncMode.INCREMENTAL),
                cursor,
                key,
                true,
                Estimate.NONE);
    }
}
