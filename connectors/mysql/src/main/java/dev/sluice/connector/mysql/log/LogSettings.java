package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the log is read. Names are those of Airbyte.
 *
 * @param waitSeconds how long a first copy waits for a table that is being written to
 */
public record LogSettings(long waitSeconds) {
    private static final String CDC = "cdc";

    private static final Option<Long> WAIT = Option.whole("initial_waiting_seconds", "Wait at first", 1, 86_400)
            .describedAs(
                    "How many seconds the first copy of a table waits for transactions that were open before, where "
                            + "the server can tell the place in its log only while the table is locked (MySQL).")
            .defaultsTo(300L);

    /** The option that tells how increments are read. */
    public static final Option<Settings> METHOD = Option.oneGroup(
                    "replication_method", "Incremental reads", "method", methods())
            .describedAs("How incremental reads find what is new: by a cursor, which sees no deletes, or from the "
                    + "server's binary log. Without this option by a cursor.");

    private static Map<String, ConfigSpec> methods() {
        Map<String, ConfigSpec> methods = new LinkedHashMap<>();
        methods.put("cursor", ConfigSpec.of("By a cursor"));
        methods.put(CDC, ConfigSpec.of("From the log", WAIT));
        return methods;
    }

    /** The settings in a checked configuration; empty if the log is not read. */
    public static Optional<LogSettings> of(Settings settings) {
        return settings.find(METHOD)
                .filter(method -> method.group().equals(CDC))
                .map(method -> new LogSettings(method.get(WAIT)));
    }
}
