package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.run.StreamStatus;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A block that is redrawn: a line for each stream under way, and the total. */
final class LiveProgress implements ProgressView {
    private static final int MOST_STREAMS = 8;
    private static final int BAR_CELLS = 10;
    private static final int NAME_CELLS = 32;

    private final Console console;
    private final Map<StreamId, RateMeter> meters = new HashMap<>();
    private final RateMeter all = new RateMeter();
    private List<StreamProgress> streams = List.of();

    LiveProgress(Console console) {
        this.console = console;
    }

    @Override
    public void begin(List<StreamProgress> begun) {
        streams = begun;
    }

    @Override
    public void changed(StreamProgress stream) {
        // The next tick shows it.
    }

    @Override
    public void tick(long nanos) {
        List<StreamProgress> active = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        long done = 0;
        for (StreamProgress stream : streams) {
            rows += stream.rowsRead();
            bytes += stream.bytesRead();
            if (stream.status().isEnd()) {
                done++;
            } else if (stream.status() != StreamStatus.PENDING) {
                active.add(stream);
                meter(stream).sample(nanos, rowsSoFar(stream));
            }
        }
        all.sample(nanos, rows);
        List<Line> lines = new ArrayList<>();
        active.stream().limit(MOST_STREAMS).map(this::line).forEach(lines::add);
        if (active.size() > MOST_STREAMS) {
            lines.add(Line.of(Style.DIM, "  +" + (active.size() - MOST_STREAMS) + " more"));
        }
        lines.add(total(done, rows, bytes, nanos));
        console.live(lines);
    }

    @Override
    public void end() {
        console.endLive();
    }

    private Line line(StreamProgress stream) {
        Look look = console.errLook();
        RateMeter meter = meter(stream);
        long expected = stream.rowsExpected();
        long rows = rowsSoFar(stream);
        Line line = Line.of("  ")
                .plus(Line.of(Style.NAME, stream.plan().stream().toString())
                        .cut(NAME_CELLS, look.ellipsis())
                        .padded(nameCells(), false))
                .plus("  ")
                .plus(Line.of(Style.DIM, StreamWords.of(stream.status())).padded(10, false))
                .plus(Line.of(Units.count(rows, "row", "rows")).padded(15, true))
                .plus(Line.of(meter.perSecond() == 0 ? "" : Units.count(meter.perSecond()) + "/s")
                        .padded(11, true))
                .plus(Line.of(Units.bytes(stream.bytesRead())).padded(10, true));
        if (expected > 0) {
            // An estimate may be too low; until the end nothing says 100 %.
            long shown = Math.min(rows, expected - 1);
            line = line.plus("  " + look.bar(BAR_CELLS, (double) shown / expected) + " ")
                    .plus(Line.of(Units.percent(shown, expected)).padded(4, true))
                    .plus(meter.remaining(expected).map(eta -> "  " + eta).orElse(""));
        }
        return stream.rowsRejected() == 0
                ? line
                : line.plus(Style.WARN, "  " + Units.count(stream.rowsRejected()) + " rejected");
    }

    private Line total(long done, long rows, long bytes, long nanos) {
        String dot = " " + console.errLook().dot() + " ";
        String rate = all.perSecond() == 0 ? "" : dot + Units.count(all.perSecond()) + "/s";
        return Line.of(
                Style.BOLD,
                "  " + done + " of " + Units.count(streams.size(), "stream", "streams") + dot
                        + Units.count(rows, "row", "rows") + rate + dot + Units.bytes(bytes) + dot
                        + Units.duration(nanos));
    }

    private int nameCells() {
        int longest = streams.stream()
                .mapToInt(stream -> stream.plan().stream().toString().length())
                .max()
                .orElse(0);
        return Math.min(NAME_CELLS, longest);
    }

    private RateMeter meter(StreamProgress stream) {
        return meters.computeIfAbsent(stream.plan().stream(), ignored -> new RateMeter());
    }

    private static long rowsSoFar(StreamProgress stream) {
        return stream.rowsBefore() + stream.rowsRead();
    }
}
