package dev.sluice.lowcode.cursor;

import dev.sluice.lowcode.time.CalendarSpan;
import dev.sluice.lowcode.value.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time spans of a stream or a partition that were read. The state is the newest record of the first unbroken span, so
 * that what is missing in the middle is read again.
 */
final class Spans {
    private record Span(Moment start, Moment end, @Nullable Moment newest) {}

    private final CalendarSpan gap;
    private List<Span> spans = new ArrayList<>();

    /** Everything up to where the last run stood. */
    Spans(Moment start, Moment stands, CalendarSpan granularity) {
        this.gap = granularity.isZero() ? new CalendarSpan(0, Duration.ofMillis(1)) : granularity;
        spans.add(new Span(start, stands, stands));
    }

    /** A span was read; {@code newest} is the newest record in it, or null if it had none. */
    void add(Moment start, Moment end, @Nullable Moment newest) {
        spans.add(new Span(start, end, newest));
        spans.sort(Comparator.comparing(Span::start).thenComparing(Span::end));
        List<Span> merged = new ArrayList<>();
        for (Span span : spans) {
            Span last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && gap.after(last.end).compareTo(span.start) >= 0) {
                merged.removeLast();
                merged.add(new Span(last.start, later(last.end, span.end), newest(last, span)));
            } else {
                merged.add(span);
            }
        }
        spans = merged;
    }

    private static @Nullable Moment newest(Span a, Span b) {
        if (a.newest == null || b.newest == null) {
            return a.newest == null ? b.newest : a.newest;
        }
        return later(a.newest, b.newest);
    }

    static Moment later(Moment a, Moment b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Where the stream stands. A span without records does not move it. */
    Moment stands() {
        Span first = spans.getFirst();
        return first.newest == null ? first.start : first.newest;
    }
}
