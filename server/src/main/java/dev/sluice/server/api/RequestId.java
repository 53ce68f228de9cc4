package dev.sluice.server.api;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a request: its answer carries it, and so does the log if it fails. Who asks may give one. */
final class RequestId {
    /** The header, on the way in and out. */
    static final String HEADER = "X-Request-Id";

    /** That of the request that is being answered. */
    static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    /** It stands in logs, so it has nothing in it that could pretend to be more. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private RequestId() {}

    /**
     * The one to use.
     *
     * @param told what the caller gives; null for nothing
     */
    static String of(@Nullable String told) {
        return told != null && HARMLESS.matcher(told).matches()
                ? told
                : UUID.randomUUID().toString();
    }

    /** That of the request that is being answered; outside of one, a new one. */
    static String current() {
        return CURRENT.isBound() ? CURRENT.get() : of(null);
    }
}
