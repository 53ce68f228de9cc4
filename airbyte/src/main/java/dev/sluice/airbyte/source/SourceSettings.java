package dev.sluice.airbyte.source;

import dev.sluice.airbyte.process.Launch;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.util.Map;
import java.util.Set;

/**
 * What a user says of a connector.
 *
 * @param launch where it comes from
 * @param config its own configuration, as the JSON that it is given
 * @param longestLine the longest message that is taken, in bytes
 */
record SourceSettings(Launch launch, String config, int longestLine) {
    static final int DEFAULT_MESSAGE_MB = 64;
    private static final int MOST_MESSAGE_MB = 1024;
    private static final Set<String> OPTIONS = Set.of("command", "docker", "pypi", "npm", "config", "max_message_mb");

    static SourceSettings of(Config given) {
        Map<String, ?> values = given.values();
        for (String option : values.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "there is no option `" + option + "`")
                        .fix("the options of the connector itself belong under `config`")
                        .exception();
            }
        }
        Object config = values.get("config");
        if (config != null && !(config instanceof Map<?, ?>)) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "`config` is no group of options")
                    .exception();
        }
        int megabytes = values.get("max_message_mb") instanceof Number number ? number.intValue() : DEFAULT_MESSAGE_MB;
        if (megabytes < 1 || megabytes > MOST_MESSAGE_MB) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "`max_message_mb` is not from 1 to " + MOST_MESSAGE_MB)
                    .exception();
        }
        return new SourceSettings(Launch.of(values), Json.write(config == null ? Map.of() : config), megabytes << 20);
    }

    /** Without the configuration, which holds secrets. */
    @Override
    public String toString() {
        return launch.identity();
    }
}
