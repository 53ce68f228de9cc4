package dev.sluice.server.drift;

import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.schema.SchemaChange;
import dev.sluice.engine.schema.SchemaDiff;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.schemas.StreamDifference;
import dev.sluice.server.schemas.StreamUse;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a source offers now, held against what a connection knows and has chosen of it. */
final class Comparison {
    private final List<ConnectionStream> chosen;
    private final Map<StreamId, CatalogStream> known = new HashMap<>();
    private final @Nullable Catalog before;
    private final Catalog now;

    /**
     * A comparison.
     *
     * @param chosen the streams that were chosen or left out
     * @param known the streams as their tables know them
     * @param before what the source offered when they were chosen; null if nobody knows
     * @param now what it offers
     */
    Comparison(List<ConnectionStream> chosen, List<CatalogStream> known, @Nullable Catalog before, Catalog now) {
        this.chosen = chosen;
        this.before = before;
        this.now = now;
        if (before != null) {
            before.streams().forEach(stream -> this.known.put(stream.id(), stream));
        }
        known.forEach(stream -> this.known.put(stream.id(), stream));
    }

    /** What is otherwise with the streams that are copied. A run says more exactly what follows. */
    List<FoundChange> chosen() {
        Map<StreamId, CatalogStream> offered = new HashMap<>();
        now.streams().forEach(stream -> offered.put(stream.id(), stream));
        List<FoundChange> found = new ArrayList<>();
        for (ConnectionStream stream : chosen) {
            CatalogStream old = known.get(stream.stream());
            if (stream.selected() && old != null) {
                add(stream, old, offered.get(stream.stream()), found);
            }
        }
        return found;
    }

    private static void add(
            ConnectionStream stream, CatalogStream old, @Nullable CatalogStream now, List<FoundChange> found) {
        if (now == null) {
            found.add(new FoundChange(
                    stream.stream(), StreamChange.Kind.REMOVED, List.of(), FoundChange.Effect.BROKEN, null));
            return;
        }
        List<SchemaChange> details = SchemaDiff.between(of(old, stream), of(now, stream));
        if (!details.isEmpty()) {
            StreamUse use = Choices.use(stream, old);
            boolean breaks = details.stream().anyMatch(change -> StreamDifference.Changed.isBreaking(change, use));
            found.add(new FoundChange(
                    stream.stream(),
                    StreamChange.Kind.CHANGED,
                    details,
                    breaks ? FoundChange.Effect.BROKEN : FoundChange.Effect.LEFT_OUT,
                    now));
        }
    }

    /** A stream with the columns that were chosen, where only some were. */
    private static CatalogStream of(CatalogStream stream, ConnectionStream chosen) {
        Set<String> columns = new HashSet<>(Choices.columns(chosen));
        if (columns.isEmpty()) {
            return stream;
        }
        List<Field> fields = stream.schema().fields().stream()
                .filter(field -> columns.contains(field.name()))
                .toList();
        return new CatalogStream(
                stream.id(),
                new Schema(fields),
                stream.syncModes(),
                stream.cursor(),
                stream.primaryKey(),
                stream.resumable(),
                stream.estimate());
    }

    /** The streams that nobody could choose when the others were chosen. */
    List<CatalogStream> added() {
        Catalog old = before;
        if (old == null) {
            return List.of();
        }
        Set<StreamId> there = new HashSet<>();
        old.streams().forEach(stream -> there.add(stream.id()));
        chosen.forEach(stream -> there.add(stream.stream()));
        return now.streams().stream()
                .filter(stream -> !there.contains(stream.id()))
                .toList();
    }
}
