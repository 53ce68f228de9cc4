package dev.sluice.connector.file.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.input.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that were delivered, as a position remembers them: name, size, time and digest of each.
 *
 * <p>A file is new if its name is not among them, and changed if any of the rest differs; both are read. Files that are
 * gone stay remembered, so that a directory that was not mounted for a while is not delivered twice; beyond {@value
 * #MOST_GONE} of them the oldest are forgotten. Immutable.
 */
final class Delivered {
    private static final int MOST_GONE = 10_000;

    private final Map<String, Version> files;

    /** What a file was when it was delivered. */
    private record Version(long size, long modified, String tag) {
        static Version of(SourceFile file) {
            return new Version(file.size(), file.modified(), file.tag());
        }
    }

    private Delivered(Map<String, Version> files) {
        this.files = files;
    }

    /** Nothing was delivered yet. */
    static Delivered nothing() {
        return new Delivered(Map.of());
    }

    /**
     * Reads the value of a position.
     *
     * @throws IllegalArgumentException if it is none of this source's
     */
    static Delivered ofJson(String json) {
        Map<String, Version> files = new TreeMap<>();
        if (!(Json.readObject(json).get("files") instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("the position names no files");
        }
        map.forEach((name, value) -> {
            if (!(value instanceof List<?> list) || list.size() != 3) {
                throw new IllegalArgumentException("the position names a file without its version");
            }
            files.put(
                    String.valueOf(name),
                    new Version(
                            SplitPayload.number(list.get(0)),
                            SplitPayload.number(list.get(1)),
                            String.valueOf(list.get(2))));
        });
        return new Delivered(files);
    }

    /** The value of a position. */
    String toJson() {
        Map<String, Object> map = new LinkedHashMap<>();
        files.forEach((name, version) -> map.put(name, List.of(version.size, version.modified, version.tag)));
        return Json.write(Map.of("files", map));
    }

    /** True if exactly this version of the file was delivered. */
    boolean contains(String key, SourceFile file) {
        return Version.of(file).equals(files.get(key));
    }

    /** True if some version of the file was delivered. */
    boolean knows(String key) {
        return files.containsKey(key);
    }

    /** What is delivered once the files of a listing are. */
    Delivered with(StreamFiles stream, List<SourceFile> listed) {
        Map<String, Version> result = new TreeMap<>();
        listed.forEach(file -> result.put(stream.keyOf(file), Version.of(file)));
        List<Map.Entry<String, Version>> gone = new ArrayList<>();
        files.entrySet().stream()
                .filter(entry -> !result.containsKey(entry.getKey()))
                .forEach(gone::add);
        gone.sort(Comparator.comparingLong(
                        (Map.Entry<String, Version> entry) -> entry.getValue().modified())
                .reversed());
        gone.stream().limit(MOST_GONE).forEach(entry -> result.put(entry.getKey(), entry.getValue()));
        return new Delivered(result);
    }
}
