package dev.sluice.lowcode.source;

import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the same stream with this engine and with the official runner, and tells in which points they differ. */
final class Parity {
    private static final Set<String> OWN_HEADERS = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-length",
            "host",
            "http2-settings",
            "proxy-connection",
            "upgrade",
            "user-agent");

    private final FakeService service;
    private final @Nullable OfficialRunner official;
    private Optional<Path> files = Optional.empty();

    /** {@code official} is null where only this engine reads. */
    Parity(FakeService service, @Nullable OfficialRunner official) {
        this.service = service;
        this.official = official;
    }

    /** Where this engine keeps files. */
    Parity filesIn(Path folder) {
        files = Optional.of(folder);
        return this;
    }

    /**
     * What is to be read.
     *
     * @param manifest its text
     * @param config the configuration
     * @param stream the name of the stream
     * @param incremental true if it is read by its cursor
     * @param state the state to go on from; none at the beginning
     * @param fields the fields that are selected; none where all are
     */
    record Wish(
            String manifest,
            Map<Object, Object> config,
            String stream,
            boolean incremental,
            Object state,
            List<String> fields) {
        Wish after(Object other) {
            return new Wish(manifest, config, stream, incremental, other, fields);
        }
    }

    ParityOutcome official(Wish wish) {
        service.asked().clear();
        Map<Object, Object> one = new LinkedHashMap<>();
        one.put("manifest", wish.manifest());
        one.put("config", wish.config());
        one.put("stream", wish.stream());
        one.put("incremental", wish.incremental());
        one.put("state", wish.state());
        Map<Object, Object> properties = new LinkedHashMap<>();
        wish.fields().forEach(field -> properties.put(field, new LinkedHashMap<>(Map.of("type", "string"))));
        one.put("schema", new LinkedHashMap<>(Map.of("properties", properties)));
        Map<Object, Object> result = Objects.requireNonNull(official).read(one);
        List<Object> errors = OfficialRunner.list(result, "errors");
        return new ParityOutcome(
                sorted(OfficialRunner.list(result, "records")),
                requests(service.asked()),
                Values.member(result, "state"),
                Values.member(result, "config"),
                !errors.isEmpty(),
                OfficialRunner.list(result, "waits").stream()
                        .map(seconds -> seconds(Double.parseDouble(Values.str(seconds))))
                        .toList(),
                errors.isEmpty() ? "" : Values.str(errors.getFirst()));
    }

    ParityOutcome ours(Wish wish) {
        service.asked().clear();
        Reading reading = new Reading();
        reading.atNow();
        files.ifPresent(reading::filesIn);
        List<String> waits = Collections.synchronizedList(new ArrayList<>());
        List<Object> records = new ArrayList<>();
        Object state = None.NONE;
        String why = "";
        try (ManifestSource source = open(wish, reading, waits);
                SplitReader reader = reader(source, wish, reading)) {
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                Reading.rows(batch)
                        .forEach(row -> records.add(
                                unplaced(JsonValues.read(row.values().iterator().next()))));
            }
            state = JsonValues.read(Objects.requireNonNull(reader.end()));
        } catch (ProblemException problem) {
            why = problem.problem().toString();
        }
        List<Config> configs = reading.configs();
        return new ParityOutcome(
                sorted(records),
                requests(service.asked()),
                state,
                configs.isEmpty() ? None.NONE : Values.ofPlain(configs.getLast().values()),
                !why.isEmpty(),
                waits.stream().sorted().toList(),
                why);
    }

    /** Without the folder that files lie in, which is another one each time. */
    private static Object unplaced(Object record) {
        if (Values.member(record, "file_reference") instanceof Map<?, ?> reference) {
            reference.remove("staging_file_url");
        }
        return record;
    }

    private static ManifestSource open(Wish wish, Reading reading, List<String> waits) {
        Map<String, Object> config = new LinkedHashMap<>();
        wish.config().forEach((name, value) -> {
            Object plain = Values.toPlain(value);
            if (plain != null) {
                config.put(Values.str(name), plain);
            }
        });
        ManifestConnector connector = new ManifestConnector("test", "manifest.yaml", wish.manifest());
        return (ManifestSource) connector.open(
                Config.of(config),
                reading,
                (time, surroundings) -> {
                    reading.later(time);
                    if (time.compareTo(Duration.ofMillis(300)) >= 0) {
                        waits.add(seconds(time.toMillis() / 1000.0));
                    }
                },
                reading.files());
    }

    private static SplitReader reader(ManifestSource source, Wish wish, Reading reading) {
        List<String> names = wish.fields().isEmpty() ? List.of("data") : wish.fields();
        Schema schema = new Schema(names.stream()
                .map(name -> new Field(name, new DataType.JsonType()))
                .toList());
        CatalogStream stream = new CatalogStream(
                StreamId.of(wish.stream()),
                schema,
                Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL),
                new Cursor(FieldPath.of("any"), true),
                List.of(),
                false,
                Estimate.NONE);
        SyncMode mode = wish.incremental() ? SyncMode.INCREMENTAL : SyncMode.FULL_REFRESH;
        StreamRead read = new StreamRead(stream, schema, mode, stream.cursor().field(), List.of(), false);
        PlanToken token = new PlanToken(reading.clock().instant(), wish.state(), wish.incremental());
        return source.open(read, token, null, reading.new Host(), true);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%08.1f", seconds);
    }

    private static List<String> sorted(List<Object> records) {
        return records.stream().map(JsonValues::canonical).sorted().toList();
    }

    private static List<String> requests(List<Asked> asked) {
        return asked.stream().map(Parity::request).sorted().toList();
    }

    /** What of a request matters. */
    private static String request(Asked asked) {
        String query = pairs(asked.rawQuery());
        Map<String, String> headers = new LinkedHashMap<>(asked.headers());
        headers.keySet().removeIf(name -> OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)));
        String shown = headers.entrySet().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue())
                .sorted()
                .collect(Collectors.joining("; "));
        return asked.method() + " " + asked.path() + (query.isEmpty() ? "" : "?" + query) + " [" + shown + "] "
                + body(asked);
    }

    private static String pairs(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(pair -> URLDecoder.decode(pair.replaceAll("%(?![0-9a-fA-F]{2})", "%25"), StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String body(Asked asked) {
        String type = asked.headers().getOrDefault("Content-Type", "");
        if (type.contains("json") && asked.body().startsWith("{")) {
            return JsonValues.canonical(JsonValues.read(asked.body()));
        }
        return type.contains("form") || type.contains("json") ? pairs(asked.body()) : asked.body();
    }
}
