package dev.sluice.connector.file.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.testkit.host.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Standard input: looked at as often as one likes, read once. */
class StandardInputTest {
    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(7).nextBytes(bytes);
        return bytes;
    }

    private static SourceFile only(StandardInput input) {
        return input.list().getFirst();
    }

    @Test
    void theBeginningCanBeLookedAtAgainAndAgain() throws IOException {
        byte[] all = bytes(3_000_000);
        StandardInput input = new StandardInput(new ByteArrayInputStream(all));
        SourceFile file = only(input);
        assertThat(input.head(file, 10)).isEqualTo(Arrays.copyOf(all, 10));
        assertThat(input.head(file, 1000)).isEqualTo(Arrays.copyOf(all, 1000));
        assertThat(input.head(file, 5)).isEqualTo(Arrays.copyOf(all, 5));
        try (InputStream whole = input.open(file, 0)) {
            assertThat(whole.readAllBytes()).isEqualTo(all);
        }
    }

    @Test
    void aShortInputHasAShortBeginning() throws IOException {
        StandardInput input = new StandardInput(new ByteArrayInputStream(bytes(20)));
        assertThat(input.head(only(input), 1000)).hasSize(20);
        try (InputStream whole = input.open(only(input), 0)) {
            assertThat(whole.readAllBytes()).isEqualTo(bytes(20));
        }
    }

    @Test
    void itCannotBeReadTwice() throws IOException {
        StandardInput input = new StandardInput(new ByteArrayInputStream(bytes(20)));
        input.open(only(input), 0).close();
        assertThatThrownBy(() -> input.open(only(input), 0)).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().code()).isEqualTo("E_STDIN_TWICE");
            assertThat(failure.problem().fix()).contains("file");
        });
        assertThatThrownBy(() -> input.head(only(input), 10)).isInstanceOf(ProblemException.class);
        assertThat(input.isRepeatable()).isFalse();
    }

    @Test
    void whoeverWaitsForItCanBeReleased() throws IOException {
        try (BlockingInput silent = new BlockingInput("first".getBytes(StandardCharsets.UTF_8))) {
            InputStream pumped = new PumpedInput(silent);
            assertThat(pumped.readNBytes(5)).hasSize(5);
            Thread closer = Thread.ofPlatform().start(() -> {
                silent.awaitReader();
                try {
                    pumped.close();
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
            });
            assertThatThrownBy(pumped::read).isInstanceOf(IOException.class).hasMessageContaining("stopped");
            Await.end(closer);
        }
    }

    @Test
    void whatBreaksInTheMiddleIsNoEnd() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the pipe is broken");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        try (InputStream pumped =
                new PumpedInput(new SequenceInputStream(new ByteArrayInputStream(bytes(1000)), broken))) {
            assertThat(pumped.readNBytes(1000)).isEqualTo(bytes(1000));
            assertThatThrownBy(pumped::read).isInstanceOf(IOException.class).hasMessageContaining("the pipe is broken");
        }
    }
}
