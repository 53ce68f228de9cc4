package dev.sluice.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Owner OWNER = new Owner("id", "test", false);
    private static final Field NAME = new Field("name", new DataType.TextType());
    private static final Field ODD = new Field("odd", new DataType.UnknownType("tsvector"));
    private static final CatalogStream ORDERS = Wishes.stream("orders");

    @Test
    void takesTheSettingsThatNameAStreamBeforeAPatternThatStandsAhead() {
        SyncPlan plan = plan(
                Wishes.connection(
                        Wishes.in(StreamMode.FULL_REFRESH_APPEND, "*"),
                        Wishes.in(StreamMode.FULL_REFRESH_OVERWRITE, "orders")),
                ORDERS,
                Wishes.stream("users"));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.streams())
                .extracting(stream -> stream.stream() + " " + stream.mode().key())
                .containsExactly("users full_refresh_append", "orders full_refresh_overwrite");
    }

    @Test
    void letsACatchAllCatchNothingWhenAllStreamsAreNamed() {
        SyncPlan plan = plan(Wishes.connection(StreamSettings.of("orders"), StreamSettings.of("*")), ORDERS);

        assertThat(plan.orThrow().streams()).hasSize(1);
    }

    @Test
    void saysThatAnEmptySourceOffersNothing() {
        assertProblem(plan(Wishes.connection(StreamSettings.of("*"))), "E_NO_STREAMS");
    }

    @Test
    void proposesTheNameThatWasMeant() {
        Problem problem =
                assertProblem(plan(Wishes.connection(StreamSettings.of("odrers")), ORDERS), "E_STREAM_NOT_FOUND");
        assertThat(problem.fix()).isEqualTo("did you mean orders?");
    }

    @Test
    void findsAStreamByItsBareNameInAnyNamespace() {
        CatalogStream inSchema = Wishes.stream(StreamId.of("public", "orders"), Cursor.NONE, null, Wishes.ID);

        assertThat(plan(Wishes.connection(StreamSettings.of("orders")), inSchema)
                        .streams())
                .hasSize(1);
        assertProblem(plan(Wishes.connection(StreamSettings.of("private.orders")), inSchema), "E_STREAM_NOT_FOUND");
    }

    @Test
    void choosesTheModeFromKeyAndCursorAsAirbyteDoes() {
        CatalogStream kept = Wishes.stream(StreamId.of("kept"), Cursor.KEPT_BY_SOURCE, "id", Wishes.ID);
        CatalogStream keyless = Wishes.stream(StreamId.of("keyless"), Cursor.KEPT_BY_SOURCE, null, Wishes.ID);

        assertThat(mode(StreamSettings.of("kept"), kept)).isEqualTo(StreamMode.INCREMENTAL_APPEND_DEDUPED);
        assertThat(mode(StreamSettings.of("keyless"), keyless)).isEqualTo(StreamMode.INCREMENTAL_APPEND);
        assertThat(mode(StreamSettings.of("orders"), ORDERS)).isEqualTo(StreamMode.FULL_REFRESH_OVERWRITE);
        assertThat(mode(Wishes.keyed("orders", null, "id"), ORDERS)).isEqualTo(StreamMode.INCREMENTAL_APPEND_DEDUPED);
        assertThat(mode(StreamSettings.of("w"), Wishes.whole("w", Wishes.ID)))
                .isEqualTo(StreamMode.FULL_REFRESH_OVERWRITE);
    }

    @Test
    void choosesOnlyAModeThatTheDestinationCanWrite() {
        FakeDestination appendOnly = FakeDestination.empty(Hook.NONE)
                .with(new DestinationTraits(Set.of(DestinationSyncMode.APPEND), false, false, false, true, 1));
        SyncPlan plan = Planner.plan(
                Wishes.connection(StreamSettings.of("*")),
                OWNER,
                PlanMemory.NONE,
                new Catalog(List.of(ORDERS)),
                appendOnly);

        assertThat(plan.orThrow().streams().getFirst().mode()).isEqualTo(StreamMode.FULL_REFRESH_APPEND);
        SyncPlan wanted = Planner.plan(
                Wishes.connection(Wishes.in(StreamMode.FULL_REFRESH_OVERWRITE, "*")),
                OWNER,
                PlanMemory.NONE,
                new Catalog(List.of(ORDERS)),
                appendOnly);
        assertThat(assertProblem(wanted, "E_MODE_UNSUPPORTED").fix()).contains("full_refresh_append");
    }

    @Test
    void asksForAKeyAndACursorWhereTheModeNeedsThem() {
        CatalogStream bare = Wishes.stream(StreamId.of("bare"), Cursor.NONE, null, Wishes.ID);
        SyncPlan plan = plan(Wishes.connection(Wishes.in(StreamMode.INCREMENTAL_APPEND_DEDUPED, "bare")), bare);

        assertThat(plan.problems()).extracting(Problem::code).containsExactly("E_CURSOR_MISSING", "E_KEY_MISSING");
        assertThatThrownBy(plan::orThrow).isInstanceOfSatisfying(ProblemException.class, thrown -> {
            assertThat(thrown.problem().why()).contains("1 more problem");
        });
    }

    @Test
    void aStreamThatCannotBeReadStopsNoOther() {
        Problem damaged = Problem.of("E_DAMAGED", ProblemKind.DATA, "it is damaged");
        StreamId parcels = StreamId.of("parcels");
        Catalog catalog = new Catalog(List.of(ORDERS), List.of(new Catalog.Unreadable(parcels, damaged)));
        StoppedStream told = new StoppedStream(parcels, damaged.at("parcels"));

        SyncPlan all = plan(Wishes.connection(StreamSettings.of("*")), catalog);
        assertThat(all.orThrow().streams()).hasSize(1);
        assertThat(all.stopped()).containsExactly(told);
        for (String pattern : List.of("parcels", "par*")) {
            SyncPlan only = plan(Wishes.connection(StreamSettings.of(pattern)), catalog);
            assertThat(only.orThrow().streams()).as(pattern).isEmpty();
            assertThat(only.stopped()).as(pattern).containsExactly(told);
        }
        SyncPlan others = plan(Wishes.connection(StreamSettings.of("orders")), catalog);
        assertThat(others.orThrow().stopped()).isEmpty();
        SyncPlan misspelt = plan(Wishes.connection(StreamSettings.of("parcel")), catalog);
        assertThat(assertProblem(misspelt, Planner.STREAM_NOT_FOUND).fix()).isEqualTo("did you mean parcels?");
    }

    /** Otherwise its rule might let it go for good. */
    @Test
    void aStreamThatCannotBeReadIsNotGone() {
        Problem damaged = Problem.of("E_DAMAGED", ProblemKind.DATA, "it is damaged");
        PlanMemory memory = new PlanMemory(List.of(ORDERS), Set.of());
        Catalog catalog = new Catalog(List.of(), List.of(new Catalog.Unreadable(ORDERS.id(), damaged)));
        SyncPlan plan = Planner.plan(
                Wishes.connection(StreamSettings.of("*")), OWNER, memory, catalog, FakeDestination.empty(Hook.NONE));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.stopped()).extracting(StoppedStream::stream).containsExactly(ORDERS.id());
    }

    @Test
    void refusesAnIncrementalReadThatTheSourceCannotDo() {
        assertProblem(
                plan(
                        Wishes.connection(Wishes.keyed("w", StreamMode.INCREMENTAL_APPEND, "id")),
                        Wishes.whole("w", Wishes.ID)),
                "E_MODE_UNSUPPORTED");
    }

    @Test
    void selectsFieldsAndKeepsTheirOrder() {
        CatalogStream stream = Wishes.whole("w", Wishes.ID, NAME, ODD);

        assertThat(columns(Wishes.selecting("w", new FieldSelection.Include(List.of("name", "id"))), stream))
                .containsExactly("id", "name");
        assertThat(columns(Wishes.selecting("w", new FieldSelection.Exclude(List.of("odd", "id"))), stream))
                .containsExactly("name");
    }

    @Test
    void refusesFieldsThatDoNotExistAndSelectionsThatLackTheKey() {
        Problem unknown = assertProblem(
                plan(
                        Wishes.connection(Wishes.selecting("w", new FieldSelection.Include(List.of("nmae")))),
                        Wishes.whole("w", Wishes.ID, NAME)),
                "E_FIELD_NOT_FOUND");
        assertThat(unknown.message()).isEqualTo("there is no field nmae to select");
        assertThat(unknown.fix()).isEqualTo("did you mean name?");
        StreamSettings keyless = new StreamSettings(
                "orders",
                StreamMode.FULL_REFRESH_OVERWRITE_DEDUPED,
                null,
                List.of(FieldPath.of("id")),
                new FieldSelection.Exclude(List.of("id")),
                null,
                RowRules.USUAL);
        CatalogStream stream = Wishes.stream(StreamId.of("orders"), Cursor.NONE, "id", Wishes.ID, NAME);
        assertProblem(plan(Wishes.connection(keyless), stream), "E_FIELD_NOT_SELECTED");
    }

    @Test
    void asksForConsentToLossyColumns() {
        CatalogStream stream = Wishes.whole("w", Wishes.ID, ODD);
        Problem problem = assertProblem(plan(Wishes.connection(StreamSettings.of("w")), stream), "E_LOSSY_TYPES");

        assertThat(problem.why()).isEqualTo("odd: unknown(tsvector) as any");
        StreamSettings consent = new StreamSettings(
                "w", null, null, List.of(), new FieldSelection.All(), null, new RowRules(true, null));
        assertThat(plan(Wishes.connection(consent), stream).problems()).isEmpty();
    }

    @Test
    void namesTargetsByNamespacePrefixAndAlias() {
        CatalogStream stream = Wishes.stream(StreamId.of("shop", "orders"), Cursor.NONE, null, Wishes.ID);
        StreamSettings plain = StreamSettings.of("shop.orders");

        assertThat(location(Wishes.connection(plain), stream)).isEqualTo("orders");
        assertThat(location(Wishes.connection(new NamespaceRule.Source(), "raw_", plain), stream))
                .isEqualTo("shop.raw_orders");
        assertThat(location(
                        Wishes.connection(
                                new NamespaceRule.Custom("x_${SOURCE_NAMESPACE}"),
                                "",
                                Wishes.named("shop.orders", "clients")),
                        stream))
                .isEqualTo("x_shop.clients");
    }

    @Test
    void givesTheSecondOfTwoEqualNamesASuffix() {
        SyncPlan plan = plan(Wishes.connection(StreamSettings.of("*")), ORDERS, Wishes.stream("ORDERS"));

        StreamPlan second = plan.orThrow().streams().get(1);
        assertThat(second.preview().location()).matches("orders_[0-9a-f]{3}");
        assertThat(second.notes().getFirst()).contains(second.preview().location());
    }

    @Test
    void refusesOneAliasForManyStreams() {
        assertProblem(
                plan(Wishes.connection(Wishes.named("*", "all")), ORDERS, Wishes.stream("users")), "E_TARGET_CLASH");
    }

    @Test
    void tellsApartStreamsWithOtherFieldsByTheirShape() {
        StreamPlan both = only(StreamSettings.of("w"), Wishes.whole("w", Wishes.ID, NAME));
        StreamPlan one = only(
                Wishes.selecting("w", new FieldSelection.Include(List.of("id"))), Wishes.whole("w", Wishes.ID, NAME));

        assertThat(one.shape()).isNotEqualTo(both.shape());
        assertThat(one.shape())
                .isEqualTo(only(StreamSettings.of("v"), Wishes.whole("v", Wishes.ID))
                        .shape());
    }

    private static SyncPlan plan(Connection connection, CatalogStream... streams) {
        return plan(connection, new Catalog(Arrays.asList(streams)));
    }

    private static SyncPlan plan(Connection connection, Catalog catalog) {
        return Planner.plan(connection, OWNER, PlanMemory.NONE, catalog, FakeDestination.empty(Hook.NONE));
    }

    private static StreamPlan only(StreamSettings settings, CatalogStream stream) {
        return plan(Wishes.connection(settings), stream).orThrow().streams().getFirst();
    }

    private static StreamMode mode(StreamSettings settings, CatalogStream stream) {
        return only(settings, stream).mode();
    }

    private static List<String> columns(StreamSettings settings, CatalogStream stream) {
        return plan(Wishes.connection(settings), stream)
                .streams()
                .getFirst()
                .read()
                .schema()
                .names();
    }

    private static String location(Connection connection, CatalogStream stream) {
        return plan(connection, stream).orThrow().streams().getFirst().preview().location();
    }

    private static Problem assertProblem(SyncPlan plan, String code) {
        assertThat(plan.problems()).extracting(Problem::code).containsExactly(code);
        return plan.problems().getFirst();
    }
}
