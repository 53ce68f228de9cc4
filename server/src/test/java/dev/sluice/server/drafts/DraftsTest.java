package dev.sluice.server.drafts;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.auth.Accounts;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.secrets.KeyRing;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Drafts over both databases: whose they are, how old they get, and what becomes of the secrets in them. */
@ParameterizedClass
@EnumSource(Dialect.class)
class DraftsTest {
    private static final String CANARY = "canary-5e21";
    private static final String SPEC = """
        {"type": "object", "properties": {"host": {"type": "string"}, "ssl": {"type": "object", "properties": {
         "key": {"type": "string", "airbyte_secret": true}}}, "password": {"type": "string", "airbyte_secret": true}}}\
        """;
    private static final Page ALL = new Page(50, 0);

    private final TestStore opened;
    private final Store store;
    private final Workspace workspace;
    private final UUID connector = UUID.randomUUID();
    private final Secrets secrets = new Secrets(KeyRing.ofText(KeyRing.newKeys()), TestStore.CLOCK);
    private final Drafts drafts = at(TestStore.CLOCK);

    DraftsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        workspace = new Rooms(store).workspace("Team");
        store.change(transaction -> {
            Definitions definitions = new Definitions(TestStore.CLOCK);
            definitions.add(transaction, connector, null, ConnectorKind.SOURCE, "Shop", Rooms.FACTS);
            definitions.addVersion(transaction, connector, "1", Json.EMPTY, new Json(SPEC));
        });
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private Drafts at(Clock clock) {
        return new Drafts(secrets, new Definitions(clock), clock);
    }

    private Draft add(Map<String, ? extends @Nullable Object> document) {
        return store.compute(
                transaction -> drafts.add(transaction, workspace.id(), null, "connection", "Shop", document));
    }

    private Draft replace(Draft draft, Map<String, ? extends @Nullable Object> document) {
        return store.compute(transaction -> drafts.replace(transaction, draft, draft.name(), document));
    }

    private Object shown(Draft draft) {
        return store.read(transaction -> drafts.shown(transaction, draft));
    }

    private Map<String, @Nullable Object> clear(Draft draft) {
        return store.read(transaction -> drafts.clear(transaction, draft));
    }

    private Optional<Draft> find(Drafts at, UUID id, @Nullable UUID accountId) {
        return store.<Optional<Draft>>read(transaction -> at.find(transaction, id, accountId));
    }

    private long secretRows() {
        return store.read(transaction -> transaction.count("SELECT count(*) AS n FROM secret"));
    }

    private Map<String, @Nullable Object> source(Object configuration) {
        return Map.of("source", Map.of("definitionId", connector.toString(), "configuration", configuration));
    }

    @Test
    void secretsAreEncryptedMaskedAndStayWhenTheMaskComesBack() {
        Map<String, Object> mapper =
                Map.of("type", "encryption", "mapperConfiguration", Map.of("algorithm", "RSA", "key", CANARY));
        Map<String, @Nullable Object> document = JsonText.members(
                source(Map.of("host", "h", "password", CANARY, "ssl", Map.of("key", CANARY, "mode", "on"))));
        document.put("step", "streams");
        document.put(
                "connection",
                Map.of(
                        "configurations",
                        Map.of("streams", List.of(Map.of("name", "orders", "mappers", List.of(mapper))))));
        Draft draft = add(document);
        String kept = store.read(
                        transaction -> transaction.first(row -> row.text("content"), "SELECT content FROM draft"))
                .orElseThrow();
        assertThat(kept).contains("orders", "\"h\"").doesNotContain(CANARY);
        String masked = JsonText.write(shown(draft));
        assertThat(masked).doesNotContain(CANARY).contains("\"password\":\"**********\"", "\"key\":\"**********\"");
        assertThat(clear(draft)).isEqualTo(document);
        assertThat(secretRows()).isEqualTo(3);

        Map<String, @Nullable Object> next = JsonText.object(masked.replace("\"h\"", "\"other\""));
        Draft changed = replace(draft, next);
        assertThat(changed.life().version()).isEqualTo(2);
        assertThat(JsonText.write(clear(changed)))
                .isEqualTo(JsonText.write(document).replace("\"h\"", "\"other\""));
        Draft emptied = replace(changed, Map.of());
        assertThat(secretRows()).as("what nothing refers to is gone").isZero();
        assertProblem(() -> replace(emptied, source(Map.of("password", "**********"))), "E_SECRET_UNKNOWN");
    }

    @Test
    void aConfigurationOfAnUnknownConnectorIsASecretAsAWhole() {
        for (Map<String, ? extends @Nullable Object> unknown : List.of(
                Map.of("configuration", Map.of("anything", CANARY)),
                Map.of("definitionId", "no id", "connectionConfiguration", List.of(CANARY)),
                Map.of("definitionId", UUID.randomUUID().toString(), "configuration", CANARY))) {
            Draft draft = add(Map.of("sources", List.of(unknown)));
            assertThat(JsonText.write(shown(draft))).contains("**********").doesNotContain(CANARY);
            assertThat(clear(draft)).isEqualTo(Map.of("sources", List.of(unknown)));
            Draft again = replace(draft, JsonText.members(shown(draft)));
            assertThat(clear(again)).isEqualTo(Map.of("sources", List.of(unknown)));
        }
        Draft named = add(source(Map.of("password", "${SHOP_PASSWORD}")));
        assertThat(clear(named)).as("a name stays a name").isEqualTo(source(Map.of("password", "${SHOP_PASSWORD}")));
    }

    @Test
    void whatTwoConnectorsOfAListHaveInTheSamePlaceIsHiddenIfItIsSecretToOne() {
        Draft draft = add(Map.of(
                "sources",
                List.of(
                        Map.of("definitionId", connector.toString(), "configuration", Map.of("password", CANARY)),
                        Map.of("definitionId", connector.toString(), "configuration", Map.of("host", "seen")))));
        assertThat(JsonText.write(shown(draft))).contains("seen").doesNotContain(CANARY);
    }

    @Test
    void longListsOfStreamsAreKeptQuickly() {
        List<Map<String, Object>> streams = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            streams.add(Map.of(
                    "name", "stream " + i, "mappers", List.of(Map.of("mapperConfiguration", Map.of("key", "k")))));
        }
        Draft draft = add(Map.of("streams", streams.subList(0, 900)));
        Map<String, @Nullable Object> fewer = JsonText.members(shown(draft));
        List<Object> rest = new ArrayList<>((List<?>) Objects.requireNonNull(fewer.get("streams")));
        rest.remove(5);
        Draft changed = replace(draft, Map.of("streams", rest));
        assertThat(JsonText.write(clear(changed))).as("each kept its key").doesNotContain("****", "stream 5\"");
        streams.replaceAll(each -> Map.of("name", Objects.requireNonNull(each.get("name")), "syncMode", "m"));
        assertThat(clear(replace(changed, Map.of("streams", streams)))).isEqualTo(Map.of("streams", streams));
        assertThat(secretRows()).isZero();
    }

    @Test
    void eachIsOfOneAccountAndGoesWithItsSecretsWhenItIsOld() {
        UUID ann = account("ann@example.org");
        Draft hers = store.compute(transaction ->
                drafts.add(transaction, workspace.id(), ann, "source", null, source(Map.of("password", CANARY))));
        Draft nobodys = add(Map.of());
        assertThat(find(drafts, hers.id(), ann)).contains(hers);
        assertThat(find(drafts, hers.id(), null)).isEmpty();
        assertThat(find(drafts, nobodys.id(), ann)).isEmpty();
        assertThat(list(drafts, ann)).containsExactly(hers);
        assertThat(list(drafts, null)).containsExactly(nobodys);

        Drafts later = at(Clock.offset(TestStore.CLOCK, Draft.KEPT.plusSeconds(1)));
        assertThat(find(later, hers.id(), ann)).as("nobody sees it any more").isEmpty();
        assertThat(list(later, ann)).isEmpty();
        assertThat(sweep(TestStore.CLOCK.instant())).isZero();
        assertThat(sweep(TestStore.CLOCK.instant().plusMillis(1))).isEqualTo(2);
        assertThat(secretRows()).isZero();
    }

    private int sweep(Instant before) {
        return store.<Integer>compute(transaction -> drafts.sweep(transaction, before));
    }

    private List<Draft> list(Drafts at, @Nullable UUID accountId) {
        return store.<List<Draft>>read(transaction -> at.list(transaction, accountId, List.of(workspace.id()), ALL));
    }

    private UUID account(String email) {
        return store.compute(transaction -> new Accounts(TestStore.CLOCK).add(transaction, email, email, null))
                .id();
    }

    @Test
    void thereAreLimits() {
        Draft first = add(Map.of());
        assertProblem(() -> replace(first, Map.of("text", "x".repeat(1024 * 1024))), "E_DRAFT_SIZE");
        for (int i = 1; i < 100; i++) {
            add(Map.of());
        }
        assertProblem(() -> add(Map.of()), "E_DRAFTS_FULL");
        store.change(transaction -> drafts.delete(transaction, first));
        add(Map.of());
    }

    @Test
    void whoChangesAnOlderVersionIsTold() {
        Draft draft = add(Map.of("a", 1));
        replace(draft, Map.of("a", 2));
        assertProblem(() -> replace(draft, Map.of("a", 3)), "E_CHANGED_MEANWHILE");
        Draft now = find(drafts, draft.id(), null).orElseThrow();
        store.change(transaction -> drafts.made(transaction, now, Map.of("connectionId", "c"), true));
        Draft submitted = find(drafts, draft.id(), null).orElseThrow();
        assertProblem(() -> replace(submitted, Map.of("a", 3)), "E_DRAFT_SUBMITTED");
        assertThat(list(drafts, null)).as("it is no draft any more").isEmpty();
    }
}
