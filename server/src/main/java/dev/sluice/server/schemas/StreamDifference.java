package dev.sluice.server.schemas;

import dev.sluice.engine.schema.SchemaChange;
import dev.sluice.spi.catalog.StreamId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** What is otherwise with a stream between two catalogs. */
public sealed interface StreamDifference {
    /** The stream. */
    StreamId stream();

    /** True if a connection that uses it so cannot go on with it. */
    boolean isBreaking(StreamUse use);

    /** It is new. */
    record Added(StreamId stream) implements StreamDifference {
        public Added {
            Objects.requireNonNull(stream);
        }

        @Override
        public boolean isBreaking(StreamUse use) {
            return false;
        }
    }

    /** It is gone. Whoever has named it has to hear of it; nothing can be copied any more, and nothing is lost. */
    record Removed(StreamId stream) implements StreamDifference {
        public Removed {
            Objects.requireNonNull(stream);
        }

        @Override
        public boolean isBreaking(StreamUse use) {
            return false;
        }
    }

    /**
     * It has changed.
     *
     * @param changes what has, in the order of the fields
     */
    record Changed(StreamId stream, List<SchemaChange> changes) implements StreamDifference {
        public Changed {
            Objects.requireNonNull(stream);
            changes = List.copyOf(changes);
        }

        @Override
        public boolean isBreaking(StreamUse use) {
            return changes.stream().anyMatch(change -> isBreaking(change, use));
        }

        /** True if this change alone keeps a connection that uses the stream so from going on. */
        public static boolean isBreaking(SchemaChange change, StreamUse use) {
            return switch (change) {
                case SchemaChange.FieldRemoved gone -> use.needs(gone.path());
                // The order of a key tells no rows apart; a source that names none any more leaves the fields there.
                case SchemaChange.KeyChanged key ->
                    !use.key().isEmpty()
                            && !key.now().isEmpty()
                            && !new HashSet<>(key.now()).equals(new HashSet<>(use.key()));
                case SchemaChange.IncrementalChanged incremental -> use.incremental() && !incremental.now();
                case SchemaChange.FieldAdded ignored -> false;
                case SchemaChange.FieldRetyped ignored -> false;
            };
        }
    }
}
