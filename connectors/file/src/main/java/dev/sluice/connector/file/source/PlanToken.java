package dev.sluice.connector.file.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.csv.CsvLayout;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.json.JsonFraming;
import dev.sluice.connector.file.xml.XmlPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a read remembers of its files: how they are laid out. As plain data in a plan. */
final class PlanToken {
    private PlanToken() {}

    static String of(StreamLook.Layout layout) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("format", layout.format().label());
        if (layout.csv() != null) {
            map.put("csv", layout.csvLayout().toMap());
        }
        if (layout.json() != null) {
            map.put("framing", layout.framing().notation());
            if (layout.framing() instanceof JsonFraming.Elements elements) {
                map.put("records_path", elements.path());
            }
        }
        if (layout.records() != null) {
            map.put("record_element", layout.recordElements().notation());
        }
        if (!layout.sheet().isEmpty()) {
            map.put("sheet", layout.sheet());
        }
        return Json.write(map);
    }

    static StreamLook.Layout read(String token) {
        Map<String, @Nullable Object> map = Json.readObject(token);
        FileFormat format = FileFormat.ofLabel(String.valueOf(map.get("format")))
                .orElseThrow(() -> new IllegalArgumentException("the plan names no format"));
        return new StreamLook.Layout(
                format,
                map.get("csv") instanceof Map<?, ?> csv ? CsvLayout.of(csv) : null,
                map.get("framing") instanceof String framing
                        ? JsonFraming.of(framing, path(map.get("records_path")))
                        : null,
                map.get("record_element") instanceof String element ? XmlPath.of(element) : null,
                map.get("sheet") instanceof String sheet ? sheet : "");
    }

    private static List<String> path(@Nullable Object path) {
        return path instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }
}
