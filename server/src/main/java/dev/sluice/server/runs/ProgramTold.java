package dev.sluice.server.runs;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program, and what the plug-in that starts it is told. Its users know its own options only; they lie in {@code config} for
 * the plug-in.
 *
 * @param title its name for people
 * @param spec its own options, as a JSON Schema
 * @param launch where it comes from, and what the host has to know of it
 */
record ProgramTold(String title, String spec, Map<String, Object> launch) {
    private static final String CONFIG = "config";

    /** Its name in lineage and logs. */
    String name() {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    Config whole(Config own) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(launch);
        whole.put(CONFIG, own.values());
        return Config.of(whole);
    }

    /** What the program gets; it changes its own options only. */
    ConnectorContext inside(ConnectorContext context) {
        return new Inside(context);
    }

    private record Inside(ConnectorContext context) implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {
            context.log(level, message);
        }

        @Override
        public Clock clock() {
            return context.clock();
        }

        @Override
        public boolean cancelled() {
            return context.cancelled();
        }

        @Override
        public Optional<Path> memory() {
            return context.memory();
        }

        @Override
        public void configChanged(Config config) throws ProblemException {
            if (config.values().get(CONFIG) instanceof Map<?, ?> own) {
                Map<String, @Nullable Object> changed = new LinkedHashMap<>();
                own.forEach((name, value) -> changed.put(String.valueOf(name), value));
                context.configChanged(Config.of(changed));
            }
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
