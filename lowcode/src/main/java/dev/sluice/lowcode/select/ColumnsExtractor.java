package dev.sluice.lowcode.select;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of an answer that lists columns, as services of charts give them: one list with the values of the {@code key}, and one
 * list a series. With {@code labels} a row holds a map of all series by their names, else the value of the first one.
 */
final class ColumnsExtractor implements Extractor {
    private final Component component;

    ColumnsExtractor(Component component) {
        this.component = component;
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<Object> records = new ArrayList<>();
        for (Object element : elements) {
            Object data = Values.member(element, component.text("from"));
            List<Object> keys = list(data, component.text("key_from"));
            List<Object> series = list(data, component.text("series_from"));
            List<Object> labels = component.has("labels_from") ? list(data, component.text("labels_from")) : List.of();
            int rows = series.stream()
                    .mapToInt(each -> items(each).size())
                    .limit(component.has("labels_from") ? series.size() : 1)
                    .min()
                    .orElse(0);
            for (int i = 0; i < Math.min(rows, keys.size()); i++) {
                Map<Object, Object> record = new LinkedHashMap<>();
                record.put(component.text("key"), keys.get(i));
                record.put(
                        component.text("value"),
                        component.has("labels_from")
                                ? named(labels, series, i)
                                : items(series.getFirst()).get(i));
                records.add(record);
            }
        }
        return records;
    }

    private static Map<Object, Object> named(List<Object> labels, List<Object> series, int row) {
        Map<Object, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(labels.size(), series.size()); i++) {
            named.put(labels.get(i), items(series.get(i)).get(row));
        }
        return named;
    }

    private static List<Object> list(Object data, String field) {
        return items(Values.member(data, field));
    }

    private static List<Object> items(Object value) {
        return value instanceof List<?> list ? Values.asList(list) : value instanceof None ? List.of() : List.of(value);
    }
}
