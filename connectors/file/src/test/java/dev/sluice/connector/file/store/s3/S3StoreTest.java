package dev.sluice.connector.file.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.ObjectStoreContract;
import dev.sluice.connector.file.store.S3Login;
import dev.sluice.connector.file.store.S3Server;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Stores that speak S3 keep the contract of stores; and what is their own, such as uploads in parts. */
class S3StoreTest extends ObjectStoreContract {
    private final S3Server server = S3Server.shared();

    @Override
    protected ObjectStore newStore() {
        return server.newStore();
    }

    @Override
    protected ObjectStore withoutRights() {
        return S3Store.open(
                server.newBucket(), new S3Login(null, server.endpoint(), "the-key", "not-the-secret", null));
    }

    @Test
    void largeObjectsGoInPartsAndLeftOversAreGivenUp(@TempDir Path folder) throws IOException {
        byte[] content = new byte[(11 << 20) + 17];
        new Random(3).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);
        String bucket = server.newBucket();
        try (S3Client client = S3Clients.open(server.login());
                S3Store store =
                        new S3Store(client, bucket, new S3Parts(client, bucket, new S3Parts.Sizes(5 << 20, 6 << 20)))) {
            store.upload("large", file);
            store.copy("large", "copied in parts");
            Path back = folder.resolve("back");
            store.download("copied in parts", back);
            assertThat(back).hasBinaryContent(content);
            client.createMultipartUpload(request -> request.bucket(bucket).key("hidden/left over"));
            client.createMultipartUpload(request -> request.bucket(bucket).key("of others"));
            store.abortUploads("hidden/");
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .extracting(upload -> upload.key())
                    .containsExactly("of others");
        }
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        try (ObjectStore store = server.store("no-such-bucket")) {
            assertThatThrownBy(() -> store.list("", "")).isInstanceOfSatisfying(ProblemException.class, problem -> {
                assertThat(problem.problem().code()).isEqualTo("E_STORE_NOT_FOUND");
                assertThat(problem.problem().where()).isEqualTo("s3://no-such-bucket");
            });
        }
    }

    @Test
    void nobodyAtTheEndpointIsUnreachable() {
        S3Login login = new S3Login(null, "http://127.0.0.1:1", "a", "b", null);
        try (ObjectStore store = S3Store.open("bucket", login)) {
            assertThatThrownBy(() -> store.list("", ""))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.problem().code()).isEqualTo("E_STORE_UNREACHABLE"));
        }
    }

    @Test
    void halfAKeyAndAnEndpointThatIsNoneAreRefused() {
        assertThatThrownBy(() -> S3Store.open("bucket", new S3Login(null, null, "id", null, null)))
                .hasMessageContaining("two parts");
        assertThatThrownBy(() -> S3Store.open("bucket", new S3Login(null, "not an address", "a", "b", null)))
                .hasMessageContaining("no web address");
        assertThat(new S3Login("r", "e", "id", "hidden", "token").toString()).doesNotContain("hidden", "token");
    }
}
