package dev.sluice.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.SchemaRule;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.plan.StreamChange.Effect;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from a stream that is not what it was, under each rule and in the modes in which it matters. */
class SchemaDriftTest {
    private static final Owner OWNER = new Owner("connection", "test", false);
    private static final Field ID = Wishes.ID;
    private static final Field AT = new Field("at", new DataType.IntType(64));
    private static final Field NAME = new Field("name", new DataType.TextType());
    private static final Field SIZE = new Field("size", new DataType.IntType(32));
    private static final CatalogStream BEFORE = stream("id", ID, AT, NAME, SIZE);

    private final FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private StreamSettings settings = Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND_DEDUPED, "at");
    private List<StreamSettings> others = List.of();
    private List<CatalogStream> alsoKnown = List.of();
    private ConnectionRules rules = ConnectionRules.USUAL;

    /** The fields that are copied afterwards, or the code of the problem that stops the stream. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "propagate_columns | added   | id at name size extra | APPLIED",
                "propagate_columns | removed | id at name            | APPLIED",
                "propagate_columns | renamed | id at name length     | APPLIED",
                "propagate_columns | widened | id at name size       | APPLIED",
                "propagate_columns | retyped | E_TYPE_CHANGED        | STOPPED",
                "propagate_fully   | added   | id at name size extra | APPLIED",
                "propagate_fully   | removed | id at name            | APPLIED",
                "propagate_fully   | renamed | id at name length     | APPLIED",
                "propagate_fully   | widened | id at name size       | APPLIED",
                "propagate_fully   | retyped | E_TYPE_CHANGED        | STOPPED",
                "ignore            | added   | id at name size       | LEFT_OUT",
                "ignore            | removed | id at name            | LEFT_OUT",
                "ignore            | renamed | id at name            | LEFT_OUT",
                "ignore            | widened | E_SCHEMA_IGNORED      | STOPPED",
                "ignore            | retyped | E_TYPE_CHANGED        | STOPPED",
                "pause             | added   | E_SCHEMA_PAUSED       | STOPPED",
                "pause             | removed | E_SCHEMA_PAUSED       | STOPPED",
                "pause             | renamed | E_SCHEMA_PAUSED       | STOPPED",
                "pause             | widened | E_SCHEMA_PAUSED       | STOPPED",
                "pause             | retyped | E_SCHEMA_PAUSED       | STOPPED",
            })
    void followsTheRule(String rule, String change, String result, Effect effect) {
        CatalogStream now = switch (change) {
            case "added" -> stream("id", ID, AT, NAME, SIZE, new Field("extra", new DataType.TextType()));
            case "removed" -> stream("id", ID, AT, NAME);
            case "renamed" -> stream("id", ID, AT, NAME, new Field("length", SIZE.type()));
            case "widened" -> stream("id", ID, AT, NAME, new Field("size", new DataType.IntType(64)));
            default -> stream("id", ID, AT, NAME, new Field("size", new DataType.BoolType()));
        };
        rules = rules.with(SchemaRule.of(rule).orElseThrow());
        SyncPlan plan = plan(now);

        assertThat(plan.problems())
                .as("other streams are not kept from being copied")
                .isEmpty();
        assertThat(plan.changes()).extracting(StreamChange::effect).containsExactly(effect);
        if (effect == Effect.STOPPED) {
            assertThat(plan.streams()).isEmpty();
            assertThat(only(plan.stopped()).problem().code()).isEqualTo(result);
        } else {
            assertThat(String.join(" ", only(plan.streams()).read().schema().names()))
                    .isEqualTo(result);
        }
    }

    @ParameterizedTest
    @EnumSource(SchemaRule.class)
    void breakingChangesStopTheirStreamUnderEveryRule(SchemaRule rule) {
        rules = rules.with(rule);
        others = List.of(StreamSettings.of("b"));
        String code = rule == SchemaRule.PAUSE ? "E_SCHEMA_PAUSED" : "E_SCHEMA_BREAKING";
        assertStopped(stream("id", ID, NAME, SIZE), code, "at");
        assertStopped(stream(null, AT, NAME, SIZE), code, "id");
        assertStopped(stream("name", ID, AT, NAME, SIZE), code, "(id)");
        CatalogStream whole = new CatalogStream(
                BEFORE.id(), BEFORE.schema(), Set.of(), Cursor.NONE, BEFORE.primaryKey(), true, Estimate.NONE);
        assertStopped(whole, code, "incrementally");
    }

    private void assertStopped(CatalogStream now, String code, String why) {
        SyncPlan plan = plan(now, Wishes.stream("b"));
        assertThat(plan.problems()).isEmpty();
        Problem problem = only(plan.stopped()).problem();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.why()).contains(why);
        assertThat(problem.fix()).isNotNull();
        assertThat(plan.streams()).extracting(each -> each.stream().name()).containsExactly("b");
    }

    @Test
    void aKeyMattersOnlyWhereOneRowAKeyIsKept() {
        settings = Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND, "at");

        assertThat(only(plan(stream("name", ID, AT, NAME, SIZE)).streams()).mode())
                .isEqualTo(StreamMode.INCREMENTAL_APPEND);
        StreamPlan keyGone = only(plan(stream(null, AT, NAME, SIZE)).streams());
        assertThat(keyGone.read().primaryKey()).isEmpty();
    }

    @Test
    void goesOnWithTheOldKeyWhenTheSourceNoLongerHasOne() {
        StreamPlan plan = only(plan(stream(null, ID, AT, NAME, SIZE)).streams());

        assertThat(plan.target().mode().primaryKey()).containsExactly(FieldPath.of("id"));
        assertThat(plan.drift().accepted()).as("the old key stays remembered").isNull();
    }

    @Test
    void neverChangesAModeThatItChoseItself() {
        settings = Wishes.keyed("a", null, "at");
        CatalogStream keyless = stream(null, ID, AT);
        make(keyless, StreamMode.INCREMENTAL_APPEND);

        SyncPlan plan = planAfter(keyless, stream("id", ID, AT));
        assertThat(only(plan.streams()).mode()).isEqualTo(StreamMode.INCREMENTAL_APPEND);
        assertThat(only(plan.changes()).effect()).isEqualTo(Effect.LEFT_OUT);
    }

    @Test
    void takesANewKeyThatTheUserNames() {
        settings = Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND_DEDUPED, "at", "id", "name");
        CatalogStream now = new CatalogStream(
                BEFORE.id(),
                BEFORE.schema(),
                BEFORE.syncModes(),
                Cursor.NONE,
                List.of(FieldPath.of("id"), FieldPath.of("name")),
                true,
                Estimate.NONE);

        assertThat(only(plan(now).streams()).read().primaryKey()).hasSize(2);
    }

    @Test
    void remembersWhatItApplies() {
        CatalogStream now = stream("id", ID, AT, NAME);

        assertThat(only(plan(now).streams()).drift().accepted()).isEqualTo(now);
        assertThat(only(plan(BEFORE).streams()).drift()).isEqualTo(StreamDrift.NONE);
        rules = rules.with(SchemaRule.IGNORE);
        assertThat(only(plan(now).streams()).drift()).isEqualTo(StreamDrift.NONE);
    }

    @Test
    void remembersAStreamThatIsCopiedForTheFirstTime() {
        SyncPlan plan = Planner.plan(connection(), OWNER, PlanMemory.NONE, catalog(BEFORE), destination);

        assertThat(only(plan.streams()).drift().accepted()).isEqualTo(BEFORE);
        assertThat(plan.changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ignore, LEFT_OUT, ''",
        "propagate_columns, APPLIED, b",
        "propagate_fully, APPLIED, b",
        "pause, STOPPED, ''"
    })
    void aNewStreamThatAPatternMatchesFollowsTheRule(String rule, Effect effect, String copied) {
        rules = rules.with(SchemaRule.of(rule).orElseThrow());
        settings = StreamSettings.of("*");
        SyncPlan plan = plan(BEFORE, Wishes.stream("b"));

        assertThat(plan.changes()).extracting(StreamChange::kind).containsExactly(StreamChange.Kind.ADDED);
        assertThat(only(plan.changes()).effect()).isEqualTo(effect);
        assertThat(plan.streams().stream().map(each -> each.stream().name()).filter("b"::equals))
                .hasSize(copied.isEmpty() ? 0 : 1);
    }

    @Test
    void aNewStreamThatIsNamedIsNoChange() {
        rules = rules.with(SchemaRule.PAUSE);
        others = List.of(StreamSettings.of("b"));
        SyncPlan plan = plan(BEFORE, Wishes.stream("b"));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.streams()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ignore, a, E_STREAM_GONE",
        "propagate_columns, a, E_STREAM_GONE",
        "propagate_fully, a, ''",
        "pause, a, E_STREAM_GONE",
        "ignore, *, ''",
        "propagate_columns, *, ''",
        "propagate_fully, *, ''",
        "pause, *, E_SCHEMA_PAUSED"
    })
    void aStreamThatIsGoneFollowsTheRuleAndStopsNoOther(String rule, String pattern, String code) {
        rules = rules.with(SchemaRule.of(rule).orElseThrow());
        settings = StreamSettings.of(pattern);
        others = List.of(StreamSettings.of("b"));
        alsoKnown = List.of(Wishes.stream("b"));
        SyncPlan plan = plan(Wishes.stream("b"));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.changes()).extracting(StreamChange::kind).contains(StreamChange.Kind.REMOVED);
        assertThat(plan.stopped().stream().map(each -> each.problem().code()).filter(code::equals))
                .hasSize(code.isEmpty() ? 0 : 1);
    }

    @Test
    void aNameThatWasNeverThereIsStillAMistake() {
        settings = StreamSettings.of("aa");

        assertThat(plan(BEFORE).problems()).extracting(Problem::code).containsExactly("E_STREAM_NOT_FOUND");
    }

    @Test
    void changesOfFieldsThatAreNotCopiedMeanNothing() {
        rules = rules.with(SchemaRule.PAUSE);
        settings = selecting(new FieldSelection.Include(List.of("id", "at", "name")));

        assertThat(plan(stream("id", ID, AT, NAME)).stopped())
                .as("size is gone")
                .isEmpty();
        settings = selecting(new FieldSelection.Exclude(List.of("size")));
        assertThat(plan(stream("id", ID, AT, NAME)).stopped())
                .as("size is gone")
                .isEmpty();
        assertThat(plan(stream("id", ID, AT, NAME)).changes()).isEmpty();
    }

    @Test
    void aFieldThatTheUserNamesIsAcceptedByThat() {
        rules = rules.with(SchemaRule.IGNORE);
        settings = selecting(new FieldSelection.Include(List.of("id", "at", "extra")));
        SyncPlan plan = plan(stream("id", ID, AT, NAME, SIZE, new Field("extra", new DataType.TextType())));

        assertThat(only(plan.streams()).read().schema().names()).containsExactly("id", "at", "extra");
    }

    @Test
    void aSelectedFieldThatIsGoneIsNoMistakeInTheProjectFile() {
        settings = selecting(new FieldSelection.Include(List.of("id", "at", "size")));

        assertThat(only(plan(stream("id", ID, AT)).streams()).read().schema().names())
                .containsExactly("id", "at");
        settings = selecting(new FieldSelection.Include(List.of("id", "at", "sise")));
        assertThat(plan(BEFORE).problems()).extracting(Problem::code).containsExactly("E_FIELD_NOT_FOUND");
    }

    @Test
    void fillsOlderRowsOnlyWhereTheyCanBeMerged() {
        CatalogStream now = stream("id", ID, AT, NAME, SIZE, new Field("extra", new DataType.TextType()));
        assertThat(only(plan(now).streams()).drift().backfills()).isFalse();
        assertThat(only(plan(now).streams()).notes())
                .containsExactly("older rows have no values of the new fields;"
                        + " `sluice refresh --keep-history --stream a` reads them again");

        rules = rules.withBackfill(true);
        assertThat(only(plan(now).streams()).drift().backfills()).isTrue();
        assertThat(only(plan(stream("id", ID, AT)).streams()).drift().backfills())
                .as("nothing is new")
                .isFalse();
        settings = Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND, "at");
        assertThat(only(plan(now).streams()).drift().backfills()).isFalse();
        assertThat(only(plan(now).streams()).notes().getFirst()).contains("would add each row once more");
    }

    @Test
    void aTypeThatCannotBeHeldFitsIntoATableThatIsReplaced() {
        CatalogStream now = stream("id", ID, AT, NAME, new Field("size", new DataType.BoolType()));
        make(BEFORE, StreamMode.INCREMENTAL_APPEND_DEDUPED);
        PlanMemory memory = new PlanMemory(List.of(BEFORE), Set.of(BEFORE.id()));

        SyncPlan plan = Planner.plan(connection(), OWNER, memory, catalog(now), destination);
        assertThat(plan.stopped()).isEmpty();
        assertThat(plan.streams()).hasSize(1);
    }

    @Test
    void noNewStreamTakesTheNameOfOneThatWasThereBefore() {
        settings = StreamSettings.of("*");
        CatalogStream upper = Wishes.stream("A");
        SyncPlan plan = Planner.plan(
                Wishes.connection(settings),
                OWNER,
                new PlanMemory(List.of(BEFORE), Set.of()),
                new Catalog(List.of(upper, BEFORE)),
                destination);

        assertThat(plan.streams()).extracting(each -> each.stream().name()).containsExactly("A", "a");
        assertThat(plan.streams().get(1).preview().location()).isEqualTo("a");
        assertThat(plan.streams().getFirst().preview().location()).startsWith("a_");
    }

    /** The plan after a run that made the table of what the stream was before. */
    private SyncPlan plan(CatalogStream... now) {
        make(BEFORE, settings.mode() == null ? StreamMode.FULL_REFRESH_OVERWRITE : settings.mode());
        return planAfter(BEFORE, now);
    }

    private SyncPlan planAfter(CatalogStream known, CatalogStream... now) {
        List<CatalogStream> all = new ArrayList<>(List.of(known));
        all.addAll(alsoKnown);
        return Planner.plan(connection(), OWNER, new PlanMemory(all, Set.of()), catalog(now), destination);
    }

    private Connection connection() {
        List<StreamSettings> all = new ArrayList<>(List.of(settings));
        all.addAll(others);
        return Wishes.connection(all.toArray(StreamSettings[]::new)).with(rules);
    }

    private static Catalog catalog(CatalogStream... streams) {
        return new Catalog(Arrays.asList(streams));
    }

    private void make(CatalogStream stream, StreamMode mode) {
        destination.drop("a");
        destination
                .open(new TargetSpec(
                        OWNER,
                        stream.id(),
                        new TargetName(null, "a"),
                        stream.schema(),
                        new WriteMode(
                                mode.write(),
                                stream.primaryKey().isEmpty() ? List.of(FieldPath.of("id")) : stream.primaryKey(),
                                null),
                        new Generation(0, 0, 1)))
                .close();
    }

    private static StreamSettings selecting(FieldSelection fields) {
        return new StreamSettings(
                "a",
                StreamMode.INCREMENTAL_APPEND_DEDUPED,
                FieldPath.of("at"),
                List.of(),
                fields,
                null,
                RowRules.USUAL);
    }

    private static CatalogStream stream(@Nullable String key, Field... fields) {
        return new CatalogStream(
                StreamId.of("a"),
                Schema.of(fields),
                Set.of(SyncMode.INCREMENTAL),
                Cursor.NONE,
                key == null ? List.of() : List.of(FieldPath.of(key)),
                true,
                Estimate.NONE);
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }
}
