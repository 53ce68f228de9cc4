package dev.sluice.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.state.Refresh;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.alerts.Alert;
import dev.sluice.server.alerts.AlertKeeper;
import dev.sluice.server.alerts.AlertKind;
import dev.sluice.server.alerts.AlertState;
import dev.sluice.server.alerts.Alerts;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.Naming;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.drift.ChosenStreams;
import dev.sluice.server.drift.SchemaChangeState;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.drift.SchemaListener;
import dev.sluice.server.drift.SchemaReview;
import dev.sluice.server.drift.StreamSchemaChange;
import dev.sluice.server.jobs.ConnectionStatus;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.timeline.EventFilter;
import dev.sluice.server.timeline.EventKind;
import dev.sluice.server.timeline.Timeline;
import dev.sluice.server.timeline.TimelineEvent;
import dev.sluice.spi.catalog.StreamId;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources that change between runs: what is found, told once, stopped, followed or let be. */
@ParameterizedClass
@EnumSource(Dialect.class)
class SchemaChangesTest {
    private static final StreamId ORDERS = StreamId.of("orders");
    private static final StreamId NOTES = StreamId.of("notes");
    private static final String KEYED = "{\"primaryKey\":[[\"id\"]],\"cursorField\":[\"at\"]}";

    @TempDir
    Path directory;

    private final TestStore opened;
    private final Store store;
    private final Workshop workshop;
    private final Connections connections = new Connections(Clock.systemUTC());

    SchemaChangesTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        workshop = new Workshop(store, Limits.USUAL);
    }

    @AfterEach
    void close() {
        workshop.close();
        opened.close();
    }

    private void shop(String... statements) {
        try (var shop = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("shop.sqlite"));
                var statement = shop.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Actor source() {
        shop(
                "CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT NOT NULL)",
                "INSERT INTO orders VALUES (1, 'a')",
                "CREATE TABLE notes (id INTEGER PRIMARY KEY)",
                "INSERT INTO notes VALUES (7)");
        return workshop.actor(
                ConnectorKind.SOURCE,
                "sqlite",
                Map.of("path", directory.resolve("shop.sqlite").toString()));
    }

    private Connection connection(Actor source, SchemaRules.Reaction reaction) {
        ConnectionSettings settings = new ConnectionSettings(
                new Schedule.Manual(), Naming.DEFAULT, new SchemaRules(reaction, false, true), Json.EMPTY);
        Actor lake = workshop.actor(
                ConnectorKind.DESTINATION,
                "sqlite",
                Map.of("path", directory.resolve("lake.sqlite").toString()));
        return Workshop.connection(
                store,
                settings,
                source,
                lake,
                new ConnectionStream(ORDERS, true, "incremental_deduped_history", new Json(KEYED)),
                new ConnectionStream(NOTES, true, "full_refresh_overwrite", Json.EMPTY));
    }

    private Job run(Connection connection) {
        return workshop.run(connection, JobKind.SYNC, Json.EMPTY);
    }

    private List<StreamSchemaChange> changes(Connection connection) {
        return store.read(transaction -> SchemaChanges.of(transaction, connection.id()));
    }

    private List<TimelineEvent> events(Connection connection, EventKind kind) {
        EventFilter filter = new EventFilter(connection.id(), Set.of(kind), null, null, null, null);
        return store.read(transaction -> new Timeline(Clock.systemUTC()).list(transaction, filter, Page.first(9)));
    }

    private List<AlertKind> alerts(Connection connection) {
        Alerts alerts = new Alerts(Clock.systemUTC());
        return store
                .read(transaction -> alerts.list(transaction, connection.workspaceId(), AlertState.OPEN, Page.first(9)))
                .stream()
                .map(Alert::kind)
                .toList();
    }

    private Connection now(Connection connection) {
        return store.read(transaction -> connections.find(transaction, connection.id()))
                .orElseThrow();
    }

    private List<StreamId> settle(
            Connection connection, List<StreamSchemaChange> accepted, List<StreamSchemaChange> ignored) {
        SchemaReview review = new SchemaReview(
                connections,
                new SchemaChanges(Clock.systemUTC(), connections, List.of(new AlertKeeper(Clock.systemUTC()))));
        return store.compute(transaction -> review.settle(transaction, now(connection), seen(accepted), seen(ignored)));
    }

    private static List<SchemaReview.Seen> seen(List<StreamSchemaChange> changes) {
        return changes.stream()
                .map(change -> new SchemaReview.Seen(change.stream(), change.seen()))
                .toList();
    }

    private long lake(String query) {
        try (var lake = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("lake.sqlite"));
                var statement = lake.createStatement();
                var result = statement.executeQuery(query)) {
            return result.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aNewColumnWaitsForSomebodyAndIsToldOnce() {
        Connection connection = connection(source(), SchemaRules.Reaction.IGNORE);
        assertThat(run(connection).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(changes(connection)).isEmpty();
        shop("ALTER TABLE notes ADD COLUMN mood TEXT");
        assertThat(run(connection).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(run(connection).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(events(connection, EventKind.SCHEMA_CHANGE_FOUND)).hasSize(1);
        List<StreamSchemaChange> found = changes(connection);
        assertThat(found).singleElement().satisfies(change -> {
            assertThat(change.stream()).isEqualTo(NOTES);
            assertThat(change.weight()).isEqualTo(new StreamSchemaChange.Weight(false, false));
            assertThat(change.details().text()).contains("add_field", "mood");
        });
        assertThat(alerts(connection)).containsExactly(AlertKind.SCHEMA_CHANGED);
        settle(connection, List.of(), found);
        assertThat(alerts(connection)).isEmpty();
        run(connection);
        assertThat(changes(connection))
                .extracting(StreamSchemaChange::state)
                .containsExactly(SchemaChangeState.IGNORED);
        shop("ALTER TABLE notes ADD COLUMN size INTEGER");
        run(connection);
        assertThat(changes(connection)).extracting(StreamSchemaChange::isOpen).containsExactly(true);
        assertThatThrownBy(() -> settle(connection, found, List.of())).hasMessageContaining("otherwise meanwhile");
        assertThat(settle(connection, changes(connection), List.of())).isEmpty();
        shop("UPDATE notes SET mood = 'good'");
        assertThat(run(connection).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(changes(connection)).isEmpty();
        assertThat(lake("SELECT count(*) FROM notes WHERE mood = 'good'")).isOne();
    }

    @Test
    void aBreakingChangeStopsItsStreamAloneUntilItIsAccepted() {
        Connection connection = connection(source(), SchemaRules.Reaction.PROPAGATE_COLUMNS);
        run(connection);
        shop(
                "DROP TABLE orders",
                "CREATE TABLE orders (number INTEGER PRIMARY KEY, at TEXT NOT NULL)",
                "INSERT INTO orders VALUES (1, 'b')",
                "INSERT INTO notes VALUES (8)",
                "ALTER TABLE notes ADD COLUMN mood TEXT");
        assertThat(run(connection).status()).isEqualTo(JobStatus.FAILED);
        assertThat(lake("SELECT count(*) FROM notes"))
                .as("the other stream goes on")
                .isEqualTo(2);
        assertThat(alerts(connection)).containsExactly(AlertKind.SCHEMA_BREAKING);
        assertThat(changes(connection))
                .filteredOn(StreamSchemaChange::isOpen)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.stream()).isEqualTo(ORDERS);
                    assertThat(change.weight()).isEqualTo(new StreamSchemaChange.Weight(true, true));
                    assertThat(change.kind()).isEqualTo(StreamChange.Kind.CHANGED);
                });
        assertThat(events(connection, EventKind.SCHEMA_UPDATE))
                .as("the new column")
                .hasSize(1);
        assertThat(now(connection).standing()).isEqualTo(new Standing(Standing.Status.ACTIVE, null, true));
        assertThat(store.<ConnectionStatus>read(transaction -> ConnectionStatus.of(
                        transaction, connection.id(), now(connection).standing())))
                .isEqualTo(ConnectionStatus.FAILED);
        List<StreamSchemaChange> open =
                changes(connection).stream().filter(StreamSchemaChange::isOpen).toList();
        assertThatThrownBy(() -> settle(connection, List.of(), open)).hasMessageContaining("until it is followed");
        assertThat(settle(connection, open, List.of()))
                .as("a refresh is advised")
                .containsExactly(ORDERS);
        assertThat(now(connection).standing()).isEqualTo(Standing.ACTIVE);
        Json refresh = Request.of(Set.of(ORDERS), Refresh.TRUNCATE).write();
        Job again = workshop.run(connection, JobKind.REFRESH, refresh);
        assertThat(workshop.lastAttempt(again).failure()).isNull();
        assertThat(lake("SELECT number FROM orders")).isOne();
        assertThat(changes(connection)).isEmpty();
    }

    @Test
    void leavingOutAStreamThatBrokeSettlesItsChange() {
        Connection connection = connection(source(), SchemaRules.Reaction.PROPAGATE_COLUMNS);
        run(connection);
        shop(
                "DROP TABLE orders",
                "CREATE TABLE orders (number INTEGER PRIMARY KEY, at TEXT NOT NULL)",
                "INSERT INTO notes VALUES (8)");
        assertThat(run(connection).status()).isEqualTo(JobStatus.FAILED);
        assertThat(now(connection).standing()).isEqualTo(new Standing(Standing.Status.ACTIVE, null, true));
        Connections heard = new Connections(Clock.systemUTC(), null, List.of(new ChosenStreams(Clock.systemUTC())));
        List<ConnectionStream> withoutOrders = List.of(
                new ConnectionStream(ORDERS, false, "incremental_deduped_history", new Json(KEYED)),
                new ConnectionStream(NOTES, true, "full_refresh_overwrite", Json.EMPTY));

        store.change(transaction -> heard.saveStreams(transaction, now(connection), withoutOrders));

        assertThat(changes(connection)).isEmpty();
        assertThat(now(connection).standing()).isEqualTo(Standing.ACTIVE);
        assertThat(run(connection).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(changes(connection)).isEmpty();
    }

    @Test
    void editingAStreamOtherwiseLeavesChangesOpen() {
        Connection connection = connection(source(), SchemaRules.Reaction.IGNORE);
        run(connection);
        shop("ALTER TABLE notes ADD COLUMN mood TEXT", "ALTER TABLE orders ADD COLUMN size INTEGER");
        run(connection);
        Connections heard = new Connections(Clock.systemUTC(), null, List.of(new ChosenStreams(Clock.systemUTC())));
        List<ConnectionStream> appending = List.of(
                new ConnectionStream(ORDERS, true, "incremental_append", new Json(KEYED)),
                new ConnectionStream(NOTES, false, "full_refresh_overwrite", Json.EMPTY));

        store.change(transaction -> heard.saveStreams(transaction, now(connection), appending));

        assertThat(changes(connection)).extracting(StreamSchemaChange::stream).containsExactly(ORDERS);
        assertThat(changes(connection)).allMatch(StreamSchemaChange::isOpen);
    }

    @Test
    void aConnectionThatIsToStopAtAnyChangeIsSwitchedOff() {
        Connection connection = connection(source(), SchemaRules.Reaction.DISABLE_CONNECTION);
        run(connection);
        shop("ALTER TABLE notes ADD COLUMN mood TEXT", "INSERT INTO orders VALUES (2, 'b')");
        assertThat(run(connection).status()).isEqualTo(JobStatus.FAILED);
        assertThat(now(connection).standing())
                .isEqualTo(new Standing(Standing.Status.INACTIVE, SchemaListener.DISABLED, false));
        assertThat(events(connection, EventKind.CONNECTION_DISABLED)).hasSize(1);
        assertThat(lake("SELECT count(*) FROM orders")).isEqualTo(2);
    }

    @Test
    void aConnectionThatFollowsFullyCopiesNewStreamsFromTheNextLookOn() {
        Actor source = source();
        workshop.look(source, JobKind.DISCOVER);
        Connection connection = connection(source, SchemaRules.Reaction.PROPAGATE_FULLY);
        store.change(transaction -> transaction.change(
                "UPDATE connection SET source_catalog_id = ? WHERE id = ?",
                new Schemas(Clock.systemUTC())
                        .newest(transaction, source.id())
                        .orElseThrow()
                        .id(),
                connection.id()));
        run(connection);
        shop("CREATE TABLE fresh (id INTEGER PRIMARY KEY)", "INSERT INTO fresh VALUES (1)");
        run(connection);
        assertThat(events(connection, EventKind.SCHEMA_UPDATE))
                .as("looked at today")
                .isEmpty();
        store.change(transaction -> transaction.change("UPDATE catalog SET discovered_at = 1"));
        assertThat(run(connection).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(lake("SELECT count(*) FROM fresh")).isOne();
        assertThat(events(connection, EventKind.SCHEMA_UPDATE)).hasSize(1);
        run(connection);
        assertThat(events(connection, EventKind.SCHEMA_UPDATE)).hasSize(1);
    }
}
