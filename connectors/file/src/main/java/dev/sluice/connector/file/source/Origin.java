package dev.sluice.connector.file.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.input.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a file in order to read one of its records alone, long after. As plain data it stays with each
 * rejected record.
 *
 * @param file the name of the file
 * @param modified when it was last changed, as {@link SourceFile} has it
 * @param layout how it is laid out
 * @param columns the columns of a CSV file in its order; none for other formats
 */
record Origin(String file, long modified, StreamLook.Layout layout, List<String> columns) {
    Origin {
        columns = List.copyOf(columns);
    }

    static Origin of(SourceFile file, StreamLook.Layout layout, List<String> columns) {
        return new Origin(file.name(), file.modified(), layout, columns);
    }

    /** The file, of which only the name and the time are known. */
    SourceFile sourceFile() {
        return new SourceFile(file, SourceFile.UNKNOWN, modified, "", "");
    }

    String toJson() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("file", file);
        map.put("modified", modified);
        map.put("layout", PlanToken.of(layout));
        map.put("columns", columns);
        return Json.write(map);
    }

    /**
     * The origin of plain data.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Origin ofJson(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        if (map.get("columns") instanceof List<?> columns) {
            return new Origin(
                    String.valueOf(map.get("file")),
                    SplitPayload.number(map.get("modified")),
                    PlanToken.read(String.valueOf(map.get("layout"))),
                    columns.stream().map(String::valueOf).toList());
        }
        throw new IllegalArgumentException("the origin names no columns");
    }
}
