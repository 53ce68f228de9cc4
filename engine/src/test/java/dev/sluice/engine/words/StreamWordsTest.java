package dev.sluice.engine.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.ObjectSettings.MappedField;
import dev.sluice.engine.connection.ObjectSettings.Nulls;
import dev.sluice.engine.connection.ObjectSettings.Origin;
import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.expr.Syntax;
import dev.sluice.engine.map.Encryption;
import dev.sluice.engine.map.HashMethod;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.engine.map.Secret;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.problem.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever can be set of a stream comes back from its words as it was, and nothing is silently left out. */
class StreamWordsTest {
    private static StreamSettings again(StreamSettings settings) {
        Map<String, Object> words = StreamWords.words(settings, RejectRules.USUAL, Secret::text);
        StreamMode mode = settings.mode();
        return StreamWords.settings(settings.pattern(), mode == null ? null : mode.key(), words);
    }

    private static StreamSettings with(MapperSpec... mappers) {
        return StreamSettings.of("orders")
                .with(RowRules.USUAL.with(
                        Stream.of(mappers).map(MapperSetting::of).toList()));
    }

    static Stream<StreamSettings> everything() {
        return Stream.of(
                StreamSettings.of("public.*"),
                new StreamSettings(
                        "orders",
                        StreamMode.INCREMENTAL_APPEND_DEDUPED,
                        FieldPath.of("at"),
                        List.of(FieldPath.of("id"), FieldPath.of("line")),
                        new FieldSelection.Exclude(List.of("notes")),
                        "sales",
                        new RowRules(
                                true,
                                new RejectRules(
                                        RejectRules.Policy.STOP, new RejectLimit(7L, 0.5), RejectRules.Strict.FAIL))),
                new StreamSettings(
                        "orders",
                        null,
                        null,
                        List.of(),
                        new FieldSelection.Include(List.of("id", "a.b")),
                        null,
                        RowRules.USUAL),
                new StreamSettings(
                        "people",
                        StreamMode.FULL_REFRESH_UPDATE,
                        null,
                        List.of(),
                        new FieldSelection.All(),
                        null,
                        new RowRules(
                                false,
                                null,
                                List.of(),
                                new ObjectSettings(
                                        "crm.contacts",
                                        List.of("email"),
                                        List.of(
                                                new MappedField("email", new Origin.SourceField("mail"), Nulls.CLEAR),
                                                new MappedField("origin", new Origin.Constant("shop"), Nulls.KEEP),
                                                new MappedField(
                                                        "rank", new Origin.Constant(new BigDecimal("7")), Nulls.CLEAR),
                                                new MappedField("active", new Origin.Constant(true), Nulls.CLEAR),
                                                new MappedField("name", new Origin.Computed("a || b"), Nulls.KEEP))))),
                with(
                        new MapperSpec.Hash("email", HashMethod.SHA_512, "_h", new Secret("pepper")),
                        new MapperSpec.Hash("phone", HashMethod.MD5, "_hashed", null),
                        new MapperSpec.Rename("a", "b"),
                        new MapperSpec.Remove("c")),
                with(
                        new MapperSpec.Encrypt(
                                "d", "_e", new Encryption.Aes(new Secret("00ff"), "CBC", "PKCS5Padding")),
                        new MapperSpec.Encrypt("e", "_e", new Encryption.Rsa(new Secret("PEM"), true)),
                        new MapperSpec.Filter("total > 5", null),
                        new MapperSpec.Compute("f", "a || b", true),
                        new MapperSpec.Select("doc", List.of(List.of("x", "y"), List.of("z")))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void comesBackAsItWas(StreamSettings settings) {
        assertThat(again(settings)).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coalesce(a = 'it''s', false) and not (b is null or c in (1, -2, 3.50))",
                "case when \"a\"\"b\" >= -1 then upper(x) else cast(y as decimal(12,2)) end",
                "-(a + b) * c % 2 <> d || 'x'",
                "not a is not null"
            })
    void anExpressionIsReadAgainAsItWasWritten(String text) {
        Syntax first = Syntax.parse(text);
        String printed = first.text();

        assertThat(Syntax.parse(printed).text()).isEqualTo(printed);
        assertThat(withoutPlaces(Syntax.parse(printed))).isEqualTo(withoutPlaces(first));
    }

    private static Syntax withoutPlaces(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Literal(Object value, int at) -> Syntax.literal(value);
            case Syntax.Name(String field, int at) -> new Syntax.Name(field, 0);
            case Syntax.Cast(Syntax value, String type, int at) -> new Syntax.Cast(withoutPlaces(value), type, 0);
            case Syntax.Call(String function, List<Syntax> arguments, int at) ->
                new Syntax.Call(
                        function,
                        arguments.stream().map(StreamWordsTest::withoutPlaces).toList(),
                        0);
        };
    }

    /** As Airbyte's clients write it; a null in the field neither equals nor hides the row from a denial. */
    @Test
    void filtersAreUnderstoodAsAirbyteWritesThem() {
        Map<String, Object> equal = Map.of("type", "EQUAL", "fieldName", "country", "comparisonValue", "CH");
        Map<String, Object> filter = Map.of(
                "type",
                "row-filtering",
                "mapperConfiguration",
                Map.of("conditions", Map.of("type", "NOT", "conditions", List.of(equal))));

        MapperSpec spec = StreamWords.settings("users", null, Map.of("mappers", List.of(filter)))
                .rows()
                .mappers()
                .getFirst()
                .spec();

        assertThat(spec.words()).isEqualTo("keep rows where (not coalesce((\"country\" = 'CH'), false))");
    }

    /** The fields that are selected become those of the object by the names that mappers give them. */
    @Test
    void objectsAreUnderstoodAsAirbyteWritesThem() {
        Map<String, Object> words = Map.of(
                "destinationObjectName",
                "contact",
                "primaryKey",
                List.of(List.of("mail")),
                "selectedFields",
                Stream.of("mail", "phone", "at")
                        .map(name -> Map.of("fieldPath", List.of(name)))
                        .toList(),
                "mappers",
                List.of(
                        Map.of(
                                "type",
                                "field-renaming",
                                "mapperConfiguration",
                                Map.of("originalFieldName", "mail", "newFieldName", "email")),
                        Map.of("type", "field-filtering", "mapperConfiguration", Map.of("targetField", "at"))));

        StreamSettings settings = StreamWords.settings("people", "incremental_update", words);

        assertThat(settings.rows().object())
                .isEqualTo(new ObjectSettings(
                        "contact",
                        List.of("email"),
                        List.of(
                                new MappedField("email", new Origin.SourceField("email"), Nulls.CLEAR),
                                new MappedField("phone", new Origin.SourceField("phone"), Nulls.CLEAR))));
        assertThat(settings.alias()).isNull();
        assertThat(StreamWords.settings("people", "incremental_append", Map.of("destinationObjectName", "copies"))
                        .alias())
                .as("a copy by another name")
                .isEqualTo("copies");
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertRefused(Map.of("matchingKey", List.of("id")), "without mappedFields");
        assertRefused(Map.of("mappedFields", List.of(Map.of("to", "a", "field", "b"))), "destinationObjectName");
        assertRefused(
                Map.of("destinationObjectName", "c", "mappedFields", List.of(Map.of("to", "a"))),
                "one of field, constant and expression");
        assertRefused(Map.of("mappers", List.of(Map.of("type", "guess", "mapperConfiguration", Map.of()))), "guess");
        assertRefused(
                Map.of(
                        "mappers",
                        List.of(Map.of(
                                "type", "hashing", "mapperConfiguration", Map.of("targetField", "a", "salt", "b")))),
                "salt");
        assertRefused(Map.of("selectedFields", List.of(Map.of("fieldPath", List.of("a", "b")))), "path of one name");
        assertRefused(Map.of("rejects", Map.of("policy", "annotate", "strict", "fail")), "either marked or refused");
        assertRefused(Map.of("rejects", Map.of("max", "many")), "contradict");
    }

    private static void assertRefused(Map<String, Object> words, String why) {
        assertThatThrownBy(() -> StreamWords.settings("users", null, words))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo("E_STREAM_SETTINGS");
                    assertThat(refused.problem().where()).isEqualTo("users");
                    assertThat(refused.problem().why()).contains(why);
                });
    }
}
