package dev.sluice.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaDiffTest {
    private static final DataType INT = new DataType.IntType(32);
    private static final DataType LONG = new DataType.IntType(64);
    private static final DataType TEXT = new DataType.TextType();

    @Test
    void findsNothingWhereNothingHasChanged() {
        CatalogStream stream = stream(List.of("id"), new Field("id", INT), new Field("name", TEXT));
        CatalogStream reordered = stream(List.of("id"), new Field("name", TEXT), new Field("id", INT));

        assertThat(SchemaDiff.between(stream, stream)).isEmpty();
        assertThat(SchemaDiff.between(stream, reordered))
                .as("the order of fields means nothing")
                .isEmpty();
    }

    @Test
    void findsFieldsThatAreNewGoneAndRetyped() {
        assertThat(words(
                        stream(List.of(), new Field("id", INT), new Field("old", TEXT)),
                        stream(List.of(), new Field("id", LONG), new Field("new", TEXT))))
                .containsExactly("id was int32 and is int64", "new is new: string", "old is gone (it was string)");
    }

    @Test
    void tellsARenamedFieldAsOneThatIsNewAndOneThatIsGone() {
        assertThat(words(stream(List.of(), new Field("a", INT)), stream(List.of(), new Field("b", INT))))
                .containsExactly("b is new: int32", "a is gone (it was int32)");
    }

    @Test
    void followsFieldsIntoObjectsAndArrays() {
        DataType before = object(new Field("tags", new DataType.ArrayType(object(new Field("a", INT)))));
        DataType now =
                object(new Field("tags", new DataType.ArrayType(object(new Field("a", LONG), new Field("b", TEXT)))));

        List<SchemaChange> changes =
                SchemaDiff.between(stream(List.of(), new Field("o", before)), stream(List.of(), new Field("o", now)));
        assertThat(changes)
                .extracting(SchemaChange::words)
                .containsExactly("o.tags.items.a was int32 and is int64", "o.tags.items.b is new: string");
        assertThat(changes).noneMatch(SchemaChange::isOfColumn);
    }

    @Test
    void takesAnObjectOfUnknownShapeAsOneType() {
        assertThat(words(
                        stream(List.of(), new Field("o", object())),
                        stream(List.of(), new Field("o", object(new Field("a", INT))))))
                .containsExactly("o was object and is object<a: int32>");
    }

    @Test
    void comparesKeysAsSets() {
        Field[] fields = {new Field("a", INT), new Field("b", INT)};

        assertThat(words(stream(List.of("a", "b"), fields), stream(List.of("b", "a"), fields)))
                .isEmpty();
        assertThat(words(stream(List.of("a"), fields), stream(List.of("a", "b"), fields)))
                .containsExactly("the primary key was (a) and is (a, b)");
        assertThat(words(stream(List.of("a"), fields), stream(List.of(), fields)))
                .containsExactly("the primary key was (a) and is none");
    }

    @Test
    void noticesWhenAStreamCanNoLongerBeReadIncrementally() {
        CatalogStream before = stream(List.of(), new Field("a", INT));
        CatalogStream now =
                new CatalogStream(before.id(), before.schema(), Set.of(), Cursor.NONE, List.of(), true, Estimate.NONE);

        assertThat(words(before, now)).containsExactly("it can no longer be read incrementally");
    }

    private static Stream<String> words(CatalogStream before, CatalogStream now) {
        return SchemaDiff.between(before, now).stream().map(SchemaChange::words);
    }

    private static DataType object(Field... fields) {
        return new DataType.ObjectType(List.of(fields));
    }

    private static CatalogStream stream(List<String> key, Field... fields) {
        return new CatalogStream(
                StreamId.of("s"),
                Schema.of(fields),
                Set.of(SyncMode.INCREMENTAL),
                Cursor.NONE,
                key.stream().map(FieldPath::of).toList(),
                true,
                Estimate.NONE);
    }
}
