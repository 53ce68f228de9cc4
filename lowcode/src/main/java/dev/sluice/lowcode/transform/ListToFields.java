package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives the values of a list the names that another list has for them. */
final class ListToFields implements Step {
    private final Component component;

    ListToFields(Component component) {
        this.component = component;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        Object values = record.remove(component.text("field"));
        List<String> names = new ArrayList<>(component.texts(component.text("named_by")));
        for (int i = 0; i < names.size() && values instanceof List<?> list; i++) {
            record.put(names.get(i), i < list.size() ? Values.asList(list).get(i) : None.NONE);
        }
    }
}
