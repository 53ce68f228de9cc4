package dev.sluice.server.workspaces;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Organisations and workspaces over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class WorkspacesTest {
    private final TestStore opened;
    private final Store store;
    private final Rooms rooms;

    WorkspacesTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        rooms = new Rooms(store);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private final Workspaces workspaces = new Workspaces(TestStore.CLOCK);

    private List<Workspace> list(boolean deleted) {
        return store.read(transaction -> workspaces.list(transaction, null, deleted, Page.first(10)));
    }

    @Test
    void aWorkspaceComesBackAsItWasMade() {
        Workspace made = rooms.workspace("Sales & Söhne");
        assertThat(made.slug()).isEqualTo("sales-s-hne");
        assertThat(list(false)).containsExactly(made);
        assertThat(store.<List<Organization>>read(workspaces::organizations))
                .extracting(Organization::id)
                .containsExactly(made.organizationId());
    }

    @Test
    void namesMayBeTheSameAndAddressesAreNot() {
        Workspace first = rooms.workspace("Team");
        Workspace second = rooms.workspace("Team");
        assertThat(first.slug()).isEqualTo("team");
        assertThat(second.slug()).isEqualTo("team-" + second.id());
        assertThat(rooms.workspace("!").slug()).startsWith("workspace-");
    }

    @Test
    void whoDoesNotKnowTheLastChangeIsRefused() {
        Workspace made = rooms.workspace("Team");
        WorkspaceSettings settings =
                new WorkspaceSettings("team@example.org", new Json("{\"success\": true}"), Json.EMPTY);
        Workspace changed = store.compute(transaction -> workspaces.replace(transaction, made.with("Crew", settings)));
        assertThat(list(false)).containsExactly(changed);
        assertThat(changed.life().version()).isEqualTo(2);

        assertProblem(
                () -> store.change(transaction -> workspaces.replace(transaction, made.with("Gang", settings))),
                "E_CHANGED_MEANWHILE");
        assertThat(list(false)).containsExactly(changed);
    }

    @Test
    void whatWasDeletedIsListedOnlyWhereAskedFor() {
        Workspace gone = rooms.workspace("Gone");
        Workspace there = rooms.workspace("There");
        store.change(transaction -> workspaces.delete(transaction, gone));
        assertThat(list(false)).containsExactly(there);
        assertThat(list(true)).extracting(Workspace::name).containsExactlyInAnyOrder("Gone", "There");
        assertThat(store.<List<Workspace>>read(
                        transaction -> workspaces.list(transaction, List.of(), true, Page.first(10))))
                .isEmpty();
    }
}
