package dev.sluice.server.runs;

import dev.sluice.engine.state.Refresh;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a job is asked for beside its kind.
 *
 * @param streams which streams are refreshed or cleared; empty for all
 * @param refresh what becomes of the rows of those that are refreshed
 * @param code of rejected records that are tried again, only those with this reason; null for all
 * @param field of these, only those because of this field; null for all
 * @param begun true once the wish is part of the state, so that another attempt does not begin anew
 */
public record Request(
        Set<StreamId> streams,
        Refresh refresh,
        @Nullable String code,
        @Nullable String field,
        boolean begun) {
    public Request {
        streams = Set.copyOf(streams);
    }

    /** A request for some streams; for all if there are none. */
    public static Request of(Set<StreamId> streams, Refresh refresh) {
        return new Request(streams, refresh, null, null, false);
    }

    /** A request for the rejected records of some streams, or of all, that were rejected for this reason, or any. */
    public static Request ofRejects(Set<StreamId> streams, @Nullable String code, @Nullable String field) {
        return new Request(streams, Refresh.MERGE, code, field, false);
    }

    boolean isAbout(StreamId stream) {
        return streams.isEmpty() || streams.contains(stream);
    }

    Request asBegun() {
        return new Request(streams, refresh, code, field, true);
    }

    /** The request as it is kept with the job. */
    public Json write() {
        List<Map<String, @Nullable Object>> names = new ArrayList<>();
        for (StreamId stream : streams) {
            Map<String, @Nullable Object> name = new HashMap<>();
            name.put("namespace", stream.namespace());
            name.put("name", stream.name());
            names.add(name);
        }
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("streams", names);
        members.put("refresh", refresh.name().toLowerCase(Locale.ROOT));
        members.put("begun", begun);
        if (code != null) {
            members.put("code", code);
        }
        if (field != null) {
            members.put("field", field);
        }
        return new Json(JsonText.write(members));
    }

    /** The request in a document. */
    public static Request read(Json json) {
        Map<String, @Nullable Object> members = JsonText.object(json.text());
        List<StreamId> streams = new ArrayList<>();
        if (members.get("streams") instanceof List<?> list) {
            for (Object each : list) {
                Map<String, @Nullable Object> name = JsonText.members(each);
                Object namespace = name.get("namespace");
                streams.add(
                        StreamId.of(namespace == null ? null : namespace.toString(), String.valueOf(name.get("name"))));
            }
        }
        Object refresh = members.get("refresh");
        return new Request(
                Set.copyOf(streams),
                refresh == null
                        ? Refresh.MERGE
                        : Refresh.valueOf(refresh.toString().toUpperCase(Locale.ROOT)),
                members.get("code") instanceof String code ? code : null,
                members.get("field") instanceof String field ? field : null,
                Boolean.TRUE.equals(members.get("begun")));
    }
}
