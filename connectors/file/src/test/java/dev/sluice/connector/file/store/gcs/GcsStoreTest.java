package dev.sluice.connector.file.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.file.store.GcsLogin;
import dev.sluice.connector.file.store.GcsServer;
import dev.sluice.connector.file.store.Listing;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.ObjectStoreContract;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google Cloud Storage keeps the contract of stores; and what is its own: credentials, parts, busy servers. */
class GcsStoreTest extends ObjectStoreContract {
    private static final GcsStore.Sizes SMALL = new GcsStore.Sizes(1000, 256 << 10, 2);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final GcsServer server = GcsServer.shared();

    @Override
    protected ObjectStore newStore() {
        return server.store(server.newBucket());
    }

    @Override
    protected ObjectStore withoutRights() {
        return GcsStore.open(server.newBucket(), new GcsLogin(server.wrongSecret(), null, server.endpoint()));
    }

    private static String code(Runnable failing) {
        try {
            failing.run();
            throw new AssertionError("it did not fail");
        } catch (ProblemException failure) {
            return failure.problem().code();
        }
    }

    @Test
    void aBusyServerIsAskedAgainAndAnUploadGoesOn(@TempDir Path folder) throws IOException {
        GcsServer own = GcsServer.start();
        String bucket = own.newBucket();
        byte[] content = new byte[1_000_000];
        new Random(5).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);
        try (ObjectStore store = GcsStore.open(bucket, own.login(), AT_ONCE, SMALL)) {
            own.failNext(3);
            assertThat(store.head("large")).isEmpty();
            own.failNext(1);
            store.upload("large", file);
            own.failNext(2);
            store.download("large", folder.resolve("back"));
            assertThat(folder.resolve("back")).hasBinaryContent(content);
            own.failNext(100);
            assertThat(code(() -> store.head("large"))).isEqualTo("E_STORE");
        }
    }

    @Test
    void aTokenThatEndedIsRenewed() {
        GcsServer own = GcsServer.start();
        try (ObjectStore store = GcsStore.open(own.newBucket(), own.login(), AT_ONCE, SMALL)) {
            assertThat(store.put("a", new byte[] {'1'}, "")).isPresent();
            own.endTokens();
            assertThat(store.head("a")).isPresent();
        }
    }

    @Test
    void listsComeInPagesAndEmptyFilesAreFiles(@TempDir Path folder) throws IOException {
        try (ObjectStore store = GcsStore.open(server.newBucket(), server.login(), AT_ONCE, SMALL)) {
            for (int number = 0; number < 5; number++) {
                store.upload("in/" + number, Files.write(folder.resolve("empty"), new byte[0]));
            }
            assertThat(Listing.all(store, "in/"))
                    .extracting(StoredObject::key)
                    .containsExactly("in/0", "in/1", "in/2", "in/3", "in/4");
            assertThat(store.read("in/0", 10).orElseThrow().bytes()).isEmpty();
            store.put("parts", new byte[2500], "");
            try (InputStream input = store.open(store.head("parts").orElseThrow(), 7)) {
                assertThat(input.readAllBytes()).hasSize(2493);
            }
        }
    }

    @Test
    void whoAsksIsFoundInTheConfigurationOrWhereGooglesProgramsLook(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key.json"), "{\"type\": \"authorized_user\"}");
        Map<String, String> environment = Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
        assertThat(GcsCredentials.find(GcsLogin.NONE, environment::get)
                        .orElseThrow()
                        .kind())
                .isEqualTo(GcsCredentials.USER);
        assertThat(GcsCredentials.find(new GcsLogin(null, null, server.endpoint()), environment::get))
                .isEmpty();
        try (ObjectStore store = GcsStore.open(server.newBucket(), new GcsLogin(null, null, server.endpoint()))) {
            assertThat(code(() -> store.head("a"))).isEqualTo("E_STORE_DENIED");
        }
        assertThatThrownBy(() -> GcsStore.open("b", new GcsLogin("hidden", null, null)))
                .hasMessageContaining("no JSON document")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> GcsStore.open("b", new GcsLogin(null, null, "not an address")))
                .hasMessageContaining("no web address");
        String elsewhere = server.wrongSecret().replace(server.endpoint(), "http://example.com");
        try (ObjectStore store = GcsStore.open("b", new GcsLogin(elsewhere, null, server.endpoint()))) {
            assertThat(code(() -> store.head("a"))).isEqualTo("E_CONFIG");
        }
    }

    @Test
    void aBucketOrAServerThatIsNotThereIsNamed() {
        try (ObjectStore store = server.store("no-such-bucket")) {
            assertThat(code(() -> store.list("", ""))).isEqualTo("E_STORE_NOT_FOUND");
            assertThat(code(() -> store.head("a"))).isEqualTo("E_STORE_NOT_FOUND");
        }
        GcsLogin nowhere = new GcsLogin(null, null, "http://127.0.0.1:1");
        try (ObjectStore store = GcsStore.open("b", nowhere, AT_ONCE, SMALL)) {
            assertThat(code(() -> store.head("a"))).isEqualTo("E_STORE_UNREACHABLE");
        }
    }
}
