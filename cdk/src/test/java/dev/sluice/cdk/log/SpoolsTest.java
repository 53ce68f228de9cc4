package dev.sluice.cdk.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put aside comes back as it was, from memory and from files, and one reading serves all who can use it. */
final class SpoolsTest {
    @TempDir
    Path folder;

    private static String record(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    @Test
    void recordsComeBackFromTheFileAndFromMemory() throws IOException {
        Spool spool = new Spool(folder.resolve("s"), bytes -> {});
        spool.add("one".getBytes(StandardCharsets.UTF_8));
        spool.spill();
        long size = spool.size();
        spool.add(new byte[9]);
        spool.spill();
        spool.add(new byte[9]);
        spool.cutTo(size + 13);
        spool.cutTo(size);
        spool.add("two".getBytes(StandardCharsets.UTF_8));
        try (DataInputStream in = new DataInputStream(spool.open())) {
            assertThat(record(in)).isEqualTo("one");
            assertThat(record(in)).isEqualTo("two");
            assertThat(in.read()).isNegative();
        }
        assertThat(spool.size()).isEqualTo(14);
    }

    @Test
    void muchGoesToFilesThatGoWithIt() throws IOException {
        byte[] large = new byte[20 << 20];
        large[large.length - 1] = 7;
        try (Spools<String> spools = new Spools<>()) {
            spools.of("a").add(large);
            spools.of("b").add(large);
            spools.of("a").add(new byte[] {1});
            assertThat(spools.find("c")).isEmpty();
            try (DataInputStream in =
                    new DataInputStream(spools.find("a").orElseThrow().open())) {
                assertThat(in.readNBytes(in.readInt())).isEqualTo(large);
                assertThat(in.readNBytes(in.readInt())).containsExactly(1);
            }
        }
    }

    @Test
    void oneReadingServesAllWhoCanUseIt() throws Exception {
        try (SharedReadings<Spools<String>> readings = new SharedReadings<>(Spools::close);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Future<Spools<String>> first = threads.submit(() -> readings.get(
                    each -> true,
                    Spools::new,
                    each -> {
                        begun.countDown();
                        awaited(done);
                    },
                    "first",
                    () -> false));
            begun.await();
            assertThat(readings.isReadFor("first")).isTrue();
            assertThatThrownBy(() -> readings.get(each -> true, Spools::new, each -> {}, "second", () -> true))
                    .isInstanceOf(ProblemException.class);
            done.countDown();
            assertThat(readings.get(each -> true, Spools::new, each -> {}, "third", () -> false))
                    .isSameAs(first.get());
            assertThat(readings.get(each -> false, Spools::new, each -> {}, "fourth", () -> false))
                    .isNotSameAs(first.get());
            assertThat(readings.isReadFor("first")).isFalse();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
