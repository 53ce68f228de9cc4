package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.json.Json;
import dev.sluice.duckdb.DatabaseStamp;
import dev.sluice.duckdb.DuckDb;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the source remembers of a whole read, stored in its plan.
 *
 * @param read tells the reads of this process apart
 * @param content the state of the file and the version of DuckDB that numbers its rows; null if the file could change
 *     while it was read
 * @param after the position from which an incremental read goes on; null if it reads everything
 */
record PlanToken(
        String read, @Nullable String content, @Nullable CursorPosition after) {

    /** A token for a read of this database. */
    static PlanToken of(DuckDb database, @Nullable CursorPosition after) {
        return new PlanToken(UUID.randomUUID().toString(), content(database), after);
    }

    /** The state of the file's content as text; null if it can change while the database is open. */
    static @Nullable String content(DuckDb database) {
        Optional<DatabaseStamp> stamp = database.stamp();
        return stamp.map(s -> s.identifier() + ":" + s.iteration() + ":" + s.logBytes() + ":" + DuckDb.version())
                .orElse(null);
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("read", read);
        map.put("content", content);
        map.put("after", after == null ? null : after.json());
        return Json.write(map);
    }

    static PlanToken parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        Object content = map.get("content");
        Object after = map.get("after");
        return new PlanToken(
                String.valueOf(map.get("read")),
                content == null ? null : content.toString(),
                after == null ? null : CursorPosition.parse(after.toString()));
    }
}
