package dev.sluice.server.api;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a proxy in front says of a request. Whoever reaches the server itself could say the same, so it is believed only where
 * somebody has said that there is a proxy.
 */
final class Forwarded {
    static final String PROTO = "x-forwarded-proto";
    static final String HOST = "x-forwarded-host";
    private static final String FOR = "x-forwarded-for";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._\\-\\[\\]:]{1,255}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    private Forwarded() {}

    /** Takes out what cannot be believed. */
    static void clean(Map<String, String> headers, boolean isTrusted) {
        if (!isTrusted || !NAME.matcher(headers.getOrDefault(HOST, "")).matches()) {
            headers.remove(HOST);
        }
        if (!isTrusted) {
            headers.remove(PROTO);
        }
    }

    /** Where a request comes from: the address that the proxy nearest to this server has seen. */
    static String address(Map<String, String> headers, boolean isTrusted, String neighbour) {
        if (!isTrusted) {
            return neighbour;
        }
        String last =
                List.of(headers.getOrDefault(FOR, "").split(",", -1)).getLast().strip();
        return ADDRESS.matcher(last).matches() ? last : neighbour;
    }
}
