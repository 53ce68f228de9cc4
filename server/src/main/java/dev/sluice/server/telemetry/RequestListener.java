package dev.sluice.server.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears of each request that was answered. */
public interface RequestListener {
    /** Nobody listens. */
    RequestListener NOBODY = _ -> {};

    /** A request was answered. */
    void answered(Answered request);

    /** Several who listen. */
    static RequestListener all(List<RequestListener> several) {
        return request -> several.forEach(each -> each.answered(request));
    }

    /**
     * A request that was answered.
     *
     * @param method how it was asked
     * @param route the path with names in the place of ids; empty if there is no such path
     * @param status the number of the answer
     * @param begun when it came
     * @param took how long the answer took; of one that is followed live, how long until it began
     * @param traceParent what the caller says of the trace that it belongs to; null for nothing
     */
    record Answered(
            String method,
            String route,
            int status,
            Instant begun,
            Duration took,
            @Nullable String traceParent) {}
}
