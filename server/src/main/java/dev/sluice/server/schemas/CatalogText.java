package dev.sluice.server.schemas;

import dev.sluice.engine.schema.StreamText;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A catalog as a document: its streams by name, each in the text that the engine keeps of it. The order in which a source
 * names them and how many rows it guesses make no difference. What cannot be read is named with why.
 */
final class CatalogText {
    private CatalogText() {}

    static Json write(Catalog catalog) {
        List<Object> streams = new ArrayList<>();
        catalog.streams().stream()
                .sorted(Comparator.comparing(CatalogStream::id))
                .forEach(stream -> streams.add(entry(stream.id(), "text", StreamText.write(stream))));
        List<Object> unreadable = new ArrayList<>();
        catalog.unreadable().stream()
                .sorted(Comparator.comparing(Catalog.Unreadable::id))
                .forEach(stream -> unreadable.add(
                        entry(stream.id(), "problem", stream.problem().message())));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("streams", streams);
        if (!unreadable.isEmpty()) {
            document.put("unreadable", unreadable);
        }
        return new Json(JsonText.write(document));
    }

    private static Map<String, @Nullable Object> entry(StreamId id, String name, String value) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        if (id.namespace() != null) {
            entry.put("namespace", id.namespace());
        }
        entry.put("name", id.name());
        entry.put(name, value);
        return entry;
    }

    /** The streams of a document; those that could not be read are left out. */
    static List<CatalogStream> read(Json document) {
        List<CatalogStream> streams = new ArrayList<>();
        if (JsonText.object(document.text()).get("streams") instanceof List<?> entries) {
            for (Object entry : entries) {
                Map<String, @Nullable Object> members = JsonText.members(entry);
                String namespace = members.get("namespace") instanceof String text ? text : null;
                streams.add(StreamText.read(
                        StreamId.of(namespace, String.valueOf(members.get("name"))),
                        String.valueOf(members.get("text"))));
            }
        }
        return streams;
    }
}
