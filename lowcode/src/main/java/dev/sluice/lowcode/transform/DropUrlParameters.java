package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes parameters out of the addresses in some fields that are others each time. */
final class DropUrlParameters implements Step {
    private final Component component;

    DropUrlParameters(Component component) {
        this.component = component;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        Component fields = component.required("fields");
        for (Object field : fields.values().keySet()) {
            if (record.get(field) instanceof String url && url.contains("?")) {
                record.put(field, without(url, fields.texts(Values.str(field))));
            }
        }
    }

    private static String without(String url, List<String> names) {
        int mark = url.indexOf('?');
        String kept = Arrays.stream(url.substring(mark + 1).split("&", -1))
                .filter(pair -> !names.contains(pair.replaceFirst("=.*", "")))
                .collect(Collectors.joining("&"));
        return url.substring(0, mark) + (kept.isEmpty() ? "" : "?" + kept);
    }
}
