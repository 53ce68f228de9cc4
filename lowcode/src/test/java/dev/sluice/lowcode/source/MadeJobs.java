package dev.sluice.lowcode.source;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A service that makes records ready before it hands them out, made from the manifest of a stream: a job is first running and then
 * done, and its file holds one record in the form that the stream decodes.
 */
final class MadeJobs {
    private static final String FILE = "/made-report";
    private static final Pattern LOOKED_AT = Pattern.compile("(?:creation|polling)_response(?:\\[['\"]|\\.)(\\w+)");

    private final Component retriever;
    private final Map<Object, Object> record;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();

    /**
     * A service of a stream.
     *
     * @param record one that fits the stream
     */
    MadeJobs(Component stream, Map<Object, Object> record) {
        this.retriever = stream.required("retriever");
        this.record = record;
    }

    /** How many files were handed out; each has one record. */
    int sent() {
        return sent.get();
    }

    Reply answer(Asked request) {
        if (request.path().endsWith(FILE)) {
            sent.incrementAndGet();
            return Reply.binary(file());
        }
        Map<Object, Object> body =
                new LinkedHashMap<>(Map.of("access_token", "t", "token_type", "bearer", "expires_in", 3600L));
        Matcher names = LOOKED_AT.matcher(JsonValues.write(retriever.values()));
        while (names.find()) {
            body.put(names.group(1), "j1");
        }
        boolean running = request.method().equals("GET") && looks.getAndIncrement() % 2 == 0;
        Component states = retriever.required("status_mapping");
        List<String> words =
                running && !states.texts("running").isEmpty() ? states.texts("running") : states.texts("completed");
        Dpath.put(body, path("status_extractor"), words.getFirst());
        if (retriever.has("download_target_extractor")) {
            Dpath.put(body, path("download_target_extractor"), "http://files.example" + FILE);
        }
        return Reply.json(JsonValues.write(body));
    }

    private List<String> path(String extractor) {
        return retriever.required(extractor).texts("field_path");
    }

    private byte[] file() {
        return retriever
                .optional("download_decoder")
                .map(decoder -> packed(decoder))
                .orElseGet(() -> retriever
                                .optional("download_extractor")
                                .filter(each -> each.type().equals("ResponseToFileExtractor"))
                                .isPresent()
                        ? table(",", record).getBytes(StandardCharsets.UTF_8)
                        : json());
    }

    private byte[] packed(Component decoder) {
        return switch (decoder.type()) {
            case "GzipDecoder" -> gzip(packed(decoder.required("decoder")));
            case "CsvDecoder" -> {
                Map<Object, Object> columns = new LinkedHashMap<>();
                decoder.texts("field_names").forEach(name -> columns.put(name, record.getOrDefault(name, "x")));
                String delimiter = decoder.text("delimiter", ",").replace("\\t", "\t");
                yield table(delimiter, columns.isEmpty() ? record : columns).getBytes(StandardCharsets.UTF_8);
            }
            case "XmlDecoder" -> xml(decoder.texts("records_path")).getBytes(StandardCharsets.UTF_8);
            default -> json();
        };
    }

    /** Only plain values, as tables have no others. */
    private static String table(String delimiter, Map<Object, Object> record) {
        Map<String, String> plain = new LinkedHashMap<>();
        record.forEach((name, value) -> {
            if (!(value instanceof Map<?, ?>) && !(value instanceof List<?>)) {
                plain.put(Values.str(name), Values.str(value));
            }
        });
        return String.join(delimiter, plain.keySet()) + "\n" + String.join(delimiter, plain.values()) + "\n";
    }

    private byte[] json() {
        List<String> path = retriever
                .optional("download_extractor")
                .map(extractor -> extractor.texts("field_path"))
                .orElse(List.of());
        Object body = new ArrayList<>(List.of(record));
        if (!path.isEmpty()) {
            Map<Object, Object> around = new LinkedHashMap<>();
            Dpath.put(around, path, body);
            body = around;
        }
        return JsonValues.write(body).getBytes(StandardCharsets.UTF_8);
    }

    private String xml(List<String> path) {
        List<String> names = path.stream().filter(part -> !part.equals("*")).toList();
        return names.stream().map(name -> "<" + name + ">").collect(Collectors.joining())
                + "<MadeField>1</MadeField>"
                + names.reversed().stream().map(name -> "</" + name + ">").collect(Collectors.joining());
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
