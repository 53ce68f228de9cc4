package dev.sluice.connector.file.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import dev.sluice.connector.file.store.AzureLogin;
import dev.sluice.connector.file.store.AzureServer;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.ObjectStoreContract;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of Azure keep the contract of stores; and what is their own: the ways to log in, and copies in blocks. */
class AzureStoreTest extends ObjectStoreContract {
    private final AzureServer server = AzureServer.shared();

    @Override
    protected ObjectStore newStore() {
        return server.store(server.newBucket());
    }

    @Override
    protected ObjectStore withoutRights() {
        String wrong = Base64.getEncoder().encodeToString("not-the-secret".getBytes(StandardCharsets.UTF_8));
        return AzureStore.open(server.newBucket(), server.login(wrong));
    }

    private static void writeAndCopy(ObjectStore store) {
        assertThat(store.put("a", new byte[] {'1'}, "")).isPresent();
        store.copy("a", "b");
        assertThat(store.head("b")).isPresent();
    }

    @Test
    void aTokenForSharedAccessIsEnough() {
        BlobContainerClient container = server.client().getBlobContainerClient(server.newBucket());
        BlobContainerSasPermission all = BlobContainerSasPermission.parse("racwdl");
        String token = container.generateSas(new BlobServiceSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plusHours(1), all));
        try (ObjectStore store = AzureStore.open(container.getBlobContainerName(), server.shared(token))) {
            writeAndCopy(store);
            assertThat(store.address()).doesNotContain("sig=");
        }
        assertThat(server.shared(token).toString()).doesNotContain("sig=");
    }

    @Test
    void aConnectionStringIsEnough() {
        try (ObjectStore store = AzureStore.open(server.newBucket(), server.connection())) {
            writeAndCopy(store);
        }
        AzureLogin broken = new AzureLogin(null, null, null, "AccountKey=hidden", null);
        assertThatThrownBy(() -> AzureStore.open("c", broken))
                .hasMessageContaining("E_CONFIG")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void largeBlobsAreCopiedInBlocks(@TempDir Path folder) throws IOException {
        byte[] content = new byte[2_500_001];
        new Random(3).nextBytes(content);
        String name = server.newBucket();
        BlobContainerClient container = server.client().getBlobContainerClient(name);
        try (ObjectStore store = new AzureStore(container, "azure://" + name, new AzureCopy(null, 1_000_000))) {
            store.upload("large", Files.write(folder.resolve("large"), content));
            store.copy("large", "copied in blocks");
            store.download("copied in blocks", folder.resolve("back"));
        }
        assertThat(folder.resolve("back")).hasBinaryContent(content);
    }

    @Test
    void anEmptyBlobIsAnEmptyFile(@TempDir Path folder) throws IOException {
        try (ObjectStore store = newStore()) {
            store.upload("empty", Files.createFile(folder.resolve("empty")));
            store.download("empty", folder.resolve("back"));
            assertThat(folder.resolve("back")).isEmptyFile();
            assertThat(store.read("empty", 10).orElseThrow().bytes()).isEmpty();
        }
    }

    @Test
    void aContainerThatIsNotThereIsNamed() {
        try (ObjectStore store = server.store("no-such-container")) {
            assertThatThrownBy(() -> store.list("", "")).isInstanceOfSatisfying(ProblemException.class, problem -> {
                assertThat(problem.problem().code()).isEqualTo("E_STORE_NOT_FOUND");
                assertThat(problem.problem().where()).isEqualTo("azure://no-such-container");
            });
        }
    }
}
