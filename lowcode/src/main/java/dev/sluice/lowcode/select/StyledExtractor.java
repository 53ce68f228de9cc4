package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.transform.Transformations;
import dev.sluice.lowcode.value.Values;
import java.util.List;
import java.util.Map;

/** The records at a path, brought into another shape before anything else looks at them. */
final class StyledExtractor implements Extractor {
    private final Extractor records;
    private final Transformations transformations;

    StyledExtractor(Component component, Surroundings surroundings) {
        this.records = new PathExtractor(component, surroundings);
        this.transformations = new Transformations(component.all("transformations"), surroundings);
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<Object> found = records.records(elements);
        for (Object record : found) {
            if (record instanceof Map<?, ?> map) {
                transformations.apply(Values.asMap(map), StreamSlice.WHOLE);
            }
        }
        return found;
    }
}
