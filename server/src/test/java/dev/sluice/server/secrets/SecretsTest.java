package dev.sluice.server.secrets;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Secrets over both databases: what goes in comes out for a run, and is seen nowhere else. */
@ParameterizedClass
@EnumSource(Dialect.class)
class SecretsTest {
    private static final String CANARY = "canary-5f3e";

    private static final SecretFields FIELDS = SecretFields.of("""
        {"properties": {
          "host": {"type": "string"},
          "password": {"type": "string", "airbyte_secret": true},
          "pin": {"type": "integer", "airbyte_secret": true},
          "keys": {"type": "array", "items": {"type": "object", "properties": {
            "name": {"type": "string"}, "key": {"type": "string", "airbyte_secret": true}}}},
          "tunnel": {"oneOf": [
            {"properties": {"method": {"const": "none"}}},
            {"properties": {"method": {"const": "key"}, "ssh_key": {"$ref": "#/definitions/key"}}}]}},
         "definitions": {"key": {"type": "string", "airbyte_secret": true}}}\
        """);

    private final TestStore opened;
    private final Store store;
    private final Owner owner;
    private final KeyRing keys = KeyRing.ofText(KeyRing.newKeys());
    private final Secrets secrets = new Secrets(keys, TestStore.CLOCK);

    SecretsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        owner = new Owner(new Rooms(store).workspace("Team").id(), UUID.randomUUID());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private Json keep(String given, @Nullable Json before) {
        return store.compute(transaction -> secrets.keep(transaction, owner, FIELDS, new Json(given), before));
    }

    private Map<String, @Nullable Object> resolve(Secrets by, Owner whose, Json kept) {
        return store.read(transaction -> by.resolve(
                        transaction, whose, FIELDS, kept, name -> name.equals("SHOP_PASSWORD") ? CANARY : null))
                .values();
    }

    private Map<String, @Nullable Object> resolve(Json kept) {
        return resolve(secrets, owner, kept);
    }

    private long rows() {
        return store.read(transaction -> transaction.count("SELECT count(*) AS n FROM secret"));
    }

    private static Object shown(Json kept) {
        return JsonText.object(Secrets.masked(kept, FIELDS, false).text());
    }

    @Test
    void secretsLeaveTheConfigurationAndComeBackForARun() {
        String given = "{\"host\":\"h\",\"password\":\"" + CANARY + "\",\"pin\":1234,\"tunnel\":{\"method\":\"key\","
                + "\"ssh_key\":\"" + CANARY + "\"},\"keys\":[{\"name\":\"a\",\"key\":\"" + CANARY + "\"}]}";
        Json kept = keep(given, null);
        assertThat(kept.text()).doesNotContain(CANARY, "1234").contains("\"host\":\"h\"");
        assertThat(resolve(kept)).isEqualTo(JsonText.object(given));
        assertThat(shown(kept))
                .isEqualTo(JsonText.object("{\"host\":\"h\",\"password\":\"**********\",\"pin\":\"**********\","
                        + "\"tunnel\":{\"method\":\"key\",\"ssh_key\":\"**********\"},"
                        + "\"keys\":[{\"name\":\"a\",\"key\":\"**********\"}]}"));
        List<String> cipherTexts = store.read(transaction -> transaction.all(
                row -> new String(row.bytes("cipher_text"), StandardCharsets.ISO_8859_1), "SELECT * FROM secret"));
        assertThat(cipherTexts).hasSize(4).noneMatch(text -> text.contains(CANARY));
    }

    @Test
    void whatComesBackMaskedStaysAndOtherwiseGoes() {
        Json first = keep("{\"host\":\"h\",\"password\":\"" + CANARY + "\",\"pin\":7}", null);
        Json second = keep("{\"host\":\"other\",\"password\":\"**********\",\"pin\":8}", first);
        assertThat(resolve(second)).isEqualTo(Map.of("host", "other", "password", CANARY, "pin", 8));
        Json third = keep("{\"host\":\"other\",\"password\":\"" + CANARY + "\"}", second);
        assertThat(third.text()).as("the same secret has the same reference").contains(reference(second));
        assertThat(rows()).as("the pin is gone").isEqualTo(1);
        Json coordinates = Secrets.masked(third, FIELDS, true);
        assertThat(coordinates.text()).contains("secret_coordinate::").doesNotContain(CANARY);
        assertThat(resolve(keep(coordinates.text(), third))).isEqualTo(resolve(third));
    }

    private static String reference(Json kept) {
        return JsonText.write(JsonText.object(kept.text()).get("password"));
    }

    @Test
    void aMaskWithoutASecretIsRefused() {
        assertProblem(() -> keep("{\"password\":\"**********\"}", null), "E_SECRET_UNKNOWN");
        Json kept = keep("{\"host\":\"h\",\"pin\":1}", null);
        assertProblem(() -> keep("{\"host\":\"**********\"}", kept), "E_SECRET_UNKNOWN");
        assertProblem(
                () -> keep("{\"password\":\"secret_coordinate::" + UUID.randomUUID() + "\"}", kept),
                "E_SECRET_UNKNOWN");
        Object pin = JsonText.object(kept.text()).get("pin");
        assertProblem(
                () -> keep("{\"host\":" + JsonText.write(pin) + "}", null),
                "E_SECRET_UNKNOWN"); // else somebody could read what belongs to others
        assertThat(rows()).as("nothing was changed").isEqualTo(1);
    }

    @Test
    void secretsInListsStayWithTheirElements() {
        Json kept = keep("{\"keys\":[{\"name\":\"a\",\"key\":\"1\"},{\"name\":\"b\",\"key\":\"2\"}]}", null);
        String mask = "\"key\":\"**********\"}";
        Json turned = keep("{\"keys\":[{\"name\":\"b\"," + mask + ",{\"name\":\"a\"," + mask + "]}", kept);
        assertThat(JsonText.write(resolve(turned)))
                .isEqualTo("{\"keys\":[{\"name\":\"b\",\"key\":\"2\"},{\"name\":\"a\",\"key\":\"1\"}]}");
        Json fewer = keep("{\"keys\":[{\"name\":\"a\"," + mask + "]}", turned);
        assertThat(JsonText.write(resolve(fewer))).isEqualTo("{\"keys\":[{\"name\":\"a\",\"key\":\"1\"}]}");
        Json renamed = keep("{\"keys\":[{\"name\":\"c\"," + mask + "]}", fewer);
        assertThat(JsonText.write(resolve(renamed))).isEqualTo("{\"keys\":[{\"name\":\"c\",\"key\":\"1\"}]}");
        assertProblem(
                () -> keep("{\"keys\":[{\"name\":\"x\"," + mask + ",{\"name\":\"y\"," + mask + "]}", renamed),
                "E_SECRET_UNKNOWN");
    }

    @Test
    void variablesStayAndAreKnownToRunsOnly() {
        Json kept = keep("{\"password\":\"${SHOP_PASSWORD}\",\"host\":\"${HOST}\"}", null);
        assertThat(rows()).isZero();
        assertThat(shown(kept)).isEqualTo(Map.of("password", "${SHOP_PASSWORD}", "host", "${HOST}"));
        assertThat(resolve(kept)).isEqualTo(Map.of("password", CANARY, "host", "${HOST}"));
        Json other = keep("{\"password\":\"${PATH}\"}", null);
        assertProblem(() -> resolve(other), "E_SECRET_UNKNOWN");
    }

    @Test
    void anotherOwnerCannotOpenThem() {
        Json kept = keep("{\"password\":\"" + CANARY + "\"}", null);
        Owner other = new Owner(owner.workspaceId(), UUID.randomUUID());
        assertProblem(() -> resolve(secrets, other, kept), "E_SECRET_UNKNOWN");
        store.change(transaction -> transaction.change("UPDATE secret SET owner_id = ?", other.id()));
        assertProblem(() -> resolve(secrets, other, kept), "E_SECRET_LOCKED");
    }

    @Test
    void keysAreChangedByAddingOne() {
        Json kept = keep("{\"password\":\"" + CANARY + "\",\"pin\":1}", null);
        KeyRing more = keys.rotated();
        Secrets renewing = new Secrets(more, TestStore.CLOCK);
        assertThat(resolve(renewing, owner, kept)).containsEntry("password", CANARY);
        assertThat(store.<Integer>compute(transaction -> renewing.renew(transaction, 1)))
                .isEqualTo(1);
        assertThat(store.<Integer>compute(transaction -> renewing.renew(transaction, 10)))
                .isEqualTo(1);
        assertThat(store.<Integer>compute(transaction -> renewing.renew(transaction, 10)))
                .isZero();
        assertThat(resolve(renewing, owner, kept)).containsEntry("password", CANARY);
        assertProblem(() -> resolve(kept), "E_SECRET_LOCKED");
        assertProblem(
                () -> store.read(transaction -> {
                    secrets.probe(transaction);
                    return true;
                }),
                "E_SECRET_LOCKED");
    }

    @Test
    void whatNobodyOwnsIsSwept() {
        keep("{\"password\":\"" + CANARY + "\"}", null);
        assertThat(store.<Integer>compute(secrets::sweep)).isZero();
        store.change(transaction -> transaction.change(
                "UPDATE secret SET expires_at = ?", TestStore.CLOCK.instant().minusSeconds(1)));
        assertThat(store.<Integer>compute(secrets::sweep)).isEqualTo(1);
        assertThat(rows()).isZero();
    }
}
