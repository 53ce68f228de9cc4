package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bare values, each of which becomes a record with one field. */
final class WrappingExtractor implements Extractor {
    private final Extractor values;
    private final String field;

    WrappingExtractor(Component component, Surroundings surroundings) {
        this.values = new PathExtractor(component, surroundings);
        this.field = component.text("field");
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<Object> records = new ArrayList<>();
        for (Object value : values.records(elements)) {
            records.add(new LinkedHashMap<>(Map.of(field, value)));
        }
        return records;
    }
}
