package dev.sluice.airbyte.program;

import dev.sluice.airbyte.process.Launch;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user says of a connector.
 *
 * @param launch where it comes from
 * @param config its own configuration, as the JSON that it is given
 * @param longestLine the longest message that is taken, in bytes
 * @param given all that the user says
 */
public record ProgramSettings(Launch launch, String config, int longestLine, Config given) {
    private static final int DEFAULT_MESSAGE_MB = 64;
    private static final int MOST_MESSAGE_MB = 1024;
    private static final Set<String> OPTIONS = Set.of(
            "command", "docker", "pypi", "npm", "config", "max_message_mb", "memory", "cpus", "network", "local");

    /**
     * Reads what a user says of a source.
     *
     * @param more options that sources have besides
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG}
     */
    public static ProgramSettings of(Config given, String... more) {
        return of(given, false, more);
    }

    /** Reads what a user says of a destination, which may write files. */
    public static ProgramSettings ofDestination(Config given, String... more) {
        return of(given, true, more);
    }

    private static ProgramSettings of(Config given, boolean writesFiles, String... more) {
        Map<String, ?> values = given.values();
        List<String> others = List.of(more);
        for (String option : values.keySet()) {
            if (!OPTIONS.contains(option) && !others.contains(option)) {
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
        int megabytes = whole(values, "max_message_mb", DEFAULT_MESSAGE_MB, MOST_MESSAGE_MB);
        return new ProgramSettings(
                Launch.of(values, writesFiles), Json.write(config == null ? Map.of() : config), megabytes << 20, given);
    }

    /** What the user says, with another configuration of the connector. */
    Config with(Map<?, ?> otherConfig) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(given.values());
        values.put("config", otherConfig);
        return Config.of(values);
    }

    /**
     * A whole number from 1.
     *
     * @param usual if nobody says it
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is none
     */
    public static int whole(Map<String, ?> values, String option, int usual, int most) {
        long number = values.get(option) instanceof Number given ? given.longValue() : -1;
        long found = values.get(option) == null ? usual : number;
        if (found < 1 || found > most) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "`" + option + "` is not from 1 to " + most)
                    .exception();
        }
        return (int) found;
    }

    /** Without the configuration, which holds secrets. */
    @Override
    public String toString() {
        return launch.identity();
    }
}
