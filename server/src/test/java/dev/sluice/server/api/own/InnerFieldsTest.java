package dev.sluice.server.api.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InnerFieldsTest {
    private static final DataType TEXT = new DataType.TextType();

    @Test
    void partsAreToldAfterWhatTheyAreIn() {
        DataType place = object(new Field("city", TEXT), new Field("geo", object(new Field("lat, lon", TEXT))));
        Schema schema = new Schema(List.of(
                new Field("id", TEXT),
                new Field("places", new DataType.ArrayType(place)),
                new Field("anything", new DataType.JsonType())));
        assertThat(InnerFields.of(schema))
                .extracting(each -> each.get("path"))
                .containsExactly(
                        List.of("places", "city"), List.of("places", "geo"), List.of("places", "geo", "lat, lon"));
        assertThat(InnerFields.of(schema).getFirst())
                .isEqualTo(Map.of("path", List.of("places", "city"), "type", "string"));
    }

    @Test
    void moreThanAnybodyLooksThroughIsLeftOut() {
        Field[] many = IntStream.range(0, 3_000)
                .mapToObj(at -> new Field("f" + at, TEXT))
                .toArray(Field[]::new);
        assertThat(InnerFields.of(new Schema(List.of(new Field("wide", object(many))))))
                .hasSize(InnerFields.MOST);
        DataType deep = TEXT;
        for (int at = 0; at < 50; at++) {
            deep = object(new Field("in", deep));
        }
        assertThat(InnerFields.of(new Schema(List.of(new Field("deep", deep))))).hasSize(8);
    }

    private static DataType object(Field... fields) {
        return new DataType.ObjectType(List.of(fields));
    }
}
