package dev.sluice.lowcode.source;

import dev.sluice.lowcode.http.Call;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.stream.OpenStream;
import dev.sluice.lowcode.stream.Page;
import dev.sluice.lowcode.trial.WireLog;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.workbench.TestLimits;
import dev.sluice.spi.workbench.TestProgress;
import dev.sluice.spi.workbench.TestRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks through the slices and pages of a stream one after the other, as far as the limits let it, and keeps all that it sees. */
final class TestWalk {
    private final TestRequest request;
    private final WireLog wire;
    private final Consumer<TestProgress> listener;
    private final List<SliceSeen> slices = new ArrayList<>();
    private final List<WireLog.Seen> others = new ArrayList<>();
    private int mark;
    private long records;
    private long pages;
    private boolean limited;

    /** A page that was seen. */
    record PageSeen(List<Map<Object, Object>> records, WireLog.@Nullable Seen exchange) {}

    /** A slice that was seen. */
    static final class SliceSeen {
        final StreamSlice slice;
        final List<PageSeen> pages = new ArrayList<>();
        final List<WireLog.Seen> others = new ArrayList<>();
        private final Deque<WireLog.Seen> waiting = new ArrayDeque<>();

        @Nullable
        String state;

        SliceSeen(StreamSlice slice) {
            this.slice = slice;
        }
    }

    TestWalk(TestRequest request, WireLog wire, Consumer<TestProgress> listener) {
        this.request = request;
        this.wire = wire;
        this.listener = listener;
    }

    List<SliceSeen> slices() {
        return slices;
    }

    /** What was asked for outside of slices. */
    List<WireLog.Seen> others() {
        return others;
    }

    boolean isLimited() {
        return limited;
    }

    /** More may follow than was read. */
    void limit() {
        limited = true;
    }

    /** Tells how far it is. */
    void tell() {
        listener.accept(new TestProgress(records, pages, slices.size(), wire.size()));
    }

    /** Keeps what was asked for since the last time as something besides. */
    void aside() {
        List<WireLog.Seen> since = wire.since(mark);
        mark += since.size();
        others.addAll(since);
    }

    /**
     * Reads.
     *
     * @param isPage tells whether a call brings records of the stream
     * @param state where the stream stands
     */
    void read(OpenStream stream, Predicate<Call> isPage, Supplier<Object> state) {
        Integer wanted = request.start().slice();
        TestLimits limits = request.limits();
        Iterator<StreamSlice> all = stream.slices();
        int number = 0;
        while (all.hasNext()) {
            boolean enough = wanted == null ? number >= limits.slices() : number > wanted;
            if (enough || records >= limits.records()) {
                limited |= wanted == null;
                break;
            }
            StreamSlice slice = all.next();
            aside();
            if (wanted == null || number == wanted) {
                SliceSeen seen = new SliceSeen(slice);
                slices.add(seen);
                tell();
                slice(stream, seen, isPage);
                stream.cursor().close(slice);
                seen.state = JsonValues.write(state.get());
            }
            number++;
        }
        aside();
        if (wanted != null && number <= wanted) {
            throw Problem.of("E_TEST_SLICE", ProblemKind.CONFIG, "the stream has no slice " + wanted)
                    .because("it has " + number)
                    .exception();
        }
        if (!limited && wanted == null) {
            stream.cursor().finish();
        }
    }

    private void slice(OpenStream stream, SliceSeen seen, Predicate<Call> isPage) {
        Iterator<Page> all = null;
        try {
            all = stream.allPages(seen.slice);
            while (all.hasNext()) {
                if (seen.pages.size() >= request.limits().pages()
                        || records >= request.limits().records()) {
                    limited = true;
                    break;
                }
                Page page = all.next();
                take(seen, isPage);
                long room = request.limits().records() - records;
                limited |= page.records().size() > room;
                List<Map<Object, Object>> kept =
                        page.records().stream().limit(room).toList();
                records += kept.size();
                pages++;
                seen.pages.add(new PageSeen(kept, next(seen)));
                tell();
            }
        } finally {
            take(seen, isPage);
            // What failed, or brought nothing: the page that people look for first.
            WireLog.Seen last = all == null || seen.pages.isEmpty() ? seen.waiting.pollLast() : null;
            if (last != null) {
                seen.pages.add(new PageSeen(List.of(), last));
            }
            seen.others.addAll(seen.waiting);
            seen.waiting.clear();
            seen.others.sort((one, two) -> Integer.compare(one.index(), two.index()));
        }
    }

    private void take(SliceSeen seen, Predicate<Call> isPage) {
        List<WireLog.Seen> since = wire.since(mark);
        mark += since.size();
        for (WireLog.Seen each : since) {
            (isPage.test(each.call()) ? seen.waiting : seen.others).add(each);
        }
    }

    /** The exchange that a page came by: the first that went well; what was tried before goes to the others. */
    private static WireLog.@Nullable Seen next(SliceSeen seen) {
        while (!seen.waiting.isEmpty()) {
            WireLog.Seen first = seen.waiting.remove();
            boolean repeated = seen.waiting.stream()
                    .anyMatch(other -> other.retryOf() != null && other.retryOf() == first.index());
            if (!repeated) {
                return first;
            }
            seen.others.add(first);
        }
        return null;
    }
}
