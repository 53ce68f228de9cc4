package dev.sluice.airbyte.serve;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the streams that an orchestrator wants, one after the other. The failure of one leaves the others alone. */
final class Reads {
    private final Source source;
    private final ServedContext context;
    private final Messages messages;

    Reads(Source source, ServedContext context) {
        this.source = source;
        this.context = context;
        this.messages = context.messages();
    }

    /** Reads; false if a stream has failed. */
    boolean run(List<Configured> streams, Map<StreamId, ReadState> states) {
        Set<StreamId> wanted = new HashSet<>();
        streams.forEach(each -> wanted.add(each.id()));
        Catalog catalog = source.discover(new DiscoverScope.Only(wanted));
        boolean good = true;
        Map<Configured, StreamRead> reads = new LinkedHashMap<>();
        for (Configured stream : streams) {
            try {
                reads.put(stream, read(catalog, stream));
            } catch (RuntimeException gone) {
                good = false;
                giveUp(stream.id(), gone);
            }
        }
        source.expect(List.copyOf(reads.values()));
        // What an orchestrator hands over was given back by a destination and kept, so the source may let go of what
        // lies before (I1).
        source.standing(positions(states));
        states.forEach((stream, state) -> {
            Position position = state.position();
            if (position != null) {
                source.committed(stream, position);
            }
        });
        return readAll(reads, states) && good;
    }

    private boolean readAll(Map<Configured, StreamRead> reads, Map<StreamId, ReadState> states) {
        StateMessages told = new StateMessages(messages, source.sharedLog(), states);
        List<StreamId> ended = new ArrayList<>();
        boolean good = true;
        for (Map.Entry<Configured, StreamRead> each : reads.entrySet()) {
            StreamId id = each.getKey().id();
            try {
                messages.status(id, "STARTED");
                new StreamReads(source, each.getValue(), context, told).run(states.getOrDefault(id, ReadState.NOTHING));
                ended.add(id);
            } catch (RuntimeException failure) {
                good = false;
                giveUp(id, failure);
            }
            if (!told.isShared()) {
                ended.forEach(stream -> messages.status(stream, "COMPLETE"));
                ended.clear();
            }
        }
        ended.forEach(stream -> messages.status(stream, "COMPLETE"));
        return good;
    }

    private static Map<StreamId, Position> positions(Map<StreamId, ReadState> states) {
        Map<StreamId, Position> positions = new HashMap<>();
        states.forEach((stream, state) -> {
            ReadState.Unfinished open = state.unfinished();
            Position position =
                    state.position() == null && open != null ? open.plan().end() : state.position();
            if (position != null) {
                positions.put(stream, position);
            }
        });
        return positions;
    }

    private void giveUp(StreamId stream, RuntimeException failure) {
        Problem problem = Messages.problem(failure);
        messages.failure(problem, stream);
        messages.status(stream, "INCOMPLETE");
    }

    private StreamRead read(Catalog catalog, Configured wanted) {
        CatalogStream stream = catalog.find(wanted.id())
                .orElseThrow(() -> catalog.unreadable().stream()
                        .filter(each -> each.id().equals(wanted.id()))
                        .findFirst()
                        .map(each -> (RuntimeException) each.problem().exception())
                        .orElseGet(wanted::missing));
        boolean incremental = wanted.incremental() && stream.supportsIncremental();
        if (wanted.incremental() && !incremental) {
            messages.log(
                    Level.WARNING, "the stream " + stream.id() + " cannot be read incrementally; it is read whole");
        }
        FieldPath chosen = wanted.cursor() == null ? stream.cursor().field() : wanted.cursor();
        return new StreamRead(
                stream,
                selected(stream.schema(), wanted),
                incremental ? SyncMode.INCREMENTAL : SyncMode.FULL_REFRESH,
                incremental && !stream.cursor().sourceDefined() ? chosen : null,
                wanted.primaryKey().isEmpty() ? stream.primaryKey() : wanted.primaryKey(),
                wanted.mode().dedups());
    }

    private Schema selected(Schema all, Configured wanted) {
        Set<String> names = wanted.fields();
        if (names == null) {
            return all;
        }
        for (String name : names) {
            if (all.indexOf(name).isEmpty()) {
                messages.log(Level.WARNING, "the stream " + wanted.id() + " has no field " + name + " any more");
            }
        }
        List<Field> fields = all.fields().stream()
                .filter(field -> names.contains(field.name()))
                .toList();
        return new Schema(fields);
    }
}
