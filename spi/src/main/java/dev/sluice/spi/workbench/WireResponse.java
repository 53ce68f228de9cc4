package dev.sluice.spi.workbench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was answered, with secrets masked.
 *
 * @param status the status
 * @param headers the headers
 * @param body the content, or its beginning; of one that is no text only how large it is
 * @param truncated true if the content is more than the body shows
 */
public record WireResponse(int status, Map<String, String> headers, String body, boolean truncated) {
    /** Copies the headers, in their order. */
    public WireResponse {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
