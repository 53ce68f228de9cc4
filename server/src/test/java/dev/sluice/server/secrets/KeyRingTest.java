package dev.sluice.server.secrets;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a file of their own that only their owner can read. */
class KeyRingTest {
    private static final UUID OWNER = UUID.randomUUID();

    @TempDir
    private Path directory;

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.reduce((one, other) -> {
                        throw new AssertionError("something was left behind: " + one + ", " + other);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void keysAreMadeOnceAndForTheirOwnerOnly() throws IOException {
        byte[] cipherText = KeyRing.inDirectory(directory).encrypt("s", OWNER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        KeyRing again = KeyRing.inDirectory(directory);
        assertThat(again.decrypt(cipherText, OWNER)).isEqualTo("s");
        assertThat(again.encrypt("s", OWNER)).as("no two texts are alike").isNotEqualTo(cipherText);
        assertThat(KeyRing.ofText(again.text()).decrypt(cipherText, OWNER)).isEqualTo("s");
    }

    @Test
    void aNewKeyIsKeptBesideTheOldOnes() throws IOException {
        KeyRing first = KeyRing.inDirectory(directory);
        byte[] old = first.encrypt("s", OWNER);
        byte[] young = first.rotated().encrypt("t", OWNER);
        KeyRing again = KeyRing.inDirectory(directory);
        assertThat(again.decrypt(old, OWNER)).isEqualTo("s");
        assertThat(again.decrypt(young, OWNER)).isEqualTo("t");
        assertThat(again.isCurrent(old)).isFalse();
        assertThat(again.isCurrent(young)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void keysThatOthersCanReadAreRefused() throws IOException {
        KeyRing.inDirectory(directory);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertProblem(() -> KeyRing.inDirectory(directory), "E_SECRET_KEYS");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--------"));
        assertThat(KeyRing.inDirectory(directory)).hasToString("KeyRing of 1");
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutRepeatingIt() throws IOException {
        assertThat(refusal("canary")).doesNotContain("canary");
        Files.writeString(directory.resolve("secret-keys.json"), "{}");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        assertProblem(() -> KeyRing.inDirectory(directory), "E_SECRET_KEYS");
    }

    private static String refusal(String keys) {
        try {
            return KeyRing.ofText(keys).toString();
        } catch (dev.sluice.spi.problem.ProblemException refused) {
            assertThat(refused.getCause()).isNull();
            return refused.problem().toString();
        }
    }
}
