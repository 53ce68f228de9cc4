package dev.sluice.engine.map;

import static dev.sluice.engine.map.Batches.ID;
import static dev.sluice.engine.map.Batches.UNCHANGED;
import static dev.sluice.engine.map.Batches.filter;
import static dev.sluice.engine.map.Batches.hash;
import static dev.sluice.engine.map.Batches.mapping;
import static dev.sluice.engine.map.Batches.row;
import static dev.sluice.engine.map.Batches.rows;
import static dev.sluice.engine.map.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.RowFilter;
import dev.sluice.spi.source.RowFilter.Comparison;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mappers do to rows, marks and operations, one after the other; and what they refuse. */
class MappingTest {
    private static final Schema PEOPLE = Schema.of(ID, text("email"), text("city"));
    private static final RecordBatch BATCH =
            Batches.of(PEOPLE, row("1", "ann@x.org", "Bern"), row("2", null, "Rome"), row("3", "", null));

    @ParameterizedTest
    @CsvSource({
        "MD2, da853b0d3f88d99b30283a69e6ded6bb",
        "MD5, 900150983cd24fb0d6963f7d28e17f72",
        "SHA-1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "SHA-224, 23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
        "SHA-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    })
    void hashesAsEverybodyElseDoes(String method, String digest) {
        MapperSpec spec = new MapperSpec.Hash("city", HashMethod.of(method).orElseThrow(), "_h", null);

        RecordBatch mapped = apply(mapping(PEOPLE, spec), Batches.of(PEOPLE, row("1", null, "abc")))
                .batch();

        assertThat(mapped.schema().names()).containsExactly("id", "email", "city_h");
        assertThat(rows(mapped)).containsExactly(row("1", null, digest));
    }

    @Test
    void hashesWithAKeyAsRfc4231Says() {
        MapperSpec spec = new MapperSpec.Hash("city", HashMethod.SHA_256, "_h", new Secret("Jefe"));

        RecordBatch mapped = apply(
                        mapping(PEOPLE, spec), Batches.of(PEOPLE, row("1", null, "what do ya want for nothing?")))
                .batch();

        assertThat(rows(mapped).getFirst().get(2))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void leavesNullsNullAndUnsentValuesUnsentAndCarriesMarksAlong() {
        List<ValueChange> changes =
                List.of(new ValueChange(1, "email", Change.NULLED, Reason.SOURCE_SERIALIZATION_ERROR));
        RecordBatch batch = Batches.of(
                PEOPLE,
                List.of(row("1", UNCHANGED, "Bern"), row("2", null, "Rome")),
                List.of(Operation.UPDATE, Operation.INSERT),
                changes);

        RecordBatch mapped = apply(mapping(PEOPLE, hash("email"), new MapperSpec.Rename("city", "town")), batch)
                .batch();

        assertThat(mapped.schema().names()).containsExactly("id", "email_hashed", "town");
        assertThat(rows(mapped)).containsExactly(row("1", UNCHANGED, "Bern"), row("2", null, "Rome"));
        assertThat(mapped.operation(0)).isEqualTo(Operation.UPDATE);
        assertThat(mapped.changes())
                .containsExactly(new ValueChange(1, "email_hashed", Change.NULLED, Reason.SOURCE_SERIALIZATION_ERROR));
        assertThat(mapped.extractedAt()).isEqualTo(42);
    }

    @Test
    void hashesNumbersByTheirText() {
        Schema numbers = Schema.of(new Field("n", new DataType.IntType(64)), new Field("m", new DataType.IntType(32)));
        RecordBatch batch = Batches.of(numbers, row("-9223372036854775808", "0"), row("1234567890123", "-2147483648"));
        Schema texts = Schema.of(text("n"), text("m"));
        RecordBatch same = Batches.of(texts, row("-9223372036854775808", "0"), row("1234567890123", "-2147483648"));

        assertThat(rows(apply(mapping(numbers, hash("n"), hash("m")), batch).batch()))
                .isEqualTo(
                        rows(apply(mapping(texts, hash("n"), hash("m")), same).batch()));
    }

    @Test
    void passesABatchOnUntouchedIfAllRowsPass() {
        Mapped mapped = apply(mapping(PEOPLE, filter("id < 10")), BATCH);

        assertThat(mapped.batch()).isSameAs(BATCH);
        assertThat(mapped.filtered()).isZero();
    }

    @Test
    void dropsRowsThatAFilterDoesNotPassUnknownOnesToo() {
        List<ValueChange> changes = List.of(
                new ValueChange(0, "email", Change.TRUNCATED, Reason.SOURCE_FIELD_SIZE_LIMITATION),
                new ValueChange(1, "email", Change.NULLED, Reason.SOURCE_FIELD_SIZE_LIMITATION));
        RecordBatch batch = Batches.of(
                PEOPLE, List.of(row("1", "a", "Bern"), row("2", null, "Rome"), row("3", "", null)), null, changes);

        Mapped mapped = apply(mapping(PEOPLE, filter("city = 'Rome'")), batch);

        assertThat(rows(mapped.batch())).containsExactly(row("2", null, "Rome"));
        assertThat(mapped.filtered()).isEqualTo(2);
        assertThat(mapped.batch().changes())
                .containsExactly(new ValueChange(0, "email", Change.NULLED, Reason.SOURCE_FIELD_SIZE_LIMITATION));
    }

    @Test
    void mapsABatchOfWhichNothingIsLeft() {
        Mapped mapped = apply(mapping(PEOPLE, filter("false"), hash("email")), BATCH);

        assertThat(mapped.batch().rows()).isZero();
        assertThat(mapped.batch().schema().names()).containsExactly("id", "email_hashed", "city");
        assertThat(mapped.filtered()).isEqualTo(3);
    }

    @Test
    void sendsDeletesWithoutValuesWhereTheDestinationMayHaveTheRow() {
        Schema schema = Schema.of(ID, text("email"), text("city"), new Field("at", new DataType.DateType()));
        RecordBatch batch =
                Batches.of(schema, row("1", "a", "Bern", "2024-01-01"), row("2", "b", "Rome", "2024-01-02"));
        Mapping mapping = mapping(
                        schema,
                        new Roles(List.of("id"), "at"),
                        new MapperSpec.Rename("id", "key"),
                        filter("city = 'Rome'"),
                        new MapperSpec.Compute("x", "1 / (length(city) - 4)", false),
                        hash("email"))
                .removing();

        Mapped mapped = apply(mapping, batch);

        assertThat(mapped.batch().operation(0)).isEqualTo(Operation.DELETE);
        assertThat(rows(mapped.batch()).getFirst()).isEqualTo(row("1", null, null, "2024-01-01", null));
        assertThat(mapped.removals().cardinality()).isOne();
        // The row that passes fails in the expression, and its neighbour's mark moves with it.
        assertThat(mapped.rejections()).hasSize(1);
        assertThat(mapped.rejections().getFirst().row()).isEqualTo(1);
        assertThat(mapped.batch().rows()).isOne();
        assertThat(mapped.removals().get(0)).isTrue();
        assertThat(mapping.renamed("id")).isEqualTo("key");
    }

    @Test
    void letsDeletesOfTheSourcePass() {
        RecordBatch batch = Batches.of(PEOPLE, List.of(row("1", null, null)), List.of(Operation.DELETE), List.of());

        Mapped mapped = apply(mapping(PEOPLE, filter("1 / length(city) > 0 and email = 'x'")), batch);

        assertThat(mapped.batch()).isSameAs(batch);
    }

    @Test
    void rejectsARowWhoseValueCannotBeMadeOrMarksIt() {
        MapperSpec compute = new MapperSpec.Compute("inverse", "divide(1, id - 2, 1)", false);

        Mapped rejecting = mapping(PEOPLE, compute).apply(BATCH, false);
        Mapped marking = mapping(PEOPLE, compute).apply(BATCH, true);

        assertThat(rejecting.batch().rows()).isEqualTo(2);
        assertThat(rejecting.rejections())
                .containsExactly(
                        new Mapped.Rejection(1, "CANNOT_COMPUTE", "the field inverse: a division by zero", "inverse"));
        assertThat(marking.rejections()).isEmpty();
        assertThat(rows(marking.batch())).element(1).isEqualTo(row("2", null, "Rome", null));
        assertThat(marking.batch().changes())
                .containsExactly(new ValueChange(1, "inverse", Change.NULLED, Reason.PLATFORM_SERIALIZATION_ERROR));
    }

    @Test
    void rejectsRowsOfWhichNobodyKnowsWhetherTheyPass() {
        RecordBatch batch = Batches.of(
                PEOPLE,
                List.of(row("1", "a", UNCHANGED), row("2", "b", "Rome")),
                List.of(Operation.UPDATE, Operation.UPDATE),
                List.of());

        Mapped unsent = mapping(PEOPLE, filter("city = 'Rome'")).apply(batch, true);
        Mapped undecided = mapping(PEOPLE, filter("1 / (id - 1) > 0")).apply(BATCH, true);

        assertThat(unsent.rejections()).extracting(Mapped.Rejection::code).containsExactly("UNCHANGED_VALUE");
        assertThat(undecided.rejections()).extracting(Mapped.Rejection::code).containsExactly("CANNOT_FILTER");
        assertThat(undecided.rejections().getFirst().row()).isZero();
    }

    @Test
    void replacesAFieldByWhatIsComputedOfIt() {
        RecordBatch mapped = apply(mapping(PEOPLE, new MapperSpec.Compute("city", "upper(city)", true)), BATCH)
                .batch();

        assertThat(mapped.schema().names()).containsExactly("id", "email", "city");
        assertThat(rows(mapped)).element(0).isEqualTo(row("1", "ann@x.org", "BERN"));
    }

    @Test
    void seesWhatEarlierMappersLeft() {
        Mapping mapping = mapping(
                PEOPLE,
                new MapperSpec.Rename("city", "town"),
                new MapperSpec.Compute("place", "upper(town)", false),
                new MapperSpec.Remove("town"),
                hash("place"));

        assertThat(mapping.schema().names()).containsExactly("id", "email", "place_hashed");
        assertThat(mapping.hidden()).containsExactly("city");
        assertThat(mapping.words())
                .containsExactly(
                        "rename city to town",
                        "compute place = upper(town)",
                        "remove town",
                        "hash place as place_hashed (SHA-256)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash emial|E_FIELD_NOT_FOUND|there is no field emial to hash",
                "hash id|E_MAPPER_KEY|is the primary key and cannot be hashed",
                "hash city|E_MAPPER_KEY|is the cursor and cannot be hashed",
                "remove id|E_MAPPER_KEY|cannot be removed",
                "replace id|E_MAPPER_KEY|cannot be replaced",
                "rename email|E_FIELD_EXISTS|would be named city like another one",
                "compute city|E_FIELD_EXISTS|would be named city",
                "compute new|E_EXPRESSION|the expression ends",
                "filter|E_MAPPER_INVALID|a filter needs a condition",
                "select email|E_MAPPER_INVALID|has no fields inside",
                "keyed MD2|E_MAPPER_INVALID|has no form with a key",
            })
    void refusesWhatCannotWorkBeforeAnyRowIsRead(String what, String code, String message) {
        String field = what.substring(what.indexOf(' ') + 1);
        MapperSpec spec = switch (what.split(" ")[0]) {
            case "hash" -> hash(field);
            case "remove" -> new MapperSpec.Remove(field);
            case "replace" -> new MapperSpec.Compute(field, "1", true);
            case "rename" -> new MapperSpec.Rename(field, "city");
            case "compute" -> new MapperSpec.Compute(field, "1 +", false);
            case "filter" -> filter("id + 1");
            case "select" -> new MapperSpec.Select(field, List.of(List.of("a")));
            default -> new MapperSpec.Hash("email", HashMethod.MD2, "_h", new Secret("k"));
        };
        if (what.equals("compute city")) {
            spec = new MapperSpec.Compute("city", "1", false);
        }
        MapperSetting setting = new MapperSetting("shop.yaml:7:3", spec);

        assertThatThrownBy(
                        () -> Mapping.of("public.people", PEOPLE, List.of(setting), new Roles(List.of("id"), "city")))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo(code);
                    assertThat(failure.problem().message()).contains(message);
                    assertThat(failure.problem().where()).isEqualTo("shop.yaml:7:3 (stream public.people)");
                });
    }

    @Test
    void tellsSourcesWhatTheyMayLeaveOut() {
        RowFilter ten = new RowFilter.Compare("id", Comparison.LESS, new DataType.IntType(64), "10");
        RowFilter bern = new RowFilter.Compare("city", Comparison.EQUAL, new DataType.TextType(), "Bern");
        Mapping mapping = mapping(
                PEOPLE,
                filter("10 > id and length(email) > 3 and (city = 'Bern' or email is null)"),
                filter("not coalesce(city = 'Bern', false)"),
                hash("email"),
                filter("id > 5"));

        assertThat(mapping.prefilter())
                .isEqualTo(new RowFilter.All(List.of(
                        ten,
                        new RowFilter.Any(List.of(bern, new RowFilter.IsNull("email"))),
                        new RowFilter.Not(new RowFilter.Certain(bern)))));
        assertThat(mapping.removing().prefilter()).isNull();
        assertThat(mapping(PEOPLE, hash("email"), filter("id > 5")).prefilter()).isNull();
        assertThat(mapping(PEOPLE, filter("length(city) = 4 or id = 1")).prefilter())
                .isNull();
    }

    @Test
    void hasAnotherSignatureWithAnotherKeyAndShowsNone() {
        MapperSpec one = new MapperSpec.Hash("email", HashMethod.SHA_256, "_h", new Secret("first key"));
        MapperSpec other = new MapperSpec.Hash("email", HashMethod.SHA_256, "_h", new Secret("second key"));

        assertThat(mapping(PEOPLE, one).signature())
                .isNotEqualTo(mapping(PEOPLE, other).signature());
        assertThat(mapping(PEOPLE, one).words() + mapping(PEOPLE, one).signature() + one)
                .doesNotContain("first key")
                .contains("******");
    }

    private static Mapped apply(Mapping mapping, RecordBatch batch) {
        return mapping.apply(batch, false);
    }
}
