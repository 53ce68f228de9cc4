package dev.sluice.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    Path directory;

    @Test
    void refusesASecondHolderAndNamesTheFirst() {
        Path file = directory.resolve(".sluice/shop.lock");
        try (RunLock first = RunLock.take(file, "shop")) {
            assertThat(first).isNotNull();
            for (int i = 0; i < 2; i++) { // a refusal must not loosen the lock
                assertThatThrownBy(() -> RunLock.take(file, "shop"))
                        .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                            assertThat(thrown.problem().code()).isEqualTo("E_LOCKED");
                            assertThat(thrown.problem().kind()).isEqualTo(ProblemKind.CONFLICT);
                            assertThat(thrown.problem().why())
                                    .contains(
                                            "process " + ProcessHandle.current().pid());
                        });
            }
        }
    }

    @Test
    void canBeTakenAgainAfterItWasGivenBack() throws IOException {
        Path file = directory.resolve("shop.lock");
        RunLock.take(file, "shop").close();
        try (RunLock again = RunLock.take(file, "shop")) {
            assertThat(again).isNotNull();
            assertThat(Files.readString(file).strip())
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void keepsConnectionsApart() {
        try (RunLock one = RunLock.take(directory.resolve("a.lock"), "a");
                RunLock other = RunLock.take(directory.resolve("b.lock"), "b")) {
            assertThat(one).isNotSameAs(other);
        }
    }

    @Test
    void saysThatTheLockCannotBeWritten() throws IOException {
        Path notADirectory = Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> RunLock.take(notADirectory.resolve("a.lock"), "a"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo("E_STATE_UNWRITABLE"));
    }
}
