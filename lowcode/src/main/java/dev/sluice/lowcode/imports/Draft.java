package dev.sluice.lowcode.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A manifest that grows: streams, options of the user, and what there is to say about it. */
final class Draft {
    private static final String VERSION = "6.44.0";

    private final Map<String, Map<String, Object>> streams = new LinkedHashMap<>();
    private final Map<String, Object> options = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** Says something once. */
    void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    /**
     * Asks the user for a value.
     *
     * @param secret true if nobody may see it again
     * @param found a value that is known already, for trying it out; null if none is
     * @return the template that stands for the value
     */
    String input(String name, String title, boolean secret, @Nullable String found) {
        if (!options.containsKey(name)) {
            Map<String, Object> option = new LinkedHashMap<>();
            option.put("type", "string");
            option.put("title", title);
            if (secret) {
                option.put("airbyte_secret", true);
            }
            option.put("order", options.size());
            options.put(name, option);
            required.add(name);
        }
        if (found != null) {
            inputs.putIfAbsent(name, found);
        }
        return "{{ config['" + name + "'] }}";
    }

    boolean hasStream(String name) {
        return streams.containsKey(name);
    }

    void stream(String name, Map<String, Object> stream) {
        streams.put(name, stream);
    }

    /**
     * A stream.
     *
     * @param schema the fields as JSON Schema
     */
    static Map<String, Object> stream(
            String name, List<String> key, Map<String, Object> retriever, Map<String, Object> schema) {
        Map<String, Object> stream = new LinkedHashMap<>();
        stream.put("type", "DeclarativeStream");
        stream.put("name", name);
        if (!key.isEmpty()) {
            stream.put("primary_key", key);
        }
        stream.put("retriever", retriever);
        stream.put("schema_loader", map("type", "InlineSchemaLoader", "schema", schema));
        return stream;
    }

    static Map<String, Object> retriever(
            Map<String, Object> requester, List<String> recordPath, @Nullable Map<String, Object> paginator) {
        Map<String, Object> retriever = new LinkedHashMap<>();
        retriever.put("type", "SimpleRetriever");
        retriever.put("requester", requester);
        retriever.put(
                "record_selector",
                map("type", "RecordSelector", "extractor", map("type", "DpathExtractor", "field_path", recordPath)));
        if (paginator != null) {
            retriever.put("paginator", paginator);
        }
        return retriever;
    }

    /** A mapping of pairs, in order. */
    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    /** A text that stands for itself, also where it looks like a template. */
    static String literal(String text) {
        if (!text.contains("{{") && !text.contains("{%") && !text.contains("{#")) {
            return text;
        }
        return "{{ '" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "' }}";
    }

    /** A name for an option or a stream out of any words: small letters, digits, underscores. */
    static String name(String words, String otherwise) {
        String name = words.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        if (name.isEmpty()) {
            return otherwise;
        }
        String named = Character.isDigit(name.charAt(0)) ? "n" + name : name;
        return named.substring(0, Math.min(60, named.length()));
    }

    Imported imported() {
        List<String> names = List.copyOf(streams.keySet());
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("version", VERSION);
        manifest.put("type", "DeclarativeSource");
        manifest.put("check", map("type", "CheckStream", "stream_names", names.subList(0, Math.min(1, names.size()))));
        manifest.put("definitions", map("streams", streams));
        manifest.put(
                "streams",
                names.stream()
                        .map(name -> map("$ref", "#/definitions/streams/" + name))
                        .toList());
        Map<String, Object> specification = map("type", "object");
        if (!required.isEmpty()) {
            specification.put("required", required);
        }
        specification.put("properties", options);
        specification.put("additionalProperties", true);
        manifest.put("spec", map("type", "Spec", "connection_specification", specification));
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDereferenceAliases(true)
                .setIndent(2)
                .setWidth(140)
                .build();
        return new Imported(new Dump(settings).dumpToString(manifest), notes, inputs);
    }
}
