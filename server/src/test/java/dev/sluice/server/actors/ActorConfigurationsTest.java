package dev.sluice.server.actors;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.secrets.KeyRing;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Configurations on their way through the server. */
class ActorConfigurationsTest {
    private static final ConnectorSpec SPEC = ConnectorSpec.of(new Json(
            "{\"type\": \"object\", \"required\": [\"host\"], \"properties\": {\"host\": {\"type\": \"string\"},"
                    + " \"password\": {\"type\": \"string\", \"minLength\": 12, \"airbyte_secret\": true}}}"));

    private final TestStore opened = TestStore.open(Dialect.SQLITE);
    private final Store store = opened.store();
    private final ActorConfigurations configurations =
            new ActorConfigurations(new Secrets(KeyRing.ofText(KeyRing.newKeys()), TestStore.CLOCK));
    private final Actors actors = new Actors(TestStore.CLOCK, List.of(configurations));

    @AfterEach
    void close() {
        opened.close();
    }

    private ActorConfiguration accept(Actor actor, String given, @Nullable ActorConfiguration before) {
        Owner owner = new Owner(actor.workspaceId(), actor.id());
        return store.compute(transaction -> configurations.accept(
                transaction, owner, ActorConfigurations.require(SPEC, new Json(given)), before, null));
    }

    @Test
    void whatIsEnteredIsJudgedHiddenAndResolved() {
        Rooms rooms = new Rooms(store);
        Actor actor = rooms.actor(rooms.workspace("Team"), ConnectorKind.SOURCE, "Shop");
        assertProblem(() -> accept(actor, "{\"password\": \"canary-canary\"}", null), "E_CONFIGURATION");
        ActorConfiguration first = accept(actor, "{\"host\": \"h\", \"password\": \"canary-canary\"}", null);
        assertThat(first.content().text()).doesNotContain("canary");
        Json shown = ActorConfigurations.shown(SPEC, first, false);
        assertThat(shown.text()).isEqualTo("{\"host\":\"h\",\"password\":\"**********\"}");

        Json patched = ActorConfigurations.merged(shown, new Json("{\"host\": \"other\"}"));
        ActorConfiguration second = accept(actor, patched.text(), first);
        assertThat(second.hash()).isNotEqualTo(first.hash());
        assertThat(accept(actor, patched.text(), second)).isEqualTo(second);
        Actor saved = store.compute(
                transaction -> actors.replace(transaction, actor.with(actor.name(), actor.connector(), second)));
        Map<String, @Nullable Object> resolved = store.read(
                        transaction -> configurations.resolve(transaction, saved, SPEC, _ -> null))
                .values();
        assertThat(resolved).isEqualTo(Map.of("host", "other", "password", "canary-canary"));

        store.change(transaction -> actors.delete(transaction, saved));
        assertThat(store.<Long>read(transaction -> transaction.count("SELECT count(*) AS n FROM secret")))
                .isZero();
    }

    @Test
    void changesAreLaidOverToAnyDepth() {
        assertThat(ActorConfigurations.merged(
                                new Json("{\"a\":{\"b\":1,\"c\":[1,2]},\"d\":1}"),
                                new Json("{\"a\":{\"c\":[3],\"e\":null},\"f\":true}"))
                        .text())
                .isEqualTo("{\"a\":{\"b\":1,\"c\":[3],\"e\":null},\"d\":1,\"f\":true}");
    }
}
