package dev.sluice.engine.schema;

import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** One thing that is otherwise in a stream than it was. */
public sealed interface SchemaChange {
    /** What has changed, in words. */
    String words();

    /** True if the change is one of a whole column, and not of something inside of it. */
    boolean isOfColumn();

    /**
     * A field is new.
     *
     * @param path the way to it; the elements of an array are called {@code items}
     */
    record FieldAdded(FieldPath path, DataType type) implements SchemaChange {
        @Override
        public String words() {
            return path + " is new: " + type.notation();
        }

        @Override
        public boolean isOfColumn() {
            return path.isTopLevel();
        }
    }

    /** A field is gone. */
    record FieldRemoved(FieldPath path, DataType type) implements SchemaChange {
        @Override
        public String words() {
            return path + " is gone (it was " + type.notation() + ")";
        }

        @Override
        public boolean isOfColumn() {
            return path.isTopLevel();
        }
    }

    /** A field has another type. */
    record FieldRetyped(FieldPath path, DataType before, DataType now) implements SchemaChange {
        @Override
        public String words() {
            return path + " was " + before.notation() + " and is " + now.notation();
        }

        @Override
        public boolean isOfColumn() {
            return path.isTopLevel();
        }
    }

    /** The source tells rows apart by other fields. */
    record KeyChanged(List<FieldPath> before, List<FieldPath> now) implements SchemaChange {
        public KeyChanged {
            before = List.copyOf(before);
            now = List.copyOf(now);
        }

        @Override
        public String words() {
            return "the primary key was " + paths(before) + " and is " + paths(now);
        }

        @Override
        public boolean isOfColumn() {
            return false;
        }

        private static String paths(List<FieldPath> key) {
            return key.isEmpty()
                    ? "none"
                    : key.stream().map(FieldPath::toString).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /** The source can read the stream incrementally, or no longer. */
    record IncrementalChanged(boolean now) implements SchemaChange {
        @Override
        public String words() {
            return now ? "it can be read incrementally now" : "it can no longer be read incrementally";
        }

        @Override
        public boolean isOfColumn() {
            return false;
        }
    }
}
