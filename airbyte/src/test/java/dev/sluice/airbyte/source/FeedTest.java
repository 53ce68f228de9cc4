package dev.sluice.airbyte.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put into a feed comes out once and in order, through memory or through the disk. */
class FeedTest {
    @TempDir
    Path folder;

    private static void put(Feed feed, String record) throws InterruptedException {
        put(feed, record, null);
    }

    private static void put(Feed feed, String record, @Nullable String meta) throws InterruptedException {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        feed.record(bytes, 0, bytes.length, meta);
    }

    private static List<String> drain(Feed feed) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (feed.take(10_000) instanceof Feed.Taken.Some(Chunk chunk)) {
            for (int row = 0; row < chunk.rows(); row++) {
                all.add(new String(
                        chunk.bytes(),
                        chunk.start(row),
                        chunk.start(row + 1) - chunk.start(row),
                        StandardCharsets.UTF_8));
                if (chunk.metas().containsKey(row)) {
                    all.add("meta " + chunk.metas().get(row));
                }
            }
            if (chunk.state() != null) {
                all.add("state " + chunk.state());
            }
        }
        return all;
    }

    @Test
    void whatNobodyReadsYetGoesToTheDiskAndComesBackInOrder() throws Exception {
        Path file = folder.resolve("feed");
        List<String> expected = new ArrayList<>();
        try (Feed feed = new Feed(file, 1000, () -> {})) {
            for (int i = 0; i < 2000; i++) {
                put(feed, "{\"id\":" + i + "}", i % 5 == 0 ? "m" + i : null);
                expected.add("{\"id\":" + i + "}");
                if (i % 5 == 0) {
                    expected.add("meta m" + i);
                }
                if (i % 7 == 0) {
                    feed.checkpoint("s" + i);
                    expected.add("state s" + i);
                }
            }
            feed.end();
            assertThat(Files.size(file)).isGreaterThan(10_000);
            feed.attach();
            assertThat(drain(feed)).isEqualTo(expected);
            assertThat(Files.size(file)).isZero();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void oneWhoFillsWaitsForOneWhoReads() throws Exception {
        try (Feed feed = new Feed(folder.resolve("feed"), 100, () -> {})) {
            feed.attach();
            Thread filling = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        put(feed, "{\"x\":\"" + "x".repeat(60) + "\"}");
                        feed.checkpoint(Integer.toString(i));
                    }
                    feed.end();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(drain(feed)).hasSize(200).endsWith("state 99");
            assertThat(filling.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(folder.resolve("feed")).doesNotExist();
    }

    @Test
    void anEmptyStateIsAState() throws Exception {
        try (Feed feed = new Feed(folder.resolve("feed"), 0, () -> {})) {
            feed.checkpoint("");
            feed.end();
            assertThat(drain(feed)).containsExactly("state ");
        }
    }

    @Test
    void nothingForAWhileIsSaidSo() throws Exception {
        try (Feed feed = new Feed(folder.resolve("feed"), 100, () -> {})) {
            long begun = System.nanoTime();
            assertThat(feed.take(20)).isEqualTo(new Feed.Taken.Nothing());
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isGreaterThanOrEqualTo(19);
        }
    }
}
