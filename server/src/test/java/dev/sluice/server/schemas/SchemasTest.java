package dev.sluice.server.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.schema.SchemaChange;
import dev.sluice.server.Rooms;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Catalogs in versions over both databases, and what has changed between two. */
@ParameterizedClass
@EnumSource(Dialect.class)
class SchemasTest {
    private static final CatalogVersion.Asked ASKED = new CatalogVersion.Asked(1, "h");
    private static final Field ID = new Field("id", new DataType.IntType(64));
    private static final Field NAME = new Field("na\"me", new DataType.TextType());
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

    private final TestStore opened;
    private final Store store;
    private final UUID source;

    SchemasTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        Rooms rooms = new Rooms(store);
        source = rooms.actor(rooms.workspace("Team"), ConnectorKind.SOURCE, "Shop")
                .id();
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private static CatalogStream stream(StreamId id, boolean incremental, List<FieldPath> key, Field... fields) {
        return new CatalogStream(
                id,
                new Schema(List.of(fields)),
                incremental ? Set.of(SyncMode.INCREMENTAL) : Set.of(SyncMode.FULL_REFRESH),
                incremental ? new Cursor(FieldPath.of("id"), false) : Cursor.NONE,
                key,
                false,
                Estimate.NONE);
    }

    private static CatalogStream orders(Field... fields) {
        return stream(StreamId.of("public", "orders"), true, List.of(FieldPath.of("id")), fields);
    }

    private CatalogVersion save(Duration later, CatalogVersion.Asked asked, CatalogStream... streams) {
        Schemas schemas = new Schemas(Clock.offset(TestStore.CLOCK, later));
        return store.compute(transaction -> schemas.save(transaction, source, asked, new Catalog(List.of(streams))));
    }

    private List<CatalogVersion> versions() {
        return store.read(transaction -> new Schemas(TestStore.CLOCK).versions(transaction, source, Page.first(10)));
    }

    @Test
    void eachChangeIsAVersionAndWhatStaysIsNone() {
        CatalogStream customers = stream(StreamId.of("customers"), false, List.of(), NAME);
        CatalogVersion first = save(Duration.ZERO, ASKED, orders(ID, NAME), customers);
        CatalogVersion again = save(Duration.ofHours(1), ASKED, customers, orders(ID, NAME));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.discoveredAt()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(again.catalog().streams()).containsExactlyInAnyOrder(orders(ID, NAME), customers);
        CatalogVersion second = save(Duration.ofHours(2), ASKED, orders(ID));
        CatalogVersion back = save(Duration.ofHours(3), ASKED, orders(ID, NAME), customers);
        assertThat(versions()).containsExactly(back, second, again);
    }

    @Test
    void aCatalogIsFreshOnlyForTheSameQuestion() {
        save(Duration.ZERO, ASKED, orders(ID));
        assertThat(fresh(ASKED, NOW)).isPresent();
        assertThat(fresh(ASKED, NOW.plusMillis(1))).isEmpty();
        assertThat(fresh(new CatalogVersion.Asked(2, "h"), NOW)).isEmpty();
        assertThat(fresh(new CatalogVersion.Asked(1, "other"), NOW)).isEmpty();
    }

    private Optional<CatalogVersion> fresh(CatalogVersion.Asked asked, Instant since) {
        return store.read(transaction -> new Schemas(TestStore.CLOCK).fresh(transaction, source, asked, since));
    }

    @Test
    void whatCannotBeReadIsNoStreamAndStillMakesAVersion() {
        Problem damaged = Problem.of("E_X", ProblemKind.DATA, "damaged");
        Catalog catalog =
                new Catalog(List.of(orders(ID)), List.of(new Catalog.Unreadable(StreamId.of("broken"), damaged)));
        save(Duration.ZERO, ASKED, orders(ID));
        CatalogVersion version =
                store.compute(transaction -> new Schemas(Clock.offset(TestStore.CLOCK, Duration.ofHours(1)))
                        .save(transaction, source, ASKED, catalog));
        assertThat(version.catalog().streams()).containsExactly(orders(ID));
        assertThat(versions()).hasSize(2);
    }

    @Test
    void oldVersionsGoButNotTheNewest() {
        save(Duration.ZERO, ASKED, orders(ID));
        CatalogVersion newest = save(Duration.ofHours(1), ASKED, orders(ID, NAME));
        Instant later = NOW.plus(Duration.ofDays(400));
        assertThat(store.<Integer>compute(transaction -> new Schemas(TestStore.CLOCK).sweep(transaction, later)))
                .isEqualTo(1);
        assertThat(versions()).containsExactly(newest);
    }

    @Test
    void whatBreaksDependsOnWhatIsUsed() {
        Catalog before = new Catalog(List.of(orders(ID, NAME), stream(StreamId.of("old"), false, List.of(), ID)));
        Catalog now = new Catalog(List.of(
                stream(StreamId.of("public", "orders"), false, List.of(), NAME),
                stream(StreamId.of("new"), false, List.of(), ID)));
        CatalogDifference difference = CatalogDifference.between(before, now);
        assertThat(difference.streams())
                .containsExactly(
                        new StreamDifference.Changed(
                                StreamId.of("public", "orders"),
                                List.of(
                                        new SchemaChange.FieldRemoved(FieldPath.of("id"), ID.type()),
                                        new SchemaChange.KeyChanged(List.of(FieldPath.of("id")), List.of()),
                                        new SchemaChange.IncrementalChanged(false))),
                        new StreamDifference.Added(StreamId.of("new")),
                        new StreamDifference.Removed(StreamId.of("old")));
        StreamId orders = StreamId.of("public", "orders");
        assertThat(difference.breaking(Map.of(orders, StreamUse.ROWS))).isEmpty();
        assertThat(difference.breaking(Map.of())).isEmpty();
        StreamUse cursor = new StreamUse(FieldPath.of("id"), List.of(), false);
        assertThat(difference.breaking(Map.of(orders, cursor))).hasSize(1);
        StreamUse key = new StreamUse(null, List.of(FieldPath.of("id")), false);
        assertThat(difference.breaking(Map.of(orders, key))).hasSize(1);
        StreamUse otherKey = new StreamUse(null, List.of(new FieldPath(List.of("id", "part"))), false);
        assertThat(difference.breaking(Map.of(orders, otherKey))).hasSize(1);
        StreamUse incremental = new StreamUse(null, List.of(), true);
        assertThat(difference.breaking(Map.of(orders, incremental))).hasSize(1);
        assertThat(CatalogDifference.between(before, before).isEmpty()).isTrue();
    }

    @Test
    void anotherKeyBreaksWhatIsToldApartByTheOldOne() {
        SchemaChange change =
                new SchemaChange.KeyChanged(List.of(FieldPath.of("a")), List.of(FieldPath.of("b"), FieldPath.of("a")));
        assertThat(StreamDifference.Changed.isBreaking(change, keyed("a"))).isTrue();
        assertThat(StreamDifference.Changed.isBreaking(change, keyed("a", "b"))).isFalse();
        assertThat(StreamDifference.Changed.isBreaking(change, StreamUse.ROWS)).isFalse();
        SchemaChange gone = new SchemaChange.KeyChanged(List.of(FieldPath.of("a")), List.of());
        assertThat(StreamDifference.Changed.isBreaking(gone, keyed("a")))
                .as("the fields are still there")
                .isFalse();
    }

    private static StreamUse keyed(String... names) {
        return new StreamUse(null, Arrays.stream(names).map(FieldPath::of).toList(), false);
    }
}
