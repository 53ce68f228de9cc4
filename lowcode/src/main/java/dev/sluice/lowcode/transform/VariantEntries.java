package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a value that can be of several kinds, {@code {"data": {"kind": {...}}}}, its kind and a list of its members as JSON. */
final class VariantEntries implements Step {
    private final String field;

    VariantEntries(Component component) {
        this.field = component.text("field");
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        if (!(record.get(field) instanceof Map<?, ?> found)) {
            return;
        }
        Map<Object, Object> variant = Values.asMap(found);
        Values.mapOrEmpty(variant.getOrDefault("data", Map.of())).forEach((kind, members) -> {
            List<Object> entries = new ArrayList<>();
            Values.mapOrEmpty(members)
                    .forEach((key, value) ->
                            entries.add(MapToList.entry("key", key, ascii(JsonValues.spaced(value, false)))));
            variant.put("type", kind);
            variant.put("values", entries);
        });
        variant.remove("data");
    }

    /** The same JSON with nothing in it but ASCII. */
    private static String ascii(String json) {
        StringBuilder all = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char unit = json.charAt(i);
            all.append(unit < 128 ? String.valueOf(unit) : String.format("\\u%04x", (int) unit));
        }
        return all.toString();
    }
}
