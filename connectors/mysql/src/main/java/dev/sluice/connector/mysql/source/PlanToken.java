package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the source remembers of a whole read, stored in its plan.
 *
 * @param group the name of the sessions that see its moment
 * @param identity the server and the table as they were made
 * @param change what stays the same as long as the table does; null if the server does not tell
 * @param after the position from which an incremental read goes on; null if it reads everything
 * @param resumed true if the moment is a later one than that of the plan's end position
 * @param stamps what fields that the table does not have hold, in SQL
 */
record PlanToken(
        String group,
        String identity,
        @Nullable String change,
        @Nullable CursorPosition after,
        boolean resumed,
        Map<String, String> stamps) {
    PlanToken {
        stamps = Collections.unmodifiableMap(new LinkedHashMap<>(stamps));
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("group", group);
        map.put("identity", identity);
        map.put("change", change);
        map.put("after", after == null ? null : after.json());
        map.put("resumed", resumed);
        map.put("stamps", stamps.isEmpty() ? null : stamps);
        return Json.write(map);
    }

    static PlanToken parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        Object change = map.get("change");
        Object after = map.get("after");
        return new PlanToken(
                String.valueOf(map.get("group")),
                String.valueOf(map.get("identity")),
                change == null ? null : change.toString(),
                after == null ? null : CursorPosition.parse(after.toString()),
                Boolean.TRUE.equals(map.get("resumed")),
                stamps(map.get("stamps")));
    }

    private static Map<String, String> stamps(@Nullable Object value) {
        Map<String, String> stamps = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, stamp) -> stamps.put(String.valueOf(name), String.valueOf(stamp)));
        }
        return stamps;
    }

    /** The same read in a later moment. */
    PlanToken in(String otherGroup) {
        return new PlanToken(otherGroup, identity, change, after, true, stamps);
    }
}
