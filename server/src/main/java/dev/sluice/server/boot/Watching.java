package dev.sluice.server.boot;

import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.runs.RunObserver;
import dev.sluice.server.telemetry.RequestListener;
import dev.sluice.server.telemetry.lineage.Lineage;
import dev.sluice.server.telemetry.lineage.LineageSettings;
import dev.sluice.server.telemetry.otel.OtelSettings;
import dev.sluice.server.telemetry.otel.SentNumbers;
import dev.sluice.server.telemetry.otel.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who watches over a server from outside, as its environment says it; nothing of it is loaded unless it does.
 *
 * @param lineage who is told where data goes; null for nobody
 * @param traces who is told what takes how long; null for nobody
 * @param registries where numbers go
 */
record Watching(@Nullable Lineage lineage, @Nullable Traces traces, List<MeterRegistry> registries)
        implements AutoCloseable {
    static Watching of(Map<String, String> environment, Clock clock) {
        OtelSettings otel = OtelSettings.of(environment);
        return new Watching(
                LineageSettings.of(environment)
                        .map(settings -> new Lineage(settings, clock))
                        .orElse(null),
                otel.traces() ? new Traces(otel) : null,
                otel.metrics() ? List.of(SentNumbers.registry(otel)) : List.of());
    }

    List<RunObserver> observers() {
        return Stream.concat(Stream.<RunObserver>ofNullable(lineage), Stream.ofNullable(traces))
                .toList();
    }

    List<JobListener> jobs() {
        return Stream.<JobListener>ofNullable(traces).toList();
    }

    List<RequestListener> requests() {
        return Stream.<RequestListener>ofNullable(traces).toList();
    }

    @Override
    public void close() {
        if (lineage != null) {
            lineage.close();
        }
        if (traces != null) {
            traces.close();
        }
    }
}
