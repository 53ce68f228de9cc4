package dev.sluice.server.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has sent.
 *
 * @param method the method of HTTP
 * @param path the path, percent signs undone, without parameters
 * @param query the parameters behind it
 * @param headers what else was said, by names in lower case
 * @param content the content
 * @param address where it comes from
 */
public record Message(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String content,
        String address) {
    /** A header; null if it was not sent. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /**
     * How the caller reaches this server: what a proxy says of itself, which is in the headers only where one is trusted,
     * or else the name that the caller used.
     */
    public String origin() {
        String scheme = "https".equalsIgnoreCase(header(Forwarded.PROTO)) ? "https" : "http";
        String asked = Objects.requireNonNullElse(header("host"), "localhost");
        String host = Objects.requireNonNullElse(header(Forwarded.HOST), asked);
        return scheme + "://" + host;
    }
}
