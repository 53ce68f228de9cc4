package dev.sluice.testkit.mariadb;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a server of one's own is set up. Immutable; the methods return a changed copy.
 *
 * @param durable true if commits shall survive the loss of the operating system's memory; much slower
 * @param tls true if the server shall offer TLS with a self-signed certificate for {@code localhost} and 127.0.0.1
 * @param settings options of the server beyond those that the tests always have, by name
 */
public record MariaDbOptions(boolean durable, boolean tls, Map<String, String> settings) {
    /** What the shared server has: fast, without TLS, with a binary log of rows. */
    public static final MariaDbOptions DEFAULTS = new MariaDbOptions(false, false, Map.of());

    public MariaDbOptions {
        settings = Map.copyOf(settings);
    }

    /** The same with commits that are flushed to the disk, and without a binary log. */
    public MariaDbOptions withDurability() {
        return new MariaDbOptions(true, tls, settings);
    }

    /** The same with TLS offered. */
    public MariaDbOptions withTls() {
        return new MariaDbOptions(durable, true, settings);
    }

    /** The same with one more option of the server. */
    public MariaDbOptions with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new MariaDbOptions(durable, tls, more);
    }
}
