package dev.sluice.server.boot;

import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.runs.RunObserver;
import dev.sluice.server.scheduler.Timetable;
import dev.sluice.server.store.Store;
import dev.sluice.server.telemetry.RequestListener;
import dev.sluice.server.telemetry.lineage.Lineage;
import dev.sluice.server.telemetry.lineage.LineageSettings;
import dev.sluice.server.telemetry.otel.OtelSettings;
import dev.sluice.server.telemetry.otel.SentNumbers;
import dev.sluice.server.telemetry.otel.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
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
    private static final Duration LINEAGE_EVERY = Duration.ofSeconds(2);

    static Watching of(Map<String, String> environment, Store store, Clock clock) {
        OtelSettings otel = OtelSettings.of(environment);
        return new Watching(
                LineageSettings.of(environment)
                        .map(settings -> new Lineage(settings, store, clock))
                        .orElse(null),
                otel.traces() ? new Traces(otel, clock) : null,
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

    /** What is done from time to time. */
    List<Timetable.Sweep> sweeps() {
        return lineage == null ? List.of() : List.of(new Timetable.Sweep("lineage", LINEAGE_EVERY, lineage::deliver));
    }

    @Override
    public void close() {
        if (traces != null) {
            traces.close();
        }
    }
}
