package dev.sluice.testkit.contract;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the contract needs of the test of a destination: a place that is empty at first, such as a database or a
 * directory, the connector that writes it, and a way to look at it without the connector. One fixture serves a whole test
 * class.
 */
public interface DestinationFixture extends AutoCloseable {
    /** A new destination with a configuration that works; connects to nothing yet. Called by several threads at once. */
    Destination open(ConnectorContext context);

    /** Configurations that do not work, at least one; best an unreachable system and refused credentials. */
    List<Misconfigured<Destination>> misconfigured();

    /**
     * What a reader sees at the place of a target, also while a run has it open.
     *
     * @param plan names the place and the column of each field; a value that a column holds in a documented form of its
     *     own, such as bytes in base64, is decoded by the column's plan
     * @return empty if there is no such place
     */
    Optional<TargetContent> read(TargetPlan plan);

    /** What the destination lacks, and the reason for it in a sentence. */
    default Map<DestinationTrait, String> lacks() {
        return Map.of();
    }

    /**
     * Ends a destination as the death of its process would, without closing writers and targets. By default it closes the
     * destination, which has to let go of everything.
     */
    default void crash(Destination destination) {
        destination.close();
    }

    /**
     * True if a column whose fit is exact can hold this value. Where it cannot, the value has to arrive altered, counted
     * and marked; return false only for what the connector's documentation says, such as NUL characters.
     *
     * @param type the type of the field
     * @param text the canonical text of the value
     */
    default boolean holds(DataType type, String text) {
        return true;
    }

    /**
     * False if the way in which {@link #read} looks cannot show this value, so that nobody can say whether it is there. Only for fixtures
     * that look through a connector.
     */
    default boolean sees(DataType type, String text) {
        return true;
    }

    /** How many fields a target may have at most; empty if 1,600 and the metadata are fine. */
    default OptionalInt mostFields() {
        return OptionalInt.empty();
    }

    /** The size in characters of the largest text to test with. */
    default int largeValue() {
        return 16 << 20;
    }

    /** A row that the destination refuses while it takes others; empty if it refuses none. */
    default Optional<Poison> poison() {
        return Optional.empty();
    }

    /** Makes the destination stall until the answer is closed. Empty if the test cannot do that. */
    default Optional<SourceFixture.Stall> stall() {
        return Optional.empty();
    }

    /** Lets go of the place. */
    @Override
    void close();

    /**
     * A row that is refused.
     *
     * @param schema the fields; the first is a 64-bit integer named {@code id}
     * @param row the row
     * @param good a row of the same fields that is not refused
     */
    record Poison(Schema schema, Row row, Row good) {}
}
