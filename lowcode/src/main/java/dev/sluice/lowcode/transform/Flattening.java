package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.value.Values;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes all that lies in maps and lists of a record fields of the record itself. */
final class Flattening {
    private record Open(Object value, String key, String parent) {}

    private Flattening() {}

    static void all(Map<Object, Object> record, boolean lists) {
        Deque<Open> stack = new ArrayDeque<>();
        Map<Object, Object> flat = new LinkedHashMap<>();
        stack.push(new Open(Values.copyMap(record), "", ""));
        boolean inList = false;
        while (!stack.isEmpty()) {
            Open open = stack.pop();
            if (open.value() instanceof Map<?, ?> map) {
                Values.asMap(map).forEach((key, value) -> stack.push(new Open(value, Values.str(key), path(open))));
            } else if (lists && open.value() instanceof List<?> list) {
                inList = true;
                for (int i = 0; i < list.size(); i++) {
                    stack.push(new Open(Values.asList(list).get(i), Integer.toString(i), path(open)));
                }
            } else {
                boolean whole = inList || flat.containsKey(open.key());
                flat.put(whole ? path(open) : open.key(), open.value());
            }
        }
        record.clear();
        record.putAll(flat);
    }

    private static String path(Open open) {
        return open.parent().isEmpty() ? open.key() : open.parent() + "." + open.key();
    }
}
