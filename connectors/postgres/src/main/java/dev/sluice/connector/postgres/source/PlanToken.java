package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the source remembers of a whole read, stored in its plan.
 *
 * @param exported the name under which the snapshot that all splits share was exported
 * @param horizon the horizon of the snapshot of the first attempt
 * @param identity what the read belongs to (I4)
 * @param files the heap files that the splits' ctids refer to, by table; other files mean other ctids
 * @param conditions what restricts the rows of each split, in SQL on the alias t
 * @param stamps what fields that the table does not have hold, in SQL
 */
record PlanToken(
        String exported,
        long horizon,
        String identity,
        Map<String, Object> files,
        List<String> conditions,
        Map<String, String> stamps) {
    PlanToken {
        files = Map.copyOf(files);
        conditions = List.copyOf(conditions);
        stamps = Map.copyOf(stamps);
    }

    /** The token of a split read in another snapshot, with other conditions. */
    PlanToken resumed(String nowExported, long nowHorizon, List<String> nowConditions) {
        return new PlanToken(nowExported, nowHorizon, identity, files, nowConditions, stamps);
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("exported", exported);
        map.put("horizon", horizon);
        map.put("identity", identity);
        map.put("files", files);
        map.put("conditions", conditions);
        map.put("stamps", stamps);
        return Json.write(map);
    }

    static PlanToken parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        Map<String, Object> files = new LinkedHashMap<>();
        if (map.get("files") instanceof Map<?, ?> stored) {
            stored.forEach((table, file) -> files.put(String.valueOf(table), Objects.requireNonNull(file)));
        }
        List<String> conditions = map.get("conditions") instanceof List<?> stored
                ? stored.stream().map(String::valueOf).toList()
                : List.of();
        Map<String, String> stamps = new LinkedHashMap<>();
        if (map.get("stamps") instanceof Map<?, ?> stored) {
            stored.forEach((field, sql) -> stamps.put(String.valueOf(field), String.valueOf(sql)));
        }
        return new PlanToken(
                String.valueOf(map.get("exported")),
                ((Number) Objects.requireNonNull(map.get("horizon"))).longValue(),
                String.valueOf(map.get("identity")),
                files,
                conditions,
                stamps);
    }
}
