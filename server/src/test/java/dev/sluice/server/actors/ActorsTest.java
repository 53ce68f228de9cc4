package dev.sluice.server.actors;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources and destinations over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class ActorsTest {
    private final TestStore opened;
    private final Store store;
    private final Rooms rooms;

    ActorsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        rooms = new Rooms(store);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private final List<Actor> deleted = new ArrayList<>();
    private final Actors actors = new Actors(TestStore.CLOCK, List.of((_, actor) -> deleted.add(actor)));

    private List<Actor> list(ActorFilter filter, Page page) {
        return store.read(transaction -> actors.list(transaction, filter, page));
    }

    @Test
    void oneComesBackAsItWasSaved() {
        Workspace workspace = rooms.workspace("Team");
        Actor made = rooms.actor(workspace, ConnectorKind.SOURCE, "Shop");
        assertThat(store.<Optional<Actor>>read(
                        transaction -> actors.find(transaction, ConnectorKind.SOURCE, made.id())))
                .contains(made);
        assertThat(store.<Optional<Actor>>read(
                        transaction -> actors.find(transaction, ConnectorKind.DESTINATION, made.id())))
                .isEmpty();

        ActorConfiguration configuration = new ActorConfiguration(
                new Json("{\"z\": 1.50, \"a\": \"\\u0000\"}"), "other", new Json("{\"cpu\": \"1\"}"));
        ActorConnector pinned = new ActorConnector(made.connector().definitionId(), 3L);
        Actor changed =
                store.compute(transaction -> actors.replace(transaction, made.with("Store", pinned, configuration)));
        assertThat(store.<Optional<Actor>>read(
                        transaction -> actors.find(transaction, ConnectorKind.SOURCE, made.id())))
                .contains(changed);
        assertProblem(() -> store.change(transaction -> actors.replace(transaction, made)), "E_CHANGED_MEANWHILE");
    }

    @Test
    void listsHaveWhatTheyAreAskedForAndInPages() {
        Workspace workspace = rooms.workspace("Team");
        IntStream.range(0, 5).forEach(i -> rooms.actor(workspace, ConnectorKind.SOURCE, "Shop " + i));
        rooms.actor(workspace, ConnectorKind.SOURCE, "100%_sure");
        rooms.actor(workspace, ConnectorKind.DESTINATION, "Shop copy");
        rooms.actor(rooms.workspace("Other"), ConnectorKind.SOURCE, "Shop of others");
        ActorFilter shops = new ActorFilter(ConnectorKind.SOURCE, List.of(workspace.id()), "sHOP", false);
        List<Actor> all = list(shops, Page.first(100));
        assertThat(all).hasSize(5);
        List<Actor> paged = new ArrayList<>(list(shops, new Page(3, 0)));
        paged.addAll(list(shops, new Page(3, 3)));
        assertThat(paged).isEqualTo(all);
        assertThat(list(new ActorFilter(ConnectorKind.SOURCE, List.of(workspace.id()), "%_", false), Page.first(100)))
                .extracting(Actor::name)
                .containsExactly("100%_sure");
    }

    @Test
    void whoListensHearsThatOneWasDeleted() {
        Workspace workspace = rooms.workspace("Team");
        Actor made = rooms.actor(workspace, ConnectorKind.SOURCE, "Shop");
        Actor gone = store.compute(transaction -> actors.delete(transaction, made));
        assertThat(deleted).containsExactly(gone);
        ActorFilter filter = new ActorFilter(ConnectorKind.SOURCE, List.of(workspace.id()), null, false);
        assertThat(list(filter, Page.first(10))).isEmpty();
        ActorFilter withDeleted = new ActorFilter(ConnectorKind.SOURCE, List.of(workspace.id()), null, true);
        assertThat(list(withDeleted, Page.first(10))).containsExactly(gone);
    }
}
