package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.S3Server;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.testkit.host.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and buckets take files of the host, each whole and in the place of the one before. */
class ShelfTest {
    private static final byte[] FIRST = "first".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECOND = "second".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private static Destination open(Map<String, @Nullable Object> options) {
        return FileDestination.of(Config.of(options), new TestContext());
    }

    @Test
    void aFolderTakesFiles() throws IOException {
        try (Destination destination = open(Map.of("path", folder.resolve("bad").toString()))) {
            FileShelf shelf = destination.shelf().orElseThrow();
            shelf.put("41/shop/orders/a.csv", FIRST);
            shelf.put("41/shop/orders/a.csv", SECOND);

            assertThat(shelf.address()).isEqualTo(folder.resolve("bad").toString());
            assertThat(folder.resolve("bad/41/shop/orders/a.csv")).hasBinaryContent(SECOND);
            try (var there = Files.list(folder.resolve("bad/41/shop/orders"))) {
                assertThat(there).hasSize(1);
            }
        }
    }

    @Test
    void aSingleFileTakesNone() {
        try (Destination destination =
                open(Map.of("path", folder.resolve("out.csv").toString()))) {
            assertThat(destination.shelf()).isEmpty();
        }
    }

    @Test
    void aBucketTakesFilesBelowItsPrefixAndSaysWhatGoesWrong() {
        S3Server server = S3Server.shared();
        String bucket = server.newBucket();
        try (Destination destination = open(server.options("s3://" + bucket + "/bad/"));
                ObjectStore store = server.store(bucket)) {
            FileShelf shelf = destination.shelf().orElseThrow();
            shelf.put("41/orders/a.csv", FIRST);
            shelf.put("41/orders/a.csv", SECOND);

            assertThat(shelf.address()).isEqualTo("s3://" + bucket + "/bad");
            assertThat(store.read("bad/41/orders/a.csv", 100).orElseThrow().bytes())
                    .isEqualTo(SECOND);
        }
        try (Destination nowhere = open(server.options("s3://" + server.missingBucket() + "/bad"))) {
            FileShelf shelf = nowhere.shelf().orElseThrow();
            assertThatThrownBy(() -> shelf.put("a.csv", FIRST))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            failure -> assertThat(failure.problem().toString()).doesNotContain("the-secret"));
        }
    }
}
