package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.Manifests;
import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.CallBudget;
import dev.sluice.lowcode.http.Concurrency;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.stream.Schemas;
import dev.sluice.lowcode.stream.StreamBuilder;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page that says how each public manifest runs is what the engine itself says of them: every stream is put together, and
 * what cannot be names its class. With {@code -Dsluice.manifests.write=true} the page is written anew.
 */
class PublicListTest {
    private static final Path PAGE = Path.of("../docs/guide/public-manifests.md");
    private static final Pattern CLASS = Pattern.compile("the Python class (\\S+?),");

    /** What became of the streams of a manifest. */
    private static final class Streams {
        private int readable;
        private int all;
        private boolean told;
        private final Set<String> classes = new TreeSet<>();

        String line(String name) {
            String missing = String.join(", ", classes);
            String how;
            if (classes.isEmpty()) {
                how = told ? "natively; the service or the configuration tells its streams" : "natively";
            } else if (readable == 0) {
                how = "official runner with its classes, image, or package";
            } else {
                how = "natively without the streams that need a class; all of them as the official runner, image, or"
                        + " package";
            }
            return "| " + name + " | " + (told && all == 0 ? "" : readable + " of " + all) + " | " + how + " | "
                    + missing + " |\n";
        }
    }

    @Test
    void thePageSaysHowEachRuns() throws IOException {
        List<Path> files = Manifests.all();
        StringBuilder lines = new StringBuilder();
        int whole = 0;
        int partly = 0;
        for (Path file : files) {
            String name = String.valueOf(file.getFileName()).replace(".yaml", "");
            Streams streams = streams(Manifests.text(file));
            whole += streams.classes.isEmpty() ? 1 : 0;
            partly += !streams.classes.isEmpty() && streams.readable > 0 ? 1 : 0;
            lines.append(streams.line(name));
        }
        String page = HEAD.replace("$ALL", Integer.toString(files.size()))
                        .replace("$WHOLE", Integer.toString(whole))
                        .replace("$PARTLY", Integer.toString(partly))
                        .replace("$NONE", Integer.toString(files.size() - whole - partly))
                + lines;
        if (Boolean.getBoolean("sluice.manifests.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page)
                .as(PAGE + "; if the change is meant, run with -Dsluice.manifests.write=true to write it anew")
                .isEqualTo(Files.readString(PAGE));
    }

    private static Streams streams(String text) {
        Streams found = new Streams();
        Manifest manifest = Manifest.read("m", text);
        Map<String, Object> config = ConformanceTest.config(manifest);
        try (Source opened = new Reading().open(text, config);
                Transport transport = new Transport()) {
            assertThat(opened).isNotNull();
            Surroundings surroundings = new Surroundings(
                    Values.mapOrEmpty(Values.ofPlain(config)),
                    Clock.systemUTC(),
                    transport,
                    line -> {},
                    Surroundings.IN_REAL_TIME);
            Requesters requesters = new Requesters(
                    surroundings,
                    new CallBudget(Optional.empty(), surroundings),
                    new Concurrency(manifest.root(), surroundings));
            StreamBuilder builder = new StreamBuilder(requesters, Instant.parse("2026-03-10T00:00:00Z"));
            Map<String, Component> definitions = new LinkedHashMap<>();
            manifest.root().all("streams").forEach(stream -> ConformanceTest.flatten(stream, definitions));
            definitions.values().forEach(stream -> {
                found.all++;
                found.readable += builds(stream, builder, surroundings, found.classes) ? 1 : 0;
            });
            for (Component dynamic : manifest.root().all("dynamic_streams")) {
                found.told = true;
                builds(dynamic.required("stream_template"), builder, surroundings, found.classes);
            }
        } catch (ProblemException needed) {
            found.all = manifest.root().all("streams").size();
            note(needed, found.classes);
        }
        return found;
    }

    /** Puts a stream together; what is wrong with it but a missing class is the matter of what it is configured with. */
    private static boolean builds(
            Component definition, StreamBuilder builder, Surroundings surroundings, Set<String> classes) {
        List<Component> parts = new ArrayList<>();
        if (definition.type().equals("StateDelegatingStream")) {
            parts.add(definition.required("full_refresh_stream"));
            parts.add(definition.required("incremental_stream"));
        } else {
            parts.add(definition);
        }
        boolean all = true;
        for (Component part : parts) {
            try {
                builder.open(part, false, None.NONE);
                boolean asks = part.values().toString().contains("DynamicSchemaLoader");
                if (!asks) {
                    new Schemas(builder, surroundings).of(part);
                }
            } catch (ProblemException needed) {
                all &= !needed.problem().code().equals("E_CUSTOM_CODE");
                note(needed, classes);
            }
        }
        return all;
    }

    private static void note(ProblemException needed, Set<String> classes) {
        Matcher named = CLASS.matcher(needed.problem().message());
        if (needed.problem().code().equals("E_CUSTOM_CODE") && named.find()) {
            classes.add("`" + named.group(1).replaceFirst(".*\\.", "") + "`");
        }
    }

    private static final String HEAD = """
        # How public manifests run

        Of $ALL manifests of the public Airbyte connectors (July 2025, those under the MIT licence that were kept for tests), **$WHOLE run natively
        with all their streams**, $PARTLY natively but for the streams that need a Python class, and $NONE need their classes for all streams. This page is
        written by a test, which puts every stream together; what cannot be put together names its class.

        How it was tested:

        - All are loaded, checked, described, and give a catalog.
        - Over 1,100 of their streams are read natively in every build against a service that answers from the paths and schemas of the manifest: with pages,
          partitions and cursors, and, where a manifest has no rules of its own, after a 429 with `Retry-After` and a 500. The records and the
          states are checked. A 401 fails the check.
        - About 560 of their streams were read by the official runner as well, before there were ports, each against the same service: records, requests and
          states are the same, and so are waits but for those of OAuth. Where each request is refused once (429 or 500), the bodies of requests are not compared;
          where the service knows nobody (401), the requests of Sluice, which stops at the first slice that fails, are among those of the runner.

        Ways for those with classes (see [connectors of the Airbyte protocol](airbyte.md)): `{pypi: airbyte-cdk==7.39.1, manifest: ./m.yaml, components: ./components.py}`
        runs the official runner with the classes that lie beside the manifest; `{docker: airbyte/source-NAME:VERSION}` its image; `{pypi: airbyte-source-NAME==VERSION}` its
        package, where there is one. `sluice connectors list --registry PLACE` says for each of the public list which of these it has.

        | Connector | Streams natively | How it runs | Classes without a port |
        |---|---|---|---|
        """;
}
