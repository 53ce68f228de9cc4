package dev.sluice.lowcode.source;

import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A manifest with a service that answers it.
 *
 * @param name what it is about
 * @param said what the file says of it
 */
record ParityCase(String name, Map<Object, Object> said) {
    /** The file with what classes of connectors do. */
    static final String PORTS = "ports";

    /** The files with cases. */
    static final List<String> FILES =
            List.of("pages", "cursors", "partitions", "requests", "errors", "records", "streams", PORTS);

    private static final String FRAME = """
        version: "6.0.0"
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [items]}
        ROOT
        streams:
          - type: DeclarativeStream
            name: items
            primary_key: id
            STREAM
            schema_loader: {type: InlineSchemaLoader, schema: {type: object, properties: {}}}
            retriever:
              type: SimpleRetriever
              RETRIEVER
              requester: {type: HttpRequester, url_base: "{{ config['url'] }}", path: /items REQUESTER}
              record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]} SELECTOR}
        """;

    /** All cases of a file among the resources. */
    static List<ParityCase> of(String file) {
        try (InputStream in = Objects.requireNonNull(
                ParityCase.class.getResourceAsStream("/dev/sluice/lowcode/parity/" + file + ".yaml"))) {
            Object all = new Load(LoadSettings.builder().setLabel(file).build()).loadFromInputStream(in);
            List<ParityCase> cases = new ArrayList<>();
            Values.mapOrEmpty(Values.ofPlain(all))
                    .forEach((name, said) ->
                            cases.add(new ParityCase(file + ": " + Values.str(name), merged(Values.mapOrEmpty(said)))));
            return cases;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A case that says only in what it differs from another one. */
    private static Map<Object, Object> merged(Map<Object, Object> said) {
        Map<Object, Object> whole = new LinkedHashMap<>(Values.mapOrEmpty(said.getOrDefault("<<", None.NONE)));
        whole.putAll(said);
        whole.remove("<<");
        return whole;
    }

    private String text(String field) {
        return said.get(field) instanceof String text ? text.stripTrailing() : "";
    }

    /** The text of the manifest. */
    String manifest() {
        if (said.containsKey("manifest")) {
            return text("manifest");
        }
        List<String> lines = new ArrayList<>();
        for (String line : FRAME.split("\n")) {
            String block = switch (line.strip()) {
                case "ROOT" -> "root";
                case "STREAM" -> "stream";
                case "RETRIEVER" -> "retriever";
                default -> "";
            };
            if (!block.isEmpty()) {
                String indent = line.substring(0, line.indexOf(line.strip()));
                text(block).lines().forEach(each -> lines.add(indent + each));
                continue;
            }
            String key = line.strip().replaceFirst(":.*", ":");
            boolean given = !line.isBlank()
                    && List.of("stream", "retriever").stream()
                            .anyMatch(each -> ("\n" + text(each)).contains("\n" + key));
            boolean replaced = List.of("schema_loader:", "requester:", "record_selector:", "type:", "primary_key:")
                    .contains(key);
            if (!given || !replaced) {
                lines.add(line.replace("REQUESTER", text("requester")).replace("SELECTOR", text("selector")));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    String stream() {
        return text("read").isEmpty() ? "items" : text("read");
    }

    boolean incremental() {
        return manifest().contains("incremental_sync") && !Boolean.TRUE.equals(said.get("full"));
    }

    Map<Object, Object> config(String url) {
        Map<Object, Object> config =
                new LinkedHashMap<>(Values.mapOrEmpty(located(Values.member(said, "config"), url)));
        config.put("url", url);
        return config;
    }

    /** The state that the first read goes on from; none at the beginning. */
    Object state() {
        return Values.member(said, "state");
    }

    /** What is to be read. */
    Parity.Wish wish(String url) {
        return new Parity.Wish(manifest(), config(url), stream(), incremental(), state(), fields());
    }

    /** The fields that are selected; none where all are. */
    private List<String> fields() {
        return Values.items(said.getOrDefault("fields", List.of())).stream()
                .map(Values::str)
                .toList();
    }

    /** True if it is read once more, from the state that the first read left. */
    boolean readsAgain(ParityOutcome first) {
        return incremental() && !first.failed();
    }

    /** True if how long is waited counts. */
    boolean waited() {
        return !Boolean.TRUE.equals(said.get("unwaited"));
    }

    /** Why this engine does otherwise here, and means to; empty if it should not. */
    String deliberate() {
        return text("deliberate");
    }

    private static Object located(Object value, String url) {
        return value instanceof None
                ? value
                : JsonValues.read(JsonValues.write(value).replace("$URL", url));
    }

    /** A service that answers as the case says, from the beginning. */
    Answering service(String url) {
        return new Answering(url);
    }

    /** The answers of a case; those that are given only some times are used up. */
    final class Answering {
        private final List<Map<Object, Object>> rules = new ArrayList<>();
        private final Map<Integer, Integer> used = new LinkedHashMap<>();

        Answering(String url) {
            if (said.get("answers") instanceof List<?> list) {
                list.forEach(rule -> rules.add(
                        Values.mapOrEmpty(located(Values.requireDefined(Objects.requireNonNull(rule)), url))));
            }
        }

        synchronized Reply answer(Asked asked) {
            for (int i = 0; i < rules.size(); i++) {
                Map<Object, Object> rule = rules.get(i);
                int before = used.getOrDefault(i, 0);
                boolean fits = asked.path().equals(rule.getOrDefault("path", "/items"))
                        && Values.mapOrEmpty(Values.member(rule, "query")).entrySet().stream()
                                .allMatch(pair -> Values.str(pair.getValue())
                                        .equals(asked.query().get(Values.str(pair.getKey()))))
                        && Values.mapOrEmpty(Values.member(rule, "asked")).entrySet().stream()
                                .allMatch(pair -> Values.str(pair.getValue())
                                        .equals(asked.headers().get(Values.str(pair.getKey()))))
                        && asked.body().contains(Values.str(rule.getOrDefault("sent", "")));
                if (fits && (!(rule.get("times") instanceof Long most) || before < most)) {
                    used.put(i, before + 1);
                    return reply(rule);
                }
            }
            return Reply.status(404, Map.of());
        }

        private Reply reply(Map<Object, Object> rule) {
            Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
            Values.mapOrEmpty(Values.member(rule, "headers"))
                    .forEach((name, value) -> headers.put(Values.str(name), Values.str(value)));
            Object body = rule.getOrDefault("body", "");
            return new Reply(
                    rule.get("status") instanceof Long status ? status.intValue() : 200,
                    headers,
                    body instanceof String text ? text : JsonValues.write(body));
        }
    }

    @Override
    public String toString() {
        return name + " " + said.keySet().stream().map(Values::str).collect(Collectors.joining(", "));
    }
}
