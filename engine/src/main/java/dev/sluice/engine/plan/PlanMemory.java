package dev.sluice.engine.plan;

import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan has to know of earlier runs.
 *
 * @param known the streams as they were when their tables were last made
 * @param replaced the streams whose old rows go with the next run, whatever the mode
 * @param mapped the marks of the mappers that the rows of streams went through; only of streams whose rows are there
 */
public record PlanMemory(List<CatalogStream> known, Set<StreamId> replaced, Map<StreamId, String> mapped) {
    /** There was no earlier run. */
    public static final PlanMemory NONE = new PlanMemory(List.of(), Set.of());

    public PlanMemory {
        known = List.copyOf(known);
        replaced = Set.copyOf(replaced);
        mapped = Map.copyOf(mapped);
    }

    /** What is known where nobody knows of mappers. */
    public PlanMemory(List<CatalogStream> known, Set<StreamId> replaced) {
        this(known, replaced, Map.of());
    }

    /** What a store remembers. */
    public static PlanMemory of(StateStore store) {
        Set<StreamId> replaced = new HashSet<>();
        store.streams().stream()
                .filter(StreamState::replaces)
                .map(StreamState::stream)
                .forEach(replaced::add);
        Map<StreamId, String> mapped = new HashMap<>();
        store.streams().stream()
                .filter(state -> state.lastSyncId() > 0 && !state.isEdited())
                .forEach(state -> mapped.put(state.stream(), MappingMark.in(state.settings())));
        return new PlanMemory(store.knownStreams(), replaced, mapped);
    }

    /** The identities of the streams of a catalog. */
    public static Set<StreamId> ids(Catalog catalog) {
        Set<StreamId> ids = new HashSet<>();
        catalog.streams().forEach(stream -> ids.add(stream.id()));
        return ids;
    }

    /** The same, and the old rows of these streams go too. */
    public PlanMemory replacing(Set<StreamId> streams) {
        Set<StreamId> all = new HashSet<>(replaced);
        all.addAll(streams);
        return new PlanMemory(known, all, mapped);
    }

    /** The same as if these streams were remembered as they are now. */
    public PlanMemory accepting(List<CatalogStream> streams) {
        List<CatalogStream> all = new ArrayList<>(streams);
        Set<StreamId> taken = new HashSet<>();
        streams.forEach(stream -> taken.add(stream.id()));
        known.stream().filter(stream -> !taken.contains(stream.id())).forEach(all::add);
        return new PlanMemory(all, replaced, mapped);
    }
}
