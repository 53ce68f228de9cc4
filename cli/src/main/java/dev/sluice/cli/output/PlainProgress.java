package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.run.StreamStatus;
import java.time.Clock;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A line whenever a stream begins or ends, and every ten seconds in between. */
final class PlainProgress implements ProgressView {
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final Console console;
    private final Clock clock;
    private List<StreamProgress> streams = List.of();
    private long lastNanos;

    PlainProgress(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public void begin(List<StreamProgress> begun) {
        streams = begun;
    }

    @Override
    public void changed(StreamProgress stream) {
        if (stream.status() == StreamStatus.RUNNING || stream.status().isEnd()) {
            say(stream);
        }
    }

    @Override
    public void tick(long nanos) {
        if (nanos - lastNanos >= EVERY_NANOS) {
            lastNanos = nanos;
            streams.stream()
                    .filter(stream ->
                            stream.status() == StreamStatus.RUNNING || stream.status() == StreamStatus.PUBLISHING)
                    .forEach(this::say);
        }
    }

    @Override
    public void end() {
        // Nothing is there that would have to go.
    }

    private void say(StreamProgress stream) {
        String time = LocalTime.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
        StringBuilder text = new StringBuilder(time.length() == 5 ? time + ":00" : time)
                .append(' ')
                .append(stream.plan().stream())
                .append(": ")
                .append(StreamWords.of(stream.status()));
        if (stream.rowsRead() > 0 || stream.status().isEnd()) {
            text.append(", ")
                    .append(Units.count(stream.rowsRead(), "row", "rows"))
                    .append(", ")
                    .append(Units.bytes(stream.bytesRead()))
                    .append(", ")
                    .append(Units.duration(stream.nanos()));
        }
        if (stream.rowsRejected() > 0) {
            text.append(", ").append(Units.count(stream.rowsRejected())).append(" rejected");
        }
        console.message(Verbosity.NORMAL, Line.of(text.toString()));
    }
}
