package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.Manifests;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.stream.Definitions;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.Source;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every stream of every manifest that is there, read against a service made from the manifest itself. What they ask of the
 * internet goes to that service instead, as through a proxy.
 */
class ConformanceTest {
    /** Streams whose templates look at members that their schemas do not name, so that a made-up record lacks them. */
    private static final List<String> EXCUSED = List.of(
            // Addresses of their parents are made by the configuration, so that nobody knows them from those of others.
            "gitlab commits",
            "gitlab groups",
            "gitlab projects",
            // The key of its parents is a part of an address, which made-up records lack.
            "calendly event_invitees",
            "northpass-lms course_enrollments",
            "northpass-lms courses",
            "northpass-lms people",
            "opsgenie alert_recipients",
            "orb credits_ledger_entries",
            "orb subscriptions",
            // Its schema is a list at the top and its paginator looks into a map.
            "reddit message_inbox",
            // After the last page it asks for the address without a path, which only its own service answers.
            "yahoo-finance-price price");

    /** Streams with so many weeks, or hours, since the beginning of their configuration that they are read from a later one. */
    private static final List<String> OVERLONG = List.of(
            "klaviyo events",
            "tiktok-marketing ad_groups_reports_by_country_hourly",
            "tiktok-marketing ad_groups_reports_hourly",
            "tiktok-marketing ads_reports_by_country_hourly",
            "tiktok-marketing ads_reports_hourly",
            "tiktok-marketing advertisers_reports_hourly",
            "tiktok-marketing campaigns_reports_hourly");

    /** The time at which everything is read. */
    private static final String NOW = "2026-03-10T00:00:00.123456Z";

    /** Where the configuration of overlong streams begins. */
    private static final String LATELY = "2026-03-09";

    private static final FakeService SERVICE = new FakeService();

    /** States whose values were compared with what the manifest says. */
    private int compared;

    /** Streams whose records a service makes ready first. */
    private int jobs;

    @BeforeAll
    static void redirect() {
        System.setProperty("http.proxyHost", "localhost");
        System.setProperty("http.proxyPort", SERVICE.url().replaceFirst(".*:", ""));
    }

    @AfterAll
    static void restore() {
        System.clearProperty("http.proxyHost");
        System.clearProperty("http.proxyPort");
        SERVICE.close();
    }

    /** A configuration that fits what a manifest wants. */
    static Map<String, Object> config(Manifest manifest) {
        Object made = Samples.of(JsonValues.read(manifest.specification()), "", 0);
        Map<String, Object> config = new LinkedHashMap<>();
        if (Samples.plain(made) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    config.put(String.valueOf(key), value);
                }
            });
        }
        return config;
    }

    @Test
    void everyStreamIsReadWithItsRecordsAndItsState() {
        Map<String, String> failed = new TreeMap<>();
        List<String> read = new ArrayList<>();
        for (Path file : Manifests.all()) {
            String name = String.valueOf(file.getFileName()).replace(".yaml", "");
            String text =
                    Manifests.text(file).replace("https://", "http://").replace("else 'https' }}", "else 'http' }}");
            if (!text.contains("dynamic_streams:") && !text.contains("DynamicSchemaLoader")) {
                all(name, text, read, failed);
            }
        }
        assertThat(failed.keySet()).as(failed.toString()).isSubsetOf(EXCUSED);
        assertThat(read).hasSizeGreaterThan(1150);
        assertThat(jobs).isGreaterThan(20);
        assertThat(compared).isGreaterThan(290);
    }

    private void all(String name, String text, List<String> read, Map<String, String> failed) {
        Manifest manifest = Manifest.read(name, text);
        Map<String, Object> usual = config(manifest);
        Map<String, Component> definitions = new LinkedHashMap<>();
        manifest.root().all("streams").forEach(stream -> flatten(stream, definitions));
        Reading reading = new Reading();
        reading.at(NOW);
        try (Source source = reading.open(text, usual);
                Source later = reading.open(text, lately(usual))) {
            for (CatalogStream stream : source.discover(new DiscoverScope.All()).streams()) {
                String place = name + " " + stream.id().name();
                boolean isLong = OVERLONG.contains(place);
                Component definition =
                        Objects.requireNonNull(definitions.get(stream.id().name()));
                try {
                    Read made = one(isLong ? later : source, stream, definition, !text.contains("error_handler"));
                    state(made, stream, isLong ? lately(usual) : usual, reading.clock());
                    jobs += made.isJob() ? 1 : 0;
                    read.add(place);
                } catch (ProblemException problem) {
                    failed.put(place, problem.problem().toString());
                } catch (AssertionError wrong) {
                    failed.put(place, String.valueOf(wrong.getMessage()).replaceAll("\\s+", " "));
                }
            }
        }
    }

    /** The same configuration with a beginning not long ago. */
    private static Map<String, Object> lately(Map<String, Object> config) {
        Map<String, Object> later = new LinkedHashMap<>(config);
        later.replaceAll((key, value) -> key.contains("start") && value instanceof String text
                ? text.replaceFirst("^\\d{4}-\\d\\d-\\d\\d", LATELY)
                : value);
        return later;
    }

    @Test
    void aServiceThatKnowsNobodyFailsTheCheckOfEachWithoutRulesOfItsOwn() {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Path file : Manifests.all()) {
            String text = Manifests.text(file).replace("https://", "http://");
            boolean plain = !text.contains("error_handler")
                    && !text.contains("class_name")
                    && !text.contains("dynamic_streams:")
                    && text.contains("Authenticator")
                    && !text.contains("predicate");
            if (!plain) {
                continue;
            }
            SERVICE.answer(request -> Reply.status(401, Map.of()));
            Reading reading = new Reading();
            reading.at(NOW);
            try (Source source = reading.open(text, config(Manifest.read("m", text)))) {
                checked++;
                if (source.check().succeeded()) {
                    wrong.add(String.valueOf(file.getFileName()));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(40);
    }

    static void flatten(Component stream, Map<String, Component> definitions) {
        if (stream.type().equals("ConditionalStreams")) {
            stream.all("streams").forEach(inner -> flatten(inner, definitions));
        } else {
            definitions.put(ManifestSource.name(stream), stream);
        }
    }

    /** A stream that was read, how many records were sent, and what came of them. */
    private record Read(Component described, int sent, Reading.Result result) {
        boolean isJob() {
            return described.required("retriever").type().equals("AsyncRetriever");
        }
    }

    private static Read one(Source source, CatalogStream stream, Component definition, boolean usualErrors) {
        Component described = Definitions.described(definition);
        boolean isJob = described.required("retriever").type().equals("AsyncRetriever");
        MadeService made = new MadeService(described);
        MadeJobs jobs = isJob ? new MadeJobs(described, made.record(described)) : null;
        Function<Asked, Reply> usual = jobs == null ? made::answer : jobs::answer;
        // Where the manifest has no rules of its own, the service is busy at first, and then broken.
        SERVICE.answer(request -> switch (SERVICE.asked().size()) {
            case 1 -> usualErrors ? Reply.status(429, Map.of("Retry-After", "3")) : usual.apply(request);
            case 2 -> usualErrors ? Reply.status(500, Map.of()) : usual.apply(request);
            default -> SERVICE.asked().size() > 400 ? Reply.status(404, Map.of()) : usual.apply(request);
        });
        Reading reading = new Reading();
        String name = stream.id().name();
        Reading.Result result =
                stream.supportsIncremental() ? reading.incremental(source, name, null) : reading.full(source, name);
        int sent = jobs == null ? made.sent() : jobs.sent();
        if (!described.values().toString().contains("record_filter=")
                && !SERVICE.asked().isEmpty()) {
            assertThat(sent).as("pages of records sent").isPositive();
            assertThat(result.rows().size() + reading.rejected().size()).isEqualTo(sent);
        }
        return new Read(described, sent, result);
    }

    private void state(Read read, CatalogStream stream, Map<String, Object> config, Clock clock) {
        if (!stream.supportsIncremental()) {
            return;
        }
        Position end = read.result().end();
        assertThat(end).as("state").isNotNull();
        String state = Objects.requireNonNull(end).value();
        Optional<ExpectedState> expected = ExpectedState.of(read.described(), config, clock);
        if (read.sent() > 0 && expected.isPresent()) {
            List<String> found = expected.get().found(state);
            assertThat(found).as("state %s", state).isNotEmpty();
            Set<String> values = expected.get().values(read.result().rows());
            if (!values.isEmpty()) {
                assertThat(values).as("state %s", state).containsAll(found);
                compared++;
            }
        }
    }
}
