package dev.sluice.airbyte.message;

import dev.sluice.spi.catalog.StreamId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a connector says of its work. */
public sealed interface Trace {
    /**
     * It went wrong.
     *
     * @param message for people
     * @param detail for those who look after it; null if there is none
     * @param config true if somebody has to change the configuration
     * @param stream the stream that it concerns; null if all
     */
    record Failure(
            String message,
            @Nullable String detail,
            boolean config,
            boolean passing,
            @Nullable StreamId stream) implements Trace {}

    /** How far a stream has come. */
    record Status(StreamId stream, String status) implements Trace {
        /** True if the stream is at its end. */
        public boolean isComplete() {
            return status.equals("COMPLETE");
        }

        /** True if the stream was given up. */
        public boolean isIncomplete() {
            return status.equals("INCOMPLETE");
        }
    }

    /** How much there is. */
    record Estimated(StreamId stream, long rows, long bytes) implements Trace {}

    /** Anything else, which concerns nobody. */
    record Other() implements Trace {}

    /** Reads a trace message. */
    static Trace of(Map<String, ?> trace) {
        return switch (String.valueOf(trace.get("type"))) {
            case "ERROR" -> trace.get("error") instanceof Map<?, ?> error ? failure(error) : new Other();
            case "STREAM_STATUS" ->
                trace.get("stream_status") instanceof Map<?, ?> status ? status(status) : new Other();
            case "ESTIMATE" -> trace.get("estimate") instanceof Map<?, ?> estimate ? estimate(estimate) : new Other();
            default -> new Other();
        };
    }

    private static Trace failure(Map<?, ?> error) {
        Object message = error.get("message");
        Object detail = error.get("internal_message");
        return new Failure(
                message instanceof String text && !text.isBlank() ? text : "the connector reported an error",
                detail instanceof String text ? text : null,
                "config_error".equals(error.get("failure_type")),
                "transient_error".equals(error.get("failure_type")),
                stream(error.get("stream_descriptor")));
    }

    private static Trace status(Map<?, ?> status) {
        StreamId stream = stream(status.get("stream_descriptor"));
        return stream == null ? new Other() : new Status(stream, String.valueOf(status.get("status")));
    }

    private static Trace estimate(Map<?, ?> estimate) {
        StreamId stream = stream(estimate);
        return stream == null
                ? new Other()
                : new Estimated(stream, number(estimate.get("row_estimate")), number(estimate.get("byte_estimate")));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : -1;
    }

    /** The stream of a descriptor; null if it names none. */
    static @Nullable StreamId stream(@Nullable Object descriptor) {
        if (!(descriptor instanceof Map<?, ?> map) || !(map.get("name") instanceof String name) || name.isEmpty()) {
            return null;
        }
        return StreamId.of(map.get("namespace") instanceof String namespace ? namespace : null, name);
    }
}
