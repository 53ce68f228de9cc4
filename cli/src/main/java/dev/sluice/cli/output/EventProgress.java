package dev.sluice.cli.output;

import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.run.StreamStatus;
import java.util.List;
import java.util.Map;

/** An event whenever a stream comes to another status, and one of all streams under way each second. */
final class EventProgress implements ProgressView {
    private static final long EVERY_NANOS = 1_000_000_000L;

    private final Reporter reporter;
    private List<StreamProgress> streams = List.of();
    private long lastNanos;

    EventProgress(Reporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void begin(List<StreamProgress> begun) {
        streams = begun;
    }

    @Override
    public void changed(StreamProgress stream) {
        reporter.event("stream", RunFacts.stream(stream));
    }

    @Override
    public void tick(long nanos) {
        if (nanos - lastNanos >= EVERY_NANOS) {
            lastNanos = nanos;
            List<Map<String, ?>> active = streams.stream()
                    .filter(stream -> stream.status() != StreamStatus.PENDING
                            && !stream.status().isEnd())
                    .<Map<String, ?>>map(RunFacts::stream)
                    .toList();
            reporter.event("progress", Map.of("streams", active));
        }
    }

    @Override
    public void end() {
        // The event of the end comes with the report.
    }
}
