package dev.sluice.testkit.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a server of one's own is set up. Immutable; the methods return a changed copy.
 *
 * @param durable true if commits shall survive the loss of the operating system's memory (fsync on); much slower
 * @param tls true if the server shall offer TLS with a self-signed certificate for {@code localhost} and 127.0.0.1
 * @param settings parameters of {@code postgresql.conf} beyond those that the tests always have, by name
 */
public record PostgresOptions(boolean durable, boolean tls, Map<String, String> settings) {
    /** What the shared server has: fast, without TLS. */
    public static final PostgresOptions DEFAULTS = new PostgresOptions(false, false, Map.of());

    public PostgresOptions {
        settings = Map.copyOf(settings);
    }

    /** The same with fsync on. */
    public PostgresOptions withDurability() {
        return new PostgresOptions(true, tls, settings);
    }

    /** The same with TLS offered. */
    public PostgresOptions withTls() {
        return new PostgresOptions(durable, true, settings);
    }

    /** The same with one more parameter of {@code postgresql.conf}. */
    public PostgresOptions with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new PostgresOptions(durable, tls, more);
    }
}
