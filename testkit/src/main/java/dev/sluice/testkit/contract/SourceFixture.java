package dev.sluice.testkit.contract;

import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the contract needs of the test of a source: a place, such as a database, a directory or a server in the test,
 * whose content the tests set and know, and the connector that reads it. One fixture serves a whole test class.
 */
public interface SourceFixture extends AutoCloseable {
    /** A new source with a configuration that works; connects to nothing yet. Called by several threads at once. */
    Source open(ConnectorContext context);

    /** Configurations that do not work, at least one; best an unreachable system and refused credentials. */
    List<Misconfigured<Source>> misconfigured();

    /**
     * Makes an empty table by means of the system itself. Called by several threads at once.
     *
     * @throws UnsupportedOperationException if {@link SourceTrait#TABLES} is lacking
     */
    SourceTable create(TableSpec spec);

    /** What the source lacks, and the reason for it in a sentence. */
    default Map<SourceTrait, String> lacks() {
        return Map.of();
    }

    /**
     * A stream with at least so many rows, to read it whole. By default a table that {@link #create} makes; a source with
     * a content of its own names one of its streams, and the sources that are opened later offer it with the same
     * content.
     *
     * @param rows between 1 and {@link #rowsForSplits}
     */
    default KnownStream stream(int rows) {
        return StandardTable.create(this, rows).known();
    }

    /**
     * True if a table can hold this value exactly and discovery shows its field with exactly this type.
     *
     * @param type a type
     * @param text the canonical text of a value of it
     */
    default boolean stores(DataType type, String text) {
        return true;
    }

    /** The type of keys in the tables of the tests: one that the source reads in order, and that it stores. */
    default DataType keyType() {
        return new DataType.IntType(64);
    }

    /** The types of cursors to test with, at least one. */
    default List<DataType> cursorTypes() {
        return List.of(new DataType.IntType(64), new DataType.TimestampType(6, true));
    }

    /** Streams with the types that only this system knows, or its own ways of storing values. */
    default List<KnownStream> nativeStreams() {
        return List.of();
    }

    /** A stream with records that cannot be read; empty if the system has no such thing. */
    default Optional<PoisonedStream> poisonedStream() {
        return Optional.empty();
    }

    /** The number of rows from which a stream has several splits. */
    default int rowsForSplits() {
        return 20_000;
    }

    /** The number of fields that a table may have at most, or that a test should not exceed. */
    default int mostFields() {
        return 1_500;
    }

    /**
     * Makes the source stall: nothing that it asks for comes until the answer is closed. Empty if the test cannot do
     * that.
     */
    default Optional<Stall> stall() {
        return Optional.empty();
    }

    /**
     * Lets so much time pass, by the clocks that the source looks at, that everything committed so far counts as settled.
     *
     * <p>For sources that wait a while before they trust a cursor value; by default there is nothing to wait for.
     */
    default void settle() {}

    /** Lets go of the place. */
    @Override
    void close();

    /**
     * A stream of which some records are rejected.
     *
     * @param stream the stream with the rows that can be read
     * @param rejects the number of records that cannot
     */
    record PoisonedStream(KnownStream stream, int rejects) {}

    /** A source that stands still until this is closed. */
    interface Stall extends AutoCloseable {
        @Override
        void close();
    }
}
