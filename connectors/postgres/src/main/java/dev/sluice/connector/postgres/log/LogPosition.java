package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.cursor.PositionProblems;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands in the log: all transactions that were committed before it are delivered, and none after.
 *
 * @param lsn the place
 * @param member how the table belonged to the publication; after another, changes in between were not told
 */
record LogPosition(long lsn, String member) {
    /** What the identity of each position in a log begins with. */
    static final String PREFIX = "postgres-log:";

    static LogPosition parse(StreamId stream, Position position) {
        try {
            Map<String, @Nullable Object> map = Json.readObject(position.value());
            return new LogPosition(Lsn.parse(String.valueOf(map.get("lsn"))), String.valueOf(map.get("member")));
        } catch (IllegalArgumentException malformed) {
            throw PositionProblems.malformed(stream, malformed);
        }
    }

    Position in(String identity) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("lsn", Lsn.text(lsn));
        map.put("member", member);
        return new Position(identity, Json.write(map));
    }
}
