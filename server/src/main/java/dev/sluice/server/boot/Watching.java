package dev.sluice.server.boot;

import dev.sluice.server.runs.RunObserver;
import dev.sluice.server.telemetry.lineage.Lineage;
import dev.sluice.server.telemetry.lineage.LineageSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who watches over a server from outside, as its environment says it; nothing of it is loaded unless it does. */
record Watching(@Nullable Lineage lineage) implements AutoCloseable {
    static Watching of(Map<String, String> environment, Clock clock) {
        return new Watching(LineageSettings.of(environment)
                .map(settings -> new Lineage(settings, clock))
                .orElse(null));
    }

    List<RunObserver> observers() {
        return lineage == null ? List.of() : List.of(lineage);
    }

    @Override
    public void close() {
        if (lineage != null) {
            lineage.close();
        }
    }
}
