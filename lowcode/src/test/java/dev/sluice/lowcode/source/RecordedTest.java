package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the cases of {@link DifferentialTest} and compares with what the official runner made of them when it was asked last.
 * Needs no Python.
 */
class RecordedTest {
    @TempDir
    static Path folder;

    private static final FakeService SERVICE = new FakeService();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    static Stream<String> files() {
        return ParityCase.FILES.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void itIsAsTheOfficialRunnerDoes(String file) throws IOException {
        Iterator<String> recorded = recorded(file).iterator();
        List<String> different = new ArrayList<>();
        for (ParityCase one : ParityCase.of(file)) {
            ParityOutcome theirs = ParityOutcome.ofJson(recorded.next(), SERVICE.url());
            Parity.Wish wish = one.wish(SERVICE.url());
            compare(one, wish, theirs, different);
            if (one.readsAgain(theirs)) {
                compare(
                        one,
                        wish.after(theirs.state()),
                        ParityOutcome.ofJson(recorded.next(), SERVICE.url()),
                        different);
            }
        }
        assertThat(recorded.hasNext())
                .as("more is recorded than there are cases")
                .isFalse();
        assertThat(String.join("\n", different)).isEmpty();
    }

    private static void compare(ParityCase one, Parity.Wish wish, ParityOutcome theirs, List<String> different) {
        SERVICE.answer(one.service(SERVICE.url())::answer);
        Map<String, String> found =
                new Parity(SERVICE, null).filesIn(folder).ours(wish).differences(theirs, one.waited());
        if (one.deliberate().isEmpty() && !found.isEmpty()) {
            different.add(ParityOutcome.shown(one.name(), found));
        }
    }

    private static List<String> recorded(String file) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(
                        RecordedTest.class.getResourceAsStream("/dev/sluice/lowcode/parity/" + file + ".jsonl")),
                StandardCharsets.UTF_8))) {
            return in.readAllLines();
        }
    }
}
