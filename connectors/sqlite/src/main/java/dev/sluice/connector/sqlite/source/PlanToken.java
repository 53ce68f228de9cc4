package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the source remembers of a whole read, stored in its plan.
 *
 * @param snapshot the name of the snapshot
 * @param content the content of the file; null if nobody knows
 * @param after the position from which an incremental read goes on; null if it reads everything
 */
record PlanToken(
        String snapshot, @Nullable String content, @Nullable CursorPosition after) {
    static PlanToken of(Snapshot snapshot, @Nullable CursorPosition after) {
        return new PlanToken(snapshot.name(), snapshot.content(), after);
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("snapshot", snapshot);
        if (content != null) {
            map.put("content", content);
        }
        if (after != null) {
            map.put("after", after.json());
        }
        return Json.write(map);
    }

    static PlanToken parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        String content = map.get("content") instanceof String text ? text : null;
        CursorPosition after = map.get("after") instanceof String text ? CursorPosition.parse(text) : null;
        return new PlanToken(String.valueOf(map.get("snapshot")), content, after);
    }
}
