package dev.sluice.connector.file.destination.manifest;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Manifests as JSON. */
public final class ManifestJson {
    private static final long FORMAT = 1;

    private ManifestJson() {}

    /** The text of a manifest. */
    public static String write(Manifest manifest) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("about", "Written by Sluice: the files of a stream and how far it was copied. Do not edit.");
        Manifest.Holder holder = manifest.holder();
        json.put("connection_id", holder.connectionId());
        json.put("connection_name", holder.connectionName());
        json.put("stream_namespace", holder.stream().namespace());
        json.put("stream_name", holder.stream().name());
        json.put("fence", manifest.fence());
        json.put("run", run(manifest.run()));
        json.put("position", position(manifest.content().position()));
        json.put("columns", array(manifest.content().columns(), ManifestJson::array));
        json.put("files", array(manifest.files(), ManifestJson::array));
        json.put("obsolete", manifest.obsolete());
        Manifest.Closing closing = manifest.closing();
        json.put("closing", closing == null ? null : closing(closing));
        return Json.write(json);
    }

    private static Map<String, @Nullable Object> closing(Manifest.Closing closing) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("files", array(closing.files(), ManifestJson::array));
        json.put("position", position(closing.end()));
        return json;
    }

    private static @Nullable Object position(@Nullable Position position) {
        return position == null ? null : List.of(position.identity(), position.value());
    }

    private static Map<String, @Nullable Object> run(RunState run) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("generation_id", run.generation());
        json.put("sync_id", run.syncId());
        json.put("published", run.published());
        json.put("aside", run.aside());
        Map<String, @Nullable Object> splits = new LinkedHashMap<>();
        run.splits().forEach((id, progress) -> {
            List<@Nullable Object> parts = new ArrayList<>();
            parts.add(progress.position());
            parts.add(progress.finished());
            parts.add(progress.rows());
            splits.put(id, parts);
        });
        json.put("splits", splits);
        json.put("files", array(run.files(), ManifestJson::array));
        json.put("columns", array(run.columns(), ManifestJson::array));
        return json;
    }

    static List<Object> array(DataFile file) {
        return List.of(file.path(), file.rows(), file.bytes());
    }

    private static List<Object> array(KnownColumn column) {
        return List.of(column.field(), column.column(), column.type());
    }

    private static <T> List<Object> array(List<T> values, Function<T, Object> json) {
        return values.stream().map(json).toList();
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if the text is none; the message says why
     */
    public static Manifest read(String text) {
        Map<String, @Nullable Object> json = Json.readObject(text);
        if (whole(json.get("format")) != FORMAT) {
            throw new IllegalArgumentException("it was written by a newer version of Sluice");
        }
        Manifest.Holder holder = new Manifest.Holder(
                text(json.get("connection_id")),
                text(json.get("connection_name")),
                StreamId.of(textOrNull(json.get("stream_namespace")), text(json.get("stream_name"))));
        return new Manifest(
                holder,
                whole(json.get("fence")),
                run(object(json.get("run"))),
                new Manifest.Content(
                        each(json.get("columns"), ManifestJson::column),
                        each(json.get("files"), ManifestJson::file),
                        positionOf(json.get("position"))),
                each(json.get("obsolete"), ManifestJson::text),
                closingOf(json.get("closing")));
    }

    private static @Nullable Position positionOf(@Nullable Object json) {
        if (json == null) {
            return null;
        }
        List<?> parts = list(json, 2);
        return new Position(text(parts.get(0)), text(parts.get(1)));
    }

    private static Manifest.@Nullable Closing closingOf(@Nullable Object json) {
        if (json == null) {
            return null;
        }
        Map<?, ?> closing = object(json);
        return new Manifest.Closing(
                each(closing.get("files"), ManifestJson::file), positionOf(closing.get("position")));
    }

    private static RunState run(Map<?, ?> json) {
        Map<String, SplitProgress> splits = new LinkedHashMap<>();
        object(json.get("splits")).forEach((id, value) -> {
            List<?> parts = list(value, 3);
            splits.put(text(id), new SplitProgress(textOrNull(parts.get(0)), truth(parts.get(1)), whole(parts.get(2))));
        });
        return new RunState(
                whole(json.get("generation_id")),
                whole(json.get("sync_id")),
                truth(json.get("published")),
                truth(json.get("aside")),
                splits,
                each(json.get("files"), ManifestJson::file),
                each(json.get("columns"), ManifestJson::column));
    }

    static DataFile file(@Nullable Object json) {
        List<?> parts = list(json, 3);
        String path = text(parts.get(0));
        // A manifest that was tampered with must not make anybody delete what lies elsewhere.
        if (path.startsWith("/") || List.of(path.split("/")).contains("..")) {
            throw new IllegalArgumentException("a file lies outside: " + path);
        }
        return new DataFile(path, whole(parts.get(1)), whole(parts.get(2)));
    }

    private static KnownColumn column(@Nullable Object json) {
        List<?> parts = list(json, 3);
        return new KnownColumn(text(parts.get(0)), text(parts.get(1)), text(parts.get(2)));
    }

    private static <T> List<T> each(@Nullable Object json, Function<@Nullable Object, T> value) {
        if (!(json instanceof List<?> values)) {
            throw unexpected(json);
        }
        List<T> read = new ArrayList<>(values.size());
        for (Object one : values) {
            read.add(value.apply(one));
        }
        return read;
    }

    private static Map<?, ?> object(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw unexpected(json);
    }

    private static List<?> list(@Nullable Object json, int size) {
        if (json instanceof List<?> list && list.size() == size) {
            return list;
        }
        throw unexpected(json);
    }

    static String text(@Nullable Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw unexpected(json);
    }

    private static @Nullable String textOrNull(@Nullable Object json) {
        return json == null ? null : text(json);
    }

    private static long whole(@Nullable Object json) {
        if (json instanceof Long number) {
            return number;
        }
        throw unexpected(json);
    }

    private static boolean truth(@Nullable Object json) {
        if (json instanceof Boolean truth) {
            return truth;
        }
        throw unexpected(json);
    }

    private static IllegalArgumentException unexpected(@Nullable Object json) {
        String text = String.valueOf(json);
        return new IllegalArgumentException("an unexpected value: " + text.substring(0, Math.min(80, text.length())));
    }
}
