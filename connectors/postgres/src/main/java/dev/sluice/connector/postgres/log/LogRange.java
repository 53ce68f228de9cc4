package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that a read of the log delivers.
 *
 * @param from those that were committed here or later
 * @param end and before this place
 */
record LogRange(long from, long end) {
    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("from", Lsn.text(from));
        map.put("end", Lsn.text(end));
        return Json.write(map);
    }

    static LogRange parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        return new LogRange(Lsn.parse(String.valueOf(map.get("from"))), Lsn.parse(String.valueOf(map.get("end"))));
    }
}
