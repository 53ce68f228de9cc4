package dev.sluice.server.tags;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tags over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class TagsTest {
    private final TestStore opened;
    private final Store store;
    private final Rooms rooms;

    TagsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        rooms = new Rooms(store);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private final Tags tags = new Tags(TestStore.CLOCK);

    private Tag add(Workspace workspace, String name) {
        return store.compute(transaction -> tags.add(transaction, workspace.id(), name, "3366FF"));
    }

    private List<Tag> list(Workspace workspace) {
        return store.read(transaction -> tags.list(transaction, List.of(workspace.id())));
    }

    @Test
    void aNameIsUniqueInItsWorkspace() {
        Workspace workspace = rooms.workspace("Team");
        Tag finance = add(workspace, "finance");
        Tag other = add(workspace, "daily");
        add(rooms.workspace("Other"), "finance");
        assertThat(list(workspace)).containsExactly(other, finance);
        assertProblem(() -> add(workspace, "finance"), "E_TAG_EXISTS");
        Tag renamed = new Tag(other.id(), workspace.id(), "finance", "000000");
        assertProblem(() -> store.change(transaction -> tags.replace(transaction, renamed)), "E_TAG_EXISTS");

        Tag recolored = new Tag(finance.id(), workspace.id(), "finance", "FFFFFF");
        store.change(transaction -> tags.replace(transaction, recolored));
        assertThat(store.<Optional<Tag>>read(transaction -> tags.find(transaction, finance.id())))
                .contains(recolored);
        store.change(transaction -> tags.delete(transaction, other.id()));
        assertThat(list(workspace)).containsExactly(recolored);
    }

    @Test
    void aWorkspaceHasAHundredAtMost() {
        Workspace workspace = rooms.workspace("Team");
        store.change(transaction -> {
            for (int i = 0; i < 100; i++) {
                tags.add(transaction, workspace.id(), "tag " + i, "000000");
            }
        });
        assertProblem(() -> add(workspace, "one more"), "E_TAGS_FULL");
        assertThat(list(workspace)).hasSize(100);
    }

    @Test
    void namesAndColorsHaveAForm() {
        Workspace workspace = rooms.workspace("Team");
        assertProblem(() -> add(workspace, " "), "E_TAG_NAME");
        assertProblem(() -> add(workspace, "x".repeat(31)), "E_TAG_NAME");
        assertProblem(
                () -> store.change(transaction -> tags.add(transaction, workspace.id(), "a", "#3366F")), "E_TAG_COLOR");
    }
}
