package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What several {@code extractors} find, the first of each as one record, then the second of each, and so on. */
final class CombinedExtractor implements Extractor {
    private final List<Extractor> extractors;

    CombinedExtractor(Component component, Surroundings surroundings) {
        this.extractors = component.all("extractors").stream()
                .map(each -> Extractor.of(each, surroundings))
                .toList();
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<List<Object>> parts = extractors.stream()
                .map(extractor -> extractor.records(elements))
                .toList();
        int rows = parts.stream().mapToInt(List::size).min().orElse(0);
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            Map<Object, Object> record = new LinkedHashMap<>();
            for (List<Object> part : parts) {
                record.putAll(Values.mapOrEmpty(part.get(i)));
            }
            records.add(record);
        }
        return records;
    }
}
