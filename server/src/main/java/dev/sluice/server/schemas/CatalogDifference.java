package dev.sluice.server.schemas;

import dev.sluice.engine.schema.SchemaChange;
import dev.sluice.engine.schema.SchemaDiff;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is otherwise between two catalogs of a source.
 *
 * @param streams the streams that differ: those that are new or changed in the order of the newer catalog, then those
 *     that are gone
 */
public record CatalogDifference(List<StreamDifference> streams) {
    public CatalogDifference {
        streams = List.copyOf(streams);
    }

    /** Compares two catalogs. */
    public static CatalogDifference between(Catalog before, Catalog now) {
        Map<StreamId, CatalogStream> left = new LinkedHashMap<>();
        before.streams().forEach(stream -> left.put(stream.id(), stream));
        List<StreamDifference> differences = new ArrayList<>();
        for (CatalogStream stream : now.streams()) {
            CatalogStream known = left.remove(stream.id());
            if (known == null) {
                differences.add(new StreamDifference.Added(stream.id()));
            } else {
                List<SchemaChange> changes = SchemaDiff.between(known, stream);
                if (!changes.isEmpty()) {
                    differences.add(new StreamDifference.Changed(stream.id(), changes));
                }
            }
        }
        left.keySet().forEach(gone -> differences.add(new StreamDifference.Removed(gone)));
        return new CatalogDifference(differences);
    }

    /** True if nothing differs. */
    public boolean isEmpty() {
        return streams.isEmpty();
    }

    /**
     * The streams that a connection cannot go on with.
     *
     * @param uses how it uses the streams that it copies
     */
    public List<StreamDifference> breaking(Map<StreamId, StreamUse> uses) {
        return streams.stream()
                .filter(difference -> {
                    StreamUse use = uses.get(difference.stream());
                    return use != null && difference.isBreaking(use);
                })
                .toList();
    }
}
