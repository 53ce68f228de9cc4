package dev.sluice.connector.file.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.input.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a split reads: some whole files, or a range of one.
 *
 * @param files the files, in order
 * @param range the range of the only file; {@link Range#WHOLE} for whole files
 */
record SplitPayload(List<SourceFile> files, Range range) {
    SplitPayload {
        files = List.copyOf(files);
        if (files.isEmpty() || (files.size() > 1 && !range.equals(Range.WHOLE))) {
            throw new IllegalArgumentException("a split has some files, or a range of one");
        }
    }

    /**
     * A part of a file's text that begins and ends at records, or of the rows of a Parquet file.
     *
     * @param from where it begins: a byte of text, or the number of a row
     * @param to where it ends, {@value #END} for the end of the file
     * @param line the number of its first line; {@value #HEADER} if it begins with the file, header included, or if the
     *     file has no lines
     */
    record Range(long from, long to, long line) {
        static final long END = -1;
        static final long HEADER = 0;

        /** The whole file. */
        static final Range WHOLE = new Range(0, END, HEADER);
    }

    String toJson() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("files", files.stream().map(SplitPayload::toList).toList());
        if (!range.equals(Range.WHOLE)) {
            map.put("from", range.from);
            map.put("to", range.to);
            map.put("line", range.line);
        }
        return Json.write(map);
    }

    static SplitPayload ofJson(String json) {
        Map<String, ?> map = Json.readObject(json);
        List<SourceFile> files = new ArrayList<>();
        if (map.get("files") instanceof List<?> list) {
            list.forEach(file -> files.add(ofList(file)));
        }
        Range range = map.containsKey("from")
                ? new Range(number(map.get("from")), number(map.get("to")), number(map.get("line")))
                : Range.WHOLE;
        return new SplitPayload(files, range);
    }

    /** A file as plain data. */
    private static List<Object> toList(SourceFile file) {
        return List.of(file.name(), file.size(), file.modified(), file.tag(), file.stamp());
    }

    private static SourceFile ofList(@Nullable Object value) {
        if (value instanceof List<?> list && list.size() == 5 && list.get(0) instanceof String name) {
            return new SourceFile(
                    name,
                    number(list.get(1)),
                    number(list.get(2)),
                    String.valueOf(list.get(3)),
                    String.valueOf(list.get(4)));
        }
        throw new IllegalArgumentException("the split names no file");
    }

    static long number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("a number lacks");
    }
}
