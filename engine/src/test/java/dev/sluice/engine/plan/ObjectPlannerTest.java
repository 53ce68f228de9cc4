package dev.sluice.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.ObjectSettings.MappedField;
import dev.sluice.engine.connection.ObjectSettings.Nulls;
import dev.sluice.engine.connection.ObjectSettings.Origin;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.map.Mapping;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowJson;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapping is held against what a system takes before anything is sent, and each value again on its way. */
class ObjectPlannerTest {
    private static final DataType TEXT = new DataType.TextType();
    private static final Field MAIL = new Field("mail", TEXT);
    private static final Field SCORE = new Field("score", TEXT);
    private static final CatalogStream PEOPLE =
            Wishes.stream(StreamId.of("people"), Cursor.NONE, null, Wishes.ID, MAIL, SCORE);

    private final FakeDestination destination = FakeDestination.empty(Hook.NONE)
            .with(
                    operation(DestinationSyncMode.APPEND, true, List.of()),
                    operation(
                            DestinationSyncMode.APPEND_DEDUP,
                            true,
                            List.of(List.of("email"), List.of("number", "tier"))),
                    operation(DestinationSyncMode.UPDATE, false, List.of(List.of("email"))));

    private static ObjectOperation operation(DestinationSyncMode method, boolean required, List<List<String>> keys) {
        return new ObjectOperation(
                "contact",
                method,
                List.of(
                        field("email", TEXT, required),
                        field("number", new DataType.IntType(64), false),
                        field("uid", new DataType.UuidType(), false),
                        new ObjectField(new Field("tier", TEXT), "Tier", false, List.of("gold", "silver"))),
                false,
                keys);
    }

    private static ObjectField field(String name, DataType type, boolean required) {
        return new ObjectField(new Field(name, type), name, required, List.of());
    }

    private static MappedField from(String to, String source) {
        return new MappedField(to, new Origin.SourceField(source), Nulls.CLEAR);
    }

    private static MappedField constant(String to, Object value) {
        return new MappedField(to, new Origin.Constant(value), Nulls.KEEP);
    }

    private ObjectPlanner.Objects plan(@Nullable StreamMode mode, List<String> matching, MappedField... fields) {
        return plan("contact", mode, matching, fields);
    }

    private ObjectPlanner.Objects plan(
            String object, @Nullable StreamMode mode, List<String> matching, MappedField... fields) {
        ObjectSettings wanted = new ObjectSettings(object, matching, Arrays.asList(fields));
        StreamSettings settings = new StreamSettings(
                "people",
                mode,
                FieldPath.of("id"),
                List.of(),
                new FieldSelection.All(),
                null,
                new RowRules(false, null, List.of(), wanted));
        return ObjectPlanner.plan(PEOPLE, settings, wanted, Mapping.none(PEOPLE.schema()), destination);
    }

    private Problem refused(@Nullable StreamMode mode, List<String> matching, MappedField... fields) {
        return catchThrowableOfType(ProblemException.class, () -> plan(mode, matching, fields))
                .problem();
    }

    @Test
    void aFieldThatTakesAnythingGetsValuesAsTheyAre() {
        FakeDestination sheet = FakeDestination.empty(Hook.NONE)
                .with(new ObjectOperation(
                        "contact",
                        DestinationSyncMode.APPEND,
                        List.of(
                                field("a", new DataType.UnknownType("any"), true),
                                field("b", new DataType.UnknownType("any"), false)),
                        false,
                        List.of()));
        ObjectSettings wanted = new ObjectSettings("contact", List.of(), List.of(from("a", "id"), constant("b", "x")));
        StreamSettings settings = new StreamSettings(
                "people",
                StreamMode.FULL_REFRESH_APPEND,
                null,
                List.of(),
                new FieldSelection.All(),
                null,
                new RowRules(false, null, List.of(), wanted));
        ObjectPlanner.Objects planned =
                ObjectPlanner.plan(PEOPLE, settings, wanted, Mapping.none(PEOPLE.schema()), sheet);
        assertThat(planned.mapping().schema().fields())
                .containsExactly(new Field("a", Wishes.ID.type()), new Field("b", TEXT));
        assertThat(FieldSuggestions.of(
                        PEOPLE.schema(), sheet.operations("contact").getFirst()))
                .isEmpty();
    }

    @Test
    void aCheckTellsEverythingThatIsWrongWithItsPlace() {
        assertThat(checked(
                                "contact",
                                StreamMode.FULL_REFRESH_APPEND,
                                from("number", "nothing"),
                                from("number", "id"),
                                constant("tears", "x"))
                        .mistakes())
                .extracting(
                        ObjectCheck.Mistake::setting,
                        ObjectCheck.Mistake::field,
                        mistake -> mistake.problem().code())
                .containsExactly(
                        tuple("mappedFields", "number", "E_OBJECT_FIELD"),
                        tuple("mappedFields", "number", "E_OBJECT_FIELD"),
                        tuple("mappedFields", "tears", "E_OBJECT_FIELD"),
                        tuple("mappedFields", "email", "E_OBJECT_REQUIRED"));
        assertThat(checked("deal", StreamMode.FULL_REFRESH_APPEND, from("email", "mail"))
                        .mistakes())
                .extracting(ObjectCheck.Mistake::setting)
                .containsExactly("destinationObjectName");
        assertThat(checked("contact", StreamMode.FULL_REFRESH_DELETE, from("email", "mail"))
                        .mistakes())
                .extracting(ObjectCheck.Mistake::setting)
                .containsExactly("syncMode");
        assertThat(checked("contact", StreamMode.FULL_REFRESH_UPSERT, from("email", "mail"))
                        .mistakes())
                .extracting(ObjectCheck.Mistake::setting)
                .containsExactly("matchingKey");
        assertThat(checked("contact", StreamMode.FULL_REFRESH_APPEND, from("email", "mail"))
                        .mapping())
                .isNotNull();
    }

    private ObjectCheck checked(String object, StreamMode mode, MappedField... fields) {
        ObjectSettings wanted = new ObjectSettings(object, List.of(), Arrays.asList(fields));
        StreamSettings settings = StreamSettings.of("people").with(new RowRules(false, null, List.of(), wanted));
        return ObjectCheck.of(
                PEOPLE,
                new StreamSettings("people", mode, null, List.of(), settings.fields(), null, settings.rows()),
                destination);
    }

    @Test
    void fieldsOfAlikeNamesAreProposedWhereTheirTypesFit() {
        assertThat(FieldSuggestions.of(PEOPLE.schema(), operation(DestinationSyncMode.APPEND, true, List.of())))
                .extracting(FieldSuggestions.Suggestion::to, FieldSuggestions.Suggestion::field)
                .containsExactly(tuple("email", "mail"));
        assertThat(FieldSuggestions.likeness("First_Name", "firstName")).isEqualTo(1);
        assertThat(FieldSuggestions.likeness("phone", "score")).isLessThan(0.5);
    }

    @Test
    void findsObjectsByTheKeyThatIsChosen() {
        ObjectPlanner.Objects planned = plan(
                StreamMode.INCREMENTAL_APPEND_DEDUPED,
                List.of("tier", "number"),
                from("email", "mail"),
                from("number", "score"),
                constant("tier", "gold"));

        assertThat(planned.write().primaryKey()).containsExactly(FieldPath.of("number"), FieldPath.of("tier"));
        assertThat(planned.cursor()).isEqualTo(FieldPath.of("id"));
        assertThat(planned.object().kept()).as("no null of a key is looked for").isEmpty();
        assertThat(planned.mapping().schema().names()).containsExactly("email", "number", "tier");
    }

    @Test
    void theOnlyKeyNeedsNoChoice() {
        assertThat(plan(StreamMode.FULL_REFRESH_UPDATE, List.of(), from("email", "mail"))
                        .write()
                        .primaryKey())
                .containsExactly(FieldPath.of("email"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email=mail,numbre=mail|E_OBJECT_FIELD|did you mean number?",
                "email=mial|E_OBJECT_FIELD|did you mean mail?",
                "email=mail,email=score|E_OBJECT_FIELD|coalesce",
                "number=score|E_OBJECT_REQUIRED|`email: mail`",
                "|E_OBJECT_REQUIRED|email",
            })
    void whatIsMappedAmissIsToldWithItsRemedy(@Nullable String fields, String code, String fix) {
        List<MappedField> mapped = new ArrayList<>();
        for (String each : fields == null ? new String[0] : fields.split(",")) {
            mapped.add(from(each.split("=")[0], each.split("=")[1]));
        }

        Problem problem = refused(StreamMode.FULL_REFRESH_APPEND, List.of(), mapped.toArray(MappedField[]::new));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.where()).isEqualTo("people to contact");
        assertThat(problem.fix()).contains(fix);
    }

    @Test
    void methodsKeysAndTypesThatDoNotFitAreRefused() {
        MappedField email = from("email", "mail");
        assertThat(refused(null, List.of(), email).fix()).contains("incremental_upsert", "full_refresh_update");
        assertThat(refused(StreamMode.FULL_REFRESH_DELETE, List.of(), email).code())
                .isEqualTo("E_OBJECT_METHOD");
        assertThat(refused(StreamMode.FULL_REFRESH_UPSERT, List.of(), email).code())
                .as("several keys, and none is chosen")
                .isEqualTo("E_OBJECT_KEY");
        assertThat(refused(StreamMode.FULL_REFRESH_UPSERT, List.of("number"), email)
                        .why())
                .contains("email, or by number and tier");
        assertThat(refused(StreamMode.FULL_REFRESH_APPEND, List.of("email"), email)
                        .code())
                .as("an insert looks for nothing")
                .isEqualTo("E_OBJECT_KEY");
        assertThat(refused(StreamMode.FULL_REFRESH_APPEND, List.of(), email, constant("uid", 5))
                        .code())
                .isEqualTo("E_OBJECT_TYPE");
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> plan("contacts", StreamMode.FULL_REFRESH_APPEND, List.of(), email))
                        .problem()
                        .fix())
                .isEqualTo("did you mean contact?");
    }

    @Test
    void eachValueIsOneThatTheObjectTakesOrItsRowIsRejected() {
        Mapping mapping = plan(
                        StreamMode.FULL_REFRESH_APPEND,
                        List.of(),
                        from("email", "mail"),
                        from("number", "score"),
                        new MappedField("tier", new Origin.Computed("if(score = '7', 'gold', 'lead')"), Nulls.CLEAR))
                .mapping();
        Mapped mapped = mapping.apply(batch(new String[][] {{"a", "7"}, {"b", "x"}, {null, "7"}, {"d", "8"}}), false);

        assertThat(mapped.rejections())
                .extracting(each -> each.row() + " " + each.code() + " " + each.field())
                .containsExactlyInAnyOrder("1 CANNOT_CONVERT number", "2 REQUIRED email", "3 NOT_ALLOWED tier");
        assertThat(new String(RowJson.of(mapped.batch(), 0), StandardCharsets.UTF_8))
                .isEqualTo("{\"email\":\"a\",\"number\":7,\"tier\":\"gold\"}");
        assertThat(mapping.renamed("mail")).isEqualTo("email");
        assertThat(mapping.hidden()).as("what is not mapped is no secret").isEmpty();
    }

    private static RecordBatch batch(@Nullable String[][] rows) {
        LongColumn.Builder ids = new LongColumn.Builder(rows.length);
        BytesColumn.Builder mails = new BytesColumn.Builder(rows.length);
        BytesColumn.Builder scores = new BytesColumn.Builder(rows.length);
        for (int i = 0; i < rows.length; i++) {
            ids.append(i);
            append(mails, rows[i][0]);
            append(scores, rows[i][1]);
        }
        return RecordBatch.of(PEOPLE.schema(), rows.length, List.of(ids.build(), mails.build(), scores.build()), 0);
    }

    private static void append(BytesColumn.Builder builder, @Nullable String text) {
        if (text == null) {
            builder.appendNull();
        } else {
            builder.append(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
