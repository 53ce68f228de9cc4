package dev.sluice.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.tags.Tag;
import dev.sluice.server.tags.Tags;
import dev.sluice.server.workspaces.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What lists show of connections, over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class ConnectionListTest {
    private final TestStore opened;
    private final Store store;
    private final Rooms rooms;

    ConnectionListTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        rooms = new Rooms(store);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private final Connections connections = new Connections(TestStore.CLOCK);
    private Workspace workspace;
    private Actor shop;
    private Connection first;
    private Connection second;
    private Connection off;

    @BeforeEach
    void furnish() {
        workspace = rooms.workspace("Team");
        shop = rooms.actor(workspace, ConnectorKind.SOURCE, "Shop");
        Actor crm = rooms.actor(workspace, ConnectorKind.SOURCE, "CRM");
        Actor lake = rooms.actor(workspace, ConnectorKind.DESTINATION, "Lake");
        first = rooms.connection(shop, lake, "b");
        second = rooms.connection(crm, lake, "c");
        off = rooms.connection(shop, lake, "a");
        rooms.connection(crm, lake, "d");
        Workspace other = rooms.workspace("Other");
        rooms.connection(
                rooms.actor(other, ConnectorKind.SOURCE, "Shop"),
                rooms.actor(other, ConnectorKind.DESTINATION, "Lake"),
                "of others");
        ran(first, "failed", "2026-01-01T00:00:00Z");
        ran(second, "healthy", "2026-02-01T00:00:00Z");
        Standing inactive = new Standing(Standing.Status.INACTIVE, null, false);
        store.change(transaction -> connections.replace(transaction, off.standing(inactive)));
    }

    private void ran(Connection connection, String status, String at) {
        store.change(transaction -> transaction.change(
                "UPDATE connection_summary SET shown_status = ?, last_job_at = ? WHERE connection_id = ?",
                status,
                Instant.parse(at),
                connection.id()));
    }

    private List<String> names(ConnectionFilter filter, ConnectionOrder order, Page page) {
        return store.read(transaction -> ConnectionList.list(transaction, filter, order, page).stream()
                .map(one -> one.connection().name())
                .toList());
    }

    private List<String> names(ConnectionFilter filter) {
        return names(filter, ConnectionOrder.NAME, Page.first(100));
    }

    private ConnectionFilter filter(
            List<Tag> tags, List<Actor> actors, @Nullable String text, @Nullable ShownStatus status) {
        return new ConnectionFilter(
                List.of(workspace.id()),
                tags.stream().map(Tag::id).toList(),
                actors.stream().map(Actor::id).toList(),
                text,
                status,
                false);
    }

    @Test
    void anOrderHoldsOverPages() {
        ConnectionFilter all = ConnectionFilter.of(workspace.id());
        assertThat(names(all)).containsExactly("a", "b", "c", "d");
        assertThat(names(all, ConnectionOrder.NAME, new Page(2, 1))).containsExactly("b", "c");
        assertThat(names(all, ConnectionOrder.LAST_RUN, new Page(2, 0))).containsExactly("c", "b");
        assertThat(names(all, ConnectionOrder.SOURCE, new Page(4, 0)).subList(0, 2))
                .containsExactlyInAnyOrder("c", "d");
        assertThat(names(all, ConnectionOrder.CREATED, Page.first(9))).hasSize(4);
        assertThat(names(all, ConnectionOrder.DESTINATION, Page.first(9))).hasSize(4);
    }

    @Test
    void aFilterLooksAtNamesEndsTagsAndStatus() {
        Tags tags = new Tags(TestStore.CLOCK);
        Tag daily = store.compute(transaction -> tags.add(transaction, workspace.id(), "daily", "000000"));
        Workspace third = rooms.workspace("Third");
        Tag foreign = store.compute(transaction -> tags.add(transaction, third.id(), "daily", "000000"));
        store.change(transaction -> connections.saveTags(transaction, second, Set.of(daily.id(), foreign.id())));
        assertThat(names(filter(List.of(daily), List.of(), null, null))).containsExactly("c");
        assertThat(names(filter(List.of(foreign), List.of(), null, null))).isEmpty();
        assertThat(names(filter(List.of(), List.of(shop), null, null))).containsExactly("a", "b");
        assertThat(names(filter(List.of(), List.of(), "crm", null))).containsExactly("c", "d");
        assertThat(names(filter(List.of(), List.of(), null, ShownStatus.PAUSED)))
                .containsExactly("a");
        assertThat(names(filter(List.of(daily), List.of(shop), null, null))).isEmpty();
    }

    @Test
    void aLineShowsBothEndsTheLastRunAndTheTags() {
        Tags tags = new Tags(TestStore.CLOCK);
        Tag later = store.compute(transaction -> tags.add(transaction, workspace.id(), "z", "000000"));
        Tag sooner = store.compute(transaction -> tags.add(transaction, workspace.id(), "a", "000000"));
        store.change(transaction -> connections.saveTags(transaction, first, Set.of(later.id(), sooner.id())));
        List<ListedConnection> lines = store.read(transaction -> ConnectionList.list(
                transaction, filter(List.of(), List.of(), "b", null), ConnectionOrder.NAME, Page.first(1)));
        assertThat(lines)
                .containsExactly(new ListedConnection(
                        first,
                        "Shop",
                        "Lake",
                        ShownStatus.FAILED,
                        new ListedRuns(
                                null,
                                new ListedRuns.Last(null, Instant.parse("2026-01-01T00:00:00Z"), null, null),
                                null,
                                0,
                                null),
                        List.of(sooner, later)));
    }

    @Test
    void countersLookAtAllOfAWorkspace() {
        assertThat(store.<Map<ShownStatus, Long>>read(
                        transaction -> ConnectionList.count(transaction, ConnectionFilter.of(workspace.id()))))
                .isEqualTo(Map.of(
                        ShownStatus.PAUSED,
                        1L,
                        ShownStatus.FAILED,
                        1L,
                        ShownStatus.HEALTHY,
                        1L,
                        ShownStatus.NOT_SYNCED,
                        1L));
    }

    @Test
    void whatWasDeletedIsListedOnlyWhereAskedFor() {
        store.change(transaction -> connections.delete(transaction, second));
        assertThat(names(ConnectionFilter.of(workspace.id()))).containsExactly("a", "b", "d");
        assertThat(names(new ConnectionFilter(List.of(workspace.id()), List.of(), List.of(), null, null, true)))
                .containsExactly("a", "b", "c", "d");
    }
}
