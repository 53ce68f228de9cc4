package dev.sluice.lowcode.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ledger still knows after it was closed, cut off, or opened in the middle of something. */
class LedgerFileTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("deep/contacts.ledger");
    }

    private LedgerFile open() {
        return LedgerFile.open(file, Clock.systemUTC());
    }

    @Test
    void itKnowsHowFarEachRunCame() {
        assertThat(LedgerFile.read(file)).isEmpty();
        try (LedgerFile ledger = open()) {
            ledger.begin("c", 3, 7);
            ledger.mark(new Marker("a", new SplitProgress("p1", false, 10)));
            ledger.mark(new Marker("b", new SplitProgress(null, true, 5)));
        }
        Ledger there = LedgerFile.read(file).orElseThrow();
        assertThat(there.generation()).isEqualTo(3);
        assertThat(there.published()).isFalse();
        assertThat(there.splits())
                .containsEntry("a", new SplitProgress("p1", false, 10))
                .containsEntry("b", new SplitProgress(null, true, 5));
        try (LedgerFile ledger = open()) {
            assertThat(ledger.rows()).isEqualTo(15);
            assertThat(ledger.publish(new Position("id", "{\"at\":9}"))).isZero();
        }
        Ledger ended = LedgerFile.read(file).orElseThrow();
        assertThat(ended.published()).isTrue();
        assertThat(ended.position()).isEqualTo(new Position("id", "{\"at\":9}"));
        try (LedgerFile ledger = open()) {
            ledger.begin("c", 4, 8);
        }
        assertThat(LedgerFile.read(file).orElseThrow().position())
                .as("the position of the last run that ended")
                .isEqualTo(new Position("id", "{\"at\":9}"));
    }

    @Test
    void recordsAreReadByNobodyElse() throws IOException {
        open().close();
        Path home = file.resolveSibling("");
        if (home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void anEndThatWasCutOffCountsAsNotWritten() throws IOException {
        try (LedgerFile ledger = open()) {
            ledger.begin("c", 1, 1);
            ledger.mark(new Marker("a", new SplitProgress(null, false, 10)));
            ledger.mark(new Marker("a", new SplitProgress(null, false, 20)));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = whole.length - 1; cut > 0; cut--) {
            Files.write(file, Arrays.copyOf(whole, cut));
            try (LedgerFile ledger = open()) {
                long rows = ledger.rows();
                assertThat(rows).isIn(0L, 10L, 20L);
                assertThat(rows).isLessThan(20L);
            }
        }
        Files.writeString(file, "no line of a ledger\n", StandardCharsets.UTF_8);
        assertThatThrownBy(this::open).isInstanceOf(ProblemException.class).hasMessageContaining("is damaged");
    }

    @Test
    void whatIsInDoubtStaysSoUntilSomebodyKnows() {
        try (LedgerFile ledger = open()) {
            ledger.begin("c", 1, 1);
            long known = ledger.intend(List.of(11L, 12L), List.of("r11", "r12"), "");
            ledger.settle(known, Arrays.asList(new Fate.Written(), null));
            ledger.intend(List.of(13L), List.of("r13"), "key");
        }
        try (LedgerFile ledger = open()) {
            assertThat(ledger.doubtful()).hasSize(1);
            assertThat(ledger.doubtful().getFirst().records()).containsExactly((Object) "r13");
            assertThat(ledger.doubtful().getFirst().key()).isEqualTo("key");
            ledger.resolve(ledger.doubtful().getFirst().id(), List.of(new Fate.Rejected("BAD", "why", "name")));
            assertThat(ledger.claim(11L)).isEqualTo(new Fate.Written());
            assertThat(ledger.claim(11L)).as("told once").isNull();
            assertThat(ledger.claim(12L)).as("it was not sent after all").isNull();
        }
        try (LedgerFile ledger = open()) {
            assertThat(ledger.doubtful()).isEmpty();
            assertThat(ledger.claim(13L)).isEqualTo(new Fate.Rejected("BAD", "why", "name"));
            ledger.mark(new Marker("a", new SplitProgress(null, false, 1)));
        }
        try (LedgerFile ledger = open()) {
            assertThat(ledger.claim(13L)).as("covered by the marker").isNull();
            assertThat(ledger.claim(11L)).as("not met before the marker").isEqualTo(new Fate.Written());
            assertThat(ledger.publish(null)).isZero();
        }
    }

    @Test
    void objectsAreRememberedAsTheyWereSentLast() throws IOException {
        try (LedgerFile ledger = open()) {
            for (long key = 1; key <= 5000; key++) {
                ledger.sent(key, key * 7);
            }
            ledger.sent(42, 1);
            ledger.changing(List.of(43L));
        }
        Path sent = file.resolveSibling("contacts.ledger.sent");
        byte[] whole = Files.readAllBytes(sent);
        Files.write(sent, Arrays.copyOf(whole, whole.length - 5)); // the last pair was cut off
        try (LedgerFile ledger = open()) {
            assertThat(ledger.isAsSent(7, 49)).isTrue();
            assertThat(ledger.isAsSent(5000, 35_000)).isTrue();
            assertThat(ledger.isAsSent(42, 1)).isTrue();
            assertThat(ledger.isAsSent(42, 42 * 7)).isFalse();
            for (int round = 0; round < 3; round++) {
                for (long key = 1; key <= 5000; key++) {
                    ledger.sent(key, key + round);
                }
            }
        }
        long before = Files.size(sent);
        try (LedgerFile ledger = open()) {
            assertThat(ledger.isAsSent(7, 9)).isTrue();
            assertThat(Files.size(sent)).as("it does not grow for ever").isLessThan(before / 2);
            ledger.forgetObjects();
            assertThat(ledger.isAsSent(7, 9)).isFalse();
        }
        try (LedgerFile ledger = open()) {
            assertThat(ledger.isAsSent(7, 9)).isFalse();
        }
    }
}
