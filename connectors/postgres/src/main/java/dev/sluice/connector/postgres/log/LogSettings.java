package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the log is read. Names are those of Airbyte.
 *
 * @param slot the replication slot that keeps the log for this connection
 * @param publication the publication with the tables
 * @param waitSeconds how long a first copy waits for transactions that were open before
 */
public record LogSettings(String slot, String publication, long waitSeconds) {
    private static final String USUAL_NAME = "sluice";
    private static final String CDC = "cdc";

    private static final Option<String> SLOT = Option.text("replication_slot", "Replication slot")
            .describedAs(
                    "The slot by which the server keeps its log until it was read. Each connection needs one of its "
                            + "own. It is made at the first run if it is not there.")
            .matching("[a-z0-9_]{1,63}")
            .defaultsTo(USUAL_NAME);
    private static final Option<String> PUBLICATION = Option.text("publication", "Publication")
            .describedAs("The publication that names the tables. It is made, and gets tables, at their first run.")
            .defaultsTo(USUAL_NAME);
    private static final Option<Long> WAIT = Option.whole("initial_waiting_seconds", "Wait at first", 1, 86_400)
            .describedAs("How many seconds the first copy of a table waits for transactions that were open before.")
            .defaultsTo(300L);

    /** The option that tells how increments are read. */
    public static final Option<Settings> METHOD = Option.oneGroup(
                    "replication_method", "Incremental reads", "method", methods())
            .describedAs("How incremental reads find what is new: by a cursor, which sees no deletes, or from the "
                    + "server's log. Without this option by a cursor.");

    private static Map<String, ConfigSpec> methods() {
        Map<String, ConfigSpec> methods = new LinkedHashMap<>();
        methods.put("cursor", ConfigSpec.of("By a cursor"));
        methods.put(CDC, ConfigSpec.of("From the log", SLOT, PUBLICATION, WAIT));
        return methods;
    }

    /** The settings in a checked configuration; empty if the log is not read. */
    public static Optional<LogSettings> of(Settings settings) {
        return settings.find(METHOD)
                .filter(method -> method.group().equals(CDC))
                .map(method -> new LogSettings(method.get(SLOT), method.get(PUBLICATION), method.get(WAIT)));
    }
}
