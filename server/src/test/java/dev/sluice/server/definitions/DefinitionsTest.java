package dev.sluice.server.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Definitions of connectors over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class DefinitionsTest {
    private final TestStore opened;
    private final Store store;
    private final Rooms rooms;

    DefinitionsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        rooms = new Rooms(store);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private final Definitions definitions = new Definitions(TestStore.CLOCK);

    private Definition add(@Nullable Workspace workspace, ConnectorKind kind, String name) {
        return store.compute(transaction -> definitions.add(
                transaction,
                UUID.randomUUID(),
                workspace == null ? null : workspace.id(),
                kind,
                name,
                new DefinitionFacts(
                        Origin.IMAGE, SupportLevel.NONE, "https://docs.example", null, new Json("{\"a\": [1]}"))));
    }

    @Test
    void aWorkspaceHasItsOwnAndThoseOfAll() {
        Workspace mine = rooms.workspace("Mine");
        Definition own = add(mine, ConnectorKind.SOURCE, "b");
        Definition common = add(null, ConnectorKind.SOURCE, "a");
        add(rooms.workspace("Theirs"), ConnectorKind.SOURCE, "c");
        add(mine, ConnectorKind.DESTINATION, "d");
        assertThat(store.<List<Definition>>read(
                        transaction -> definitions.list(transaction, mine.id(), ConnectorKind.SOURCE)))
                .containsExactly(common, own);

        store.change(transaction -> definitions.delete(transaction, own));
        assertThat(store.<List<Definition>>read(
                        transaction -> definitions.list(transaction, mine.id(), ConnectorKind.SOURCE)))
                .containsExactly(common);
    }

    @Test
    void theNewestVersionIsTheDefaultOne() {
        Definition made = add(null, ConnectorKind.SOURCE, "a");
        Json reference = new Json("{\"image\": \"shop\"}");
        DefinitionVersion first = store.compute(
                transaction -> definitions.addVersion(transaction, made.id(), "1.0", reference, new Json("{}")));
        DefinitionVersion second =
                store.compute(transaction -> definitions.addVersion(transaction, made.id(), "1.1", reference, null));
        assertThat(store.<List<DefinitionVersion>>read(transaction -> definitions.versions(transaction, made.id())))
                .containsExactly(second, first);
        Definition now = store.read(transaction -> definitions.find(transaction, made.id()))
                .orElseThrow();
        assertThat(now.defaultNumber()).isEqualTo(2);
        assertThat(now.life().version()).isEqualTo(3);

        Json spec = new Json("{\"required\": []}");
        store.change(transaction -> definitions.saveSpec(transaction, made.id(), 2, spec));
        assertThat(store.<Optional<DefinitionVersion>>read(
                        transaction -> definitions.version(transaction, made.id(), 2)))
                .hasValueSatisfying(version -> assertThat(version.spec()).isEqualTo(spec));
    }
}
