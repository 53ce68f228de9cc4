package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.Manifests;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.stream.Definitions;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The streams of public connectors, read by this engine and by the official runner from a service that is made of the manifest
 * itself. Takes minutes, so that it runs with {@code -Dsluice.parity=full} only.
 */
class RealDifferentialTest {
    /** More requests than this say nothing new, and take the official runner long. */
    private static final int MOST_REQUESTS = 60;

    /**
     * Trustpilot keeps a renewed refresh token where the configuration has none at first. The official runner looks only there and
     * begins with an empty one; this engine begins with the one that the manifest names, which is the only one that can work.
     * Yahoo's further pages are at an address that the made-up service does not have.
     */
    private static final Set<String> EXCUSED = Set.of("trustpilot.yaml", "yahoo-finance-price.yaml");

    @TempDir
    static Path folder;

    private static final FakeService SERVICE = new FakeService();

    @BeforeAll
    static void redirect() {
        Assumptions.assumeTrue(
                System.getProperty("sluice.parity", "some").equals("full"),
                "public manifests are compared with -Dsluice.parity=full");
        System.setProperty("http.proxyHost", "localhost");
        System.setProperty("http.proxyPort", Integer.toString(SERVICE.port()));
    }

    @AfterAll
    static void restore() {
        System.clearProperty("http.proxyHost");
        System.clearProperty("http.proxyPort");
        SERVICE.close();
    }

    /** How the service behaves, and how many streams of each connector are read; many are alike. */
    enum Mood {
        WELL(8),
        /** The first of each request is refused for coming too soon, or breaks the service. */
        BUSY(2),
        /** Nobody is known. */
        CLOSED(1);

        private final int streams;

        Mood(int streams) {
            this.streams = streams;
        }

        /**
         * How long the official runner waits for a token is drawn by lot. Where a slice fails it reads the others before it gives up;
         * this engine gives up at once.
         */
        Map<String, String> differences(ParityOutcome ours, ParityOutcome theirs, String manifest) {
            boolean waited = this == WELL || !manifest.contains("OAuthAuthenticator");
            Map<String, String> found = ours.differences(theirs, waited);
            if (this == CLOSED && theirs.requests().containsAll(ours.requests())) {
                found.remove("requests");
                found.remove("waits");
                if (found.keySet().equals(Set.of("our error", "their error"))) {
                    found.clear();
                }
            }
            return found;
        }

        Reply answer(MadeService made, Asked request, Set<String> seen) {
            String one = request.method() + request.path() + "?" + request.rawQuery();
            return switch (this) {
                case WELL -> made.answer(request);
                case BUSY ->
                    seen.add(one)
                            ? Reply.status(request.path().length() % 2 == 0 ? 429 : 500, Map.of())
                            : made.answer(request);
                case CLOSED -> Reply.status(401, Map.of());
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothReadTheStreamsOfPublicConnectorsTheSame(Mood mood) throws IOException, InterruptedException {
        Map<String, String> different = new TreeMap<>();
        int[] compared = new int[1];
        int every = Integer.getInteger("sluice.parity.every", 1);
        int place = 0;
        try (OfficialRunner official = OfficialRunner.start(folder, SERVICE.port(), true)) {
            for (Path file : Manifests.all()) {
                String text = Manifests.text(file).replace("https://", "http://");
                boolean plain = !EXCUSED.contains(String.valueOf(file.getFileName()))
                        && !text.contains("class_name")
                        && !text.contains("dynamic_streams:")
                        && !text.contains("DynamicSchemaLoader");
                if (plain && place++ % every == 0) {
                    all(
                            String.valueOf(file.getFileName()),
                            text,
                            new Parity(SERVICE, official),
                            mood,
                            different,
                            compared);
                }
            }
        }
        assertThat(String.join("\n", different.values())).isEmpty();
        assertThat(compared[0]).isGreaterThan(mood.streams * 70 / every);
    }

    private static void answer(MadeService made, Mood mood) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        SERVICE.answer(request -> SERVICE.asked().size() > 3 * MOST_REQUESTS
                ? Reply.status(404, Map.of())
                : mood.answer(made, request, seen));
    }

    private static void all(
            String name, String text, Parity parity, Mood mood, Map<String, String> different, int[] compared) {
        Manifest manifest = Manifest.read(name, text);
        Map<Object, Object> config = Values.mapOrEmpty(Values.ofPlain(ConformanceTest.config(manifest)));
        Map<String, Component> definitions = new LinkedHashMap<>();
        manifest.root().all("streams").forEach(stream -> ConformanceTest.flatten(stream, definitions));
        List<Map.Entry<String, Component>> streams = new ArrayList<>(definitions.entrySet());
        int most = Integer.getInteger("sluice.parity.streams", mood.streams);
        for (Map.Entry<String, Component> each : streams.subList(0, Math.min(streams.size(), most))) {
            Component described = Definitions.described(each.getValue());
            Parity.Wish wish = new Parity.Wish(
                    text, config, each.getKey(), described.has("incremental_sync"), None.NONE, List.of());
            answer(new MadeService(described), mood);
            ParityOutcome ours = parity.ours(wish);
            // The official runner goes on for ever where pages lead to themselves.
            if (ours.requests().size() > MOST_REQUESTS || ours.why().contains("E_PAGINATION")) {
                continue;
            }
            answer(new MadeService(described), mood);
            ParityOutcome theirs = parity.official(wish);
            compared[0]++;
            Map<String, String> found = mood.differences(ours.timeless(), theirs.timeless(), text);
            if (!found.isEmpty()) {
                different.put(name + each.getKey(), ParityOutcome.shown(name + " " + each.getKey(), found));
            }
        }
    }
}
