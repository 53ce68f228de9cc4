package dev.sluice.lowcode.select;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The records in a list of the answer; the answer itself where it has no such list, as one alone is asked for. */
final class ItemsOrWholeExtractor implements Extractor {
    private final String list;

    ItemsOrWholeExtractor(Component component) {
        this.list = component.text("list");
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<Object> records = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?> map) || map.isEmpty()) {
                continue;
            }
            if (map.containsKey(list)) {
                records.addAll(Values.items(Values.member(map, list)));
            } else {
                records.add(map);
            }
        }
        return records;
    }
}
