package dev.sluice.spi.workbench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was sent, with its secrets masked.
 *
 * @param method the method
 * @param url the address with its query
 * @param headers the headers
 * @param body the content; null if there was none
 */
public record WireRequest(
        String method,
        String url,
        Map<String, String> headers,
        @Nullable String body) {
    /** Copies the headers, in their order. */
    public WireRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
