package dev.sluice.lowcode.select;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of several {@code lists}, each with a {@code field} that says which of them it is from. */
final class TaggedListsExtractor implements Extractor {
    private final Component component;

    TaggedListsExtractor(Component component) {
        this.component = component;
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<Object> records = new ArrayList<>();
        Component lists = component.required("lists");
        for (Object element : elements) {
            for (Object tag : lists.values().keySet()) {
                Object list = Dpath.get(element, lists.texts(Values.str(tag)), None.NONE);
                for (Object each : list instanceof List<?> found ? Values.asList(found) : List.of()) {
                    Map<Object, Object> record = new LinkedHashMap<>(Values.mapOrEmpty(each));
                    record.put(component.text("field"), tag);
                    records.add(record);
                }
            }
        }
        return records;
    }
}
