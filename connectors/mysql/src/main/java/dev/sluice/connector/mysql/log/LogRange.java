package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that a read of the log delivers.
 *
 * @param since where to begin to read, for transactions that were prepared before
 * @param from those that are committed here or later
 * @param end and before this place
 * @param before the columns of the table at the beginning
 * @param after the columns at the end
 */
record LogRange(LogPlace since, LogPlace from, LogPlace end, LogShape before, LogShape after) {
    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("since", since.equals(from) ? null : since.text());
        map.put("from", from.text());
        map.put("end", end.text());
        map.put("before", before.texts());
        map.put("after", after.equals(before) ? null : after.texts());
        return Json.write(map);
    }

    static LogRange parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        LogShape before = LogShape.parse(map.get("before"));
        LogPlace from = LogPlace.parse(String.valueOf(map.get("from")));
        return new LogRange(
                map.get("since") == null ? from : LogPlace.parse(String.valueOf(map.get("since"))),
                from,
                LogPlace.parse(String.valueOf(map.get("end"))),
                before,
                map.get("after") == null ? before : LogShape.parse(map.get("after")));
    }

    boolean has(LogPlace place) {
        return !place.isBefore(from) && place.isBefore(end);
    }
}
