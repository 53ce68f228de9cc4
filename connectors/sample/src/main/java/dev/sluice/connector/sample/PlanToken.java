package dev.sluice.connector.sample;

import dev.sluice.cdk.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a read remembers: what it reads from, and which version of it.
 *
 * @param identity what the rows are made from
 * @param version the version
 * @param changes true for what the version changed, false for all rows that it has
 */
record PlanToken(String identity, int version, boolean changes) {
    String toJson() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("identity", identity);
        map.put("version", version);
        map.put("changes", changes);
        return Json.write(map);
    }

    /**
     * Reads a token.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static PlanToken ofJson(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        if (map.get("identity") instanceof String identity
                && map.get("version") instanceof Number version
                && map.get("changes") instanceof Boolean changes) {
            return new PlanToken(identity, version.intValue(), changes);
        }
        throw new IllegalArgumentException("the plan lacks an identity, a version or what to read of it");
    }
}
