package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.cursor.PositionProblems;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands in the log: all transactions before it are delivered, and none after.
 *
 * @param place the place
 * @param since where to begin to read: before the place where transactions were prepared and not ended there
 * @param made when the file of the log was made, in seconds; another file of the same name has another time
 * @param table which table it was, as the server numbers it; another one after it was rebuilt or made anew
 * @param shape the columns of the table there, which rows in the log do not name
 */
record LogPosition(LogPlace place, LogPlace since, long made, String table, LogShape shape) {
    /** What the identity of each position in a log begins with. */
    static final String PREFIX = "mysql-log:";

    static LogPosition parse(StreamId stream, Position position) {
        try {
            Map<String, @Nullable Object> map = Json.readObject(position.value());
            if (!(map.get("file") instanceof String file)
                    || !(map.get("place") instanceof Number place)
                    || !(map.get("made") instanceof Number made)) {
                throw new IllegalArgumentException("the position lacks its place");
            }
            LogPlace at = new LogPlace(file, place.longValue());
            return new LogPosition(
                    at,
                    map.get("since") instanceof String since ? LogPlace.parse(since) : at,
                    made.longValue(),
                    String.valueOf(map.get("table")),
                    LogShape.parse(map.get("columns")));
        } catch (IllegalArgumentException malformed) {
            throw PositionProblems.malformed(stream, malformed);
        }
    }

    Position in(String identity) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("file", place.file());
        map.put("place", place.at());
        map.put("since", since.equals(place) ? null : since.text());
        map.values().removeIf(Objects::isNull);
        map.put("made", made);
        map.put("table", table);
        map.put("columns", shape.texts());
        return new Position(identity, Json.write(map));
    }
}
