package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same manifests against the same service, read by this engine and by the official runner in Python: the records, what the
 * service is asked, how long is waited, and the states must be the same, from the beginning and from the state of a first read.
 * A build compares a part of them where the runner is installed already; with {@code -Dsluice.parity=full} it is installed, and
 * compares all of them. With {@code -Dsluice.parity=record} what it makes of them is written down for {@link RecordedTest}.
 */
class DifferentialTest {
    private static final String MODE = System.getProperty("sluice.parity", "some");
    private static final List<String> SOME = List.of("cursors", "partitions");

    @TempDir
    static Path folder;

    private static final FakeService SERVICE = new FakeService();
    private static @Nullable OfficialRunner official;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        official = OfficialRunner.start(folder, SERVICE.port(), !MODE.equals("some"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (official != null) {
            official.close();
        }
        SERVICE.close();
    }

    static Stream<String> files() {
        return (MODE.equals("some") ? SOME : ParityCase.FILES).stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void bothReadTheSame(String file) throws IOException {
        Assumptions.assumeTrue(
                !file.equals(ParityCase.PORTS) || System.getenv("SLUICE_COMPONENTS") != null,
                "the Python classes of connectors are not here; SLUICE_COMPONENTS names a folder with them");
        Map<String, String> different = new TreeMap<>();
        List<String> healed = new ArrayList<>();
        List<String> recorded = new ArrayList<>();
        for (ParityCase one : ParityCase.of(file)) {
            Map<String, String> found = differences(one, recorded);
            if (one.deliberate().isEmpty() && !found.isEmpty()) {
                different.put(one.name(), ParityOutcome.shown(one.name(), found));
            } else if (!one.deliberate().isEmpty() && found.isEmpty()) {
                healed.add(one.name());
            }
        }
        if (MODE.equals("record")) {
            Files.write(Path.of("src/test/resources/dev/sluice/lowcode/parity", file + ".jsonl"), recorded);
        }
        assertThat(String.join("\n", different.values())).isEmpty();
        assertThat(healed).as("differences that are deliberate, and are none").isEmpty();
    }

    private static Map<String, String> differences(ParityCase one, List<String> recorded) {
        Parity parity = new Parity(SERVICE, Objects.requireNonNull(official)).filesIn(folder.resolve("files"));
        Parity.Wish wish = one.wish(SERVICE.url());
        SERVICE.answer(one.service(SERVICE.url())::answer);
        ParityOutcome theirs = parity.official(wish);
        recorded.add(theirs.toJson(SERVICE.url()));
        SERVICE.answer(one.service(SERVICE.url())::answer);
        ParityOutcome ours = parity.ours(wish);
        Map<String, String> found = ours.differences(theirs, one.waited());
        if (!one.readsAgain(theirs)) {
            return found;
        }
        SERVICE.answer(one.service(SERVICE.url())::answer);
        ParityOutcome theirsAgain = parity.official(wish.after(theirs.state()));
        recorded.add(theirsAgain.toJson(SERVICE.url()));
        SERVICE.answer(one.service(SERVICE.url())::answer);
        ParityOutcome oursAgain = parity.ours(wish.after(theirs.state()));
        Map<String, String> again = oursAgain.differences(theirsAgain, one.waited());
        if (!again.isEmpty()) {
            again.put("where", "from the state " + theirs.state());
        }
        again.putAll(found);
        return again;
    }
}
