package dev.sluice.airbyte.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines come out as they were printed, whatever pieces they arrive in. */
class LinesTest {
    private static List<String> read(String printed, int longest, int piece) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Lines in = new Lines(new Pieces(printed, piece), longest)) {
            while (in.next()) {
                String text = new String(in.bytes(), in.from(), in.length(), StandardCharsets.UTF_8);
                lines.add(in.isCut() ? text + "…" : text);
            }
        }
        return lines;
    }

    @Test
    void linesEndAsProgramsEndThem() throws IOException {
        for (int piece : List.of(1, 2, 3, 1000)) {
            assertThat(read("a\nbc\r\n\nd", 100, piece))
                    .as("in pieces of " + piece)
                    .containsExactly("a", "bc", "", "d");
            assertThat(read("", 100, piece)).isEmpty();
            assertThat(read("\n", 100, piece)).containsExactly("");
            assertThat(read("\uFEFFa\n\uFEFFb", 100, piece)).containsExactly("a", "\uFEFFb");
        }
    }

    @Test
    void aLineThatIsTooLongIsCutAndTheNextOnesAreWhole() throws IOException {
        String giant = "x".repeat(300_000);
        for (int piece : List.of(7, 65_536, 1_000_000)) {
            assertThat(read("a\n" + giant + "\nb\nc\n" + giant, 10, piece))
                    .as("in pieces of " + piece)
                    .containsExactly("a", "xxxxxxxxxx…", "b", "c", "xxxxxxxxxx…");
        }
    }

    @Test
    void aLongLineThatIsAllowedIsWhole() throws IOException {
        String large = "y".repeat(500_000);
        assertThat(read("a\n" + large + "\nb", 1_000_000, 10_000)).containsExactly("a", large, "b");
    }

    /** Gives at most so many bytes at a time. */
    private static final class Pieces extends InputStream {
        private final ByteArrayInputStream bytes;
        private final int most;

        Pieces(String text, int most) {
            this.bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            this.most = most;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, Math.min(length, most));
        }
    }
}
