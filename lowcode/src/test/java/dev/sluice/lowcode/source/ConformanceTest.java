package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.Manifests;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.stream.Definitions;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
            "northpass-lms course_enrollments",
            "northpass-lms courses",
            "northpass-lms people",
            "opsgenie alert_recipients",
            "orb credits_ledger_entries",
            "orb subscriptions",
            // Its schema is a list at the top and its paginator looks into a map.
            "reddit message_inbox",
            // An asynchronous job whose states only its own service tells.
            "sendgrid contacts");

    private static final FakeService SERVICE = new FakeService();

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

    private static Map<String, Object> config(Manifest manifest) {
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
            String text = Manifests.text(file).replace("https://", "http://");
            if (!text.contains("dynamic_streams:") && !text.contains("DynamicSchemaLoader")) {
                all(name, text, read, failed);
            }
        }
        assertThat(failed.keySet()).as(failed.toString()).isSubsetOf(EXCUSED);
        assertThat(read).hasSizeGreaterThan(950);
    }

    private static void all(String name, String text, List<String> read, Map<String, String> failed) {
        Manifest manifest = Manifest.read(name, text);
        Reading reading = new Reading();
        reading.at("2024-03-10T00:00:00.123456Z");
        try (Source source = reading.open(text, config(manifest))) {
            Catalog catalog = source.discover(new DiscoverScope.All());
            Map<String, Component> definitions = new LinkedHashMap<>();
            manifest.root().all("streams").forEach(stream -> flatten(stream, definitions));
            for (CatalogStream stream : catalog.streams()) {
                String place = name + " " + stream.id().name();
                try {
                    one(
                            source,
                            stream,
                            Objects.requireNonNull(definitions.get(stream.id().name())));
                    read.add(place);
                } catch (ProblemException problem) {
                    failed.put(place, problem.problem().toString());
                } catch (AssertionError wrong) {
                    failed.put(place, String.valueOf(wrong.getMessage()).replaceAll("\\s+", " "));
                }
            }
        }
    }

    private static void flatten(Component stream, Map<String, Component> definitions) {
        if (stream.type().equals("ConditionalStreams")) {
            stream.all("streams").forEach(inner -> flatten(inner, definitions));
        } else {
            definitions.put(ManifestSource.name(stream), stream);
        }
    }

    private static void one(Source source, CatalogStream stream, Component definition) {
        Component described = Definitions.described(definition);
        MadeService made = new MadeService(described);
        SERVICE.answer(request -> SERVICE.asked().size() > 400 ? Reply.status(404, Map.of()) : made.answer(request));
        Reading reading = new Reading();
        String name = stream.id().name();
        Reading.Result result =
                stream.supportsIncremental() ? reading.incremental(source, name, null) : reading.full(source, name);
        boolean filters =
                described.required("retriever").required("record_selector").has("record_filter");
        assertThat(made.sent()).as("pages of records sent").isPositive();
        if (!filters) {
            assertThat(result.rows().size() + reading.rejected().size()).isEqualTo(made.sent());
        }
        if (stream.supportsIncremental()) {
            assertThat(result.end()).as("state").isNotNull();
        }
    }
}
