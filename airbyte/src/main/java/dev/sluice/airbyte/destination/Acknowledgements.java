package dev.sluice.airbyte.destination;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states that a destination was sent, and those that it gave back: a state that comes back says that all rows before it are
 * durable. A destination may leave out states and give back a later one, or give back the last one once more; nothing else. Thread-safe.
 */
final class Acknowledgements {
    /** In the state of the stream, the number by which it is known. */
    static final String PART = "sluice_part";

    private final String stream;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private long lastSent;
    private long last;

    /** A state, and how many rows lie between it and the one before. */
    private record Sent(long number, long rows) {}

    Acknowledgements(String stream) {
        this.stream = stream;
    }

    /** The number of a state that is about to be sent. */
    synchronized long send(long rows) {
        sent.add(new Sent(++lastSent, rows));
        return lastSent;
    }

    /** True if all rows before a state are durable. */
    synchronized boolean has(long number) {
        return number <= last;
    }

    /** True if all rows are durable. */
    synchronized boolean isComplete() {
        return sent.isEmpty();
    }

    /** How many states were sent. */
    synchronized long sent() {
        return lastSent;
    }

    /** The rows that are not known to be durable. */
    synchronized long openRows() {
        return sent.stream().mapToLong(Sent::rows).sum();
    }

    /**
     * Takes a state that the destination gave back.
     *
     * @param message the payload of its message
     * @throws ProblemException of kind {@code INTEGRITY} if it cannot be true
     */
    synchronized void take(Map<String, ?> message) {
        long number = number(message);
        if (number < 1 || number > lastSent) {
            throw wrong("it acknowledged a state that it was never sent");
        }
        if (number < last) {
            throw wrong("it acknowledged the state " + number + " after the state " + last);
        }
        long rows = 0;
        long own = 0;
        Sent next = sent.peek();
        while (next != null && next.number <= number) {
            own = next.rows;
            rows += own;
            sent.remove();
            next = sent.peek();
        }
        if (number > last) {
            requireCount(message, rows, own);
            last = number;
        }
    }

    /** I7: what the destination says it took is what it was given. */
    private void requireCount(Map<String, ?> message, long rows, long own) {
        Double counted = count(message, "recordCount");
        if (counted != null && counted != rows && counted != own) {
            throw Problem.of(
                            "E_DESTINATION_COUNT",
                            ProblemKind.INTEGRITY,
                            "the destination was given " + rows + " rows and counted " + Math.round(counted))
                    .at(stream)
                    .because("rows were lost or doubled in the destination")
                    .fix("look at its lines in the log of the run, and copy the stream anew")
                    .exception();
        }
        Double rejected = count(message, "rejectedRecordCount");
        if (rejected != null && rejected > 0) {
            throw Problem.of(
                            "E_DESTINATION_COUNT",
                            ProblemKind.INTEGRITY,
                            "the destination refused " + Math.round(rejected) + " rows and does not say which")
                    .at(stream)
                    .fix("look at its lines in the log of the run")
                    .exception();
        }
    }

    private static @Nullable Double count(Map<String, ?> message, String name) {
        return message.get("destinationStats") instanceof Map<?, ?> stats && stats.get(name) instanceof Number number
                ? (Double) number.doubleValue()
                : null;
    }

    private static long number(Map<String, ?> message) {
        return message.get("stream") instanceof Map<?, ?> stream
                        && stream.get("stream_state") instanceof Map<?, ?> state
                        && state.get(PART) instanceof Number number
                ? number.longValue()
                : 0;
    }

    private ProblemException wrong(String why) {
        return Problem.of(
                        "E_DESTINATION_STATE",
                        ProblemKind.INTEGRITY,
                        "the destination acknowledges states in a way that cannot be relied on")
                .at(stream)
                .because(why)
                .fix("report it to those who make the connector")
                .exception();
    }
}
