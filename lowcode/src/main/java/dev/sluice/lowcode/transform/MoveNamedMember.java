package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.Map;

/** Moves the member that another member names to a name that is always the same. */
final class MoveNamedMember implements Step {
    private final Component component;

    MoveNamedMember(Component component) {
        this.component = component;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        if (!(Dpath.get(record, component.texts("path"), None.NONE) instanceof Map<?, ?> found)) {
            return;
        }
        Map<Object, Object> map = Values.asMap(found);
        Object name = Values.member(map, component.text("named_by"));
        Object moved = name instanceof String text ? Values.member(map, text) : None.NONE;
        if (Values.truthy(moved)) {
            map.put(component.text("to"), moved);
            map.remove(name);
        }
    }
}
