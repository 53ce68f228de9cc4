package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.source.SliceLanes.Event;
import dev.sluice.lowcode.stream.Page;
import dev.sluice.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slices are read at the same time, each page once and in the order of its slice, and never too far ahead. */
@Timeout(60)
class SliceLanesTest {
    private final List<SliceLanes> open = new ArrayList<>();

    @AfterEach
    void stop() {
        open.forEach(SliceLanes::stop);
    }

    private static StreamSlice slice(int number) {
        return new StreamSlice(Map.of("k", (long) number), Map.of(), Map.of());
    }

    private static long number(StreamSlice slice) {
        return slice.get("k") instanceof Long number ? number : -1;
    }

    private static Page page(long slice, int place, long bytes) {
        return new Page(List.of(Map.of("slice", slice, "page", (long) place)), bytes);
    }

    private static Iterator<Page> pages(StreamSlice slice, int count) {
        return IntStream.range(0, count)
                .mapToObj(place -> page(number(slice), place, 10))
                .iterator();
    }

    private SliceLanes lanes(int slices, int lanes, Function<StreamSlice, Iterator<Page>> reads) {
        SliceLanes made = new SliceLanes(
                IntStream.range(0, slices).mapToObj(SliceLanesTest::slice).iterator(), reads, lanes);
        open.add(made);
        return made;
    }

    /** Takes everything; each entry is a page of a slice or its end. */
    private static List<String> all(SliceLanes lanes) {
        List<String> seen = new ArrayList<>();
        for (Event event = lanes.take(); event != null; event = lanes.take()) {
            seen.add(
                    switch (event) {
                        case Event.Records(Page page) ->
                            page.records().getFirst().get("slice") + ":"
                                    + page.records().getFirst().get("page");
                        case Event.End(StreamSlice slice) -> number(slice) + ":end";
                    });
        }
        return seen;
    }

    @Test
    void eachPageComesOnceInTheOrderOfItsSlice() {
        List<String> seen = all(lanes(50, 4, slice -> pages(slice, (int) (number(slice) % 4))));
        for (int i = 0; i < 50; i++) {
            String own = i + ":";
            List<String> expected = new ArrayList<>();
            IntStream.range(0, i % 4).forEach(place -> expected.add(own + place));
            expected.add(own + "end");
            assertThat(seen.stream().filter(each -> each.startsWith(own))).isEqualTo(expected);
        }
    }

    @Test
    void oneLaneReadsOneSliceAfterTheOther() {
        assertThat(all(lanes(3, 1, slice -> pages(slice, 2))))
                .containsExactly("0:0", "0:1", "0:end", "1:0", "1:1", "1:end", "2:0", "2:1", "2:end");
    }

    @Test
    void theNextPageIsFetchedBeforeAnybodyWantsIt() throws InterruptedException {
        CountDownLatch third = new CountDownLatch(1);
        SliceLanes lanes = lanes(
                1,
                1,
                slice -> IntStream.range(0, 9)
                        .mapToObj(place -> {
                            if (place == 2) {
                                third.countDown();
                            }
                            return page(0, place, 10);
                        })
                        .iterator());
        assertThat(lanes.take()).isInstanceOf(Event.Records.class);
        assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noMoreIsFetchedAheadThanFits() {
        AtomicInteger fetched = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        SliceLanes lanes = lanes(
                30,
                3,
                slice -> IntStream.range(0, 30)
                        .mapToObj(place -> {
                            most.accumulateAndGet(fetched.incrementAndGet() - taken.get(), Math::max);
                            return page(number(slice), place, 12L << 20);
                        })
                        .iterator());
        for (Event event = lanes.take(); event != null; event = lanes.take()) {
            taken.addAndGet(event instanceof Event.Records ? 1 : 0);
        }
        assertThat(taken.get()).isEqualTo(900);
        // One waits, one through each slice that is open, one in the hand of each lane, and one that is being counted.
        assertThat(most.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void aHundredThousandEmptySlicesDoNotPileUp() {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        int slices = 100_000;
        AtomicInteger taken = new AtomicInteger();
        SliceLanes lanes = lanes(slices, 4, slice -> {
            most.accumulateAndGet(begun.incrementAndGet() - taken.get(), Math::max);
            return pages(slice, 0);
        });
        while (lanes.take() != null) {
            taken.incrementAndGet();
        }
        assertThat(taken.get()).isEqualTo(slices);
        assertThat(most.get()).isLessThan(50);
    }

    @Test
    void atAPointThatIsAskedForNoSliceIsOpen() {
        SliceLanes lanes = lanes(40, 4, slice -> pages(slice, 3));
        int points = 0;
        int ends = 0;
        int opened = 0;
        lanes.close();
        for (Event event = lanes.take(); event != null; event = lanes.take()) {
            ends += event instanceof Event.End ? 1 : 0;
            opened += event instanceof Event.Records(Page page)
                            && Long.valueOf(0).equals(page.records().getFirst().get("page"))
                    ? 1
                    : 0;
            if (lanes.isClosed()) {
                assertThat(opened).isEqualTo(ends);
                assertThat(lanes.isOpen()).isFalse();
                points++;
            }
        }
        assertThat(ends).isEqualTo(40);
        assertThat(points).isEqualTo(40);
    }

    @Test
    void whatIsBrokenIsToldAfterThePagesBeforeIt() {
        SliceLanes lanes = lanes(
                1,
                2,
                slice -> IntStream.range(0, 3)
                        .mapToObj(place -> {
                            if (place == 2) {
                                throw new IllegalStateException("the third page is broken");
                            }
                            return page(0, place, 10);
                        })
                        .iterator());
        assertThat(lanes.take()).isInstanceOf(Event.Records.class);
        assertThat(lanes.take()).isInstanceOf(Event.Records.class);
        assertThatThrownBy(lanes::take).hasMessage("the third page is broken");
    }

    @Test
    void slicesThatCannotBeFoundEndTheRead() {
        SliceLanes lanes = new SliceLanes(
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        throw new IllegalStateException("the parent is broken");
                    }

                    @Override
                    public StreamSlice next() {
                        throw new AssertionError();
                    }
                },
                slice -> pages(slice, 1),
                3);
        open.add(lanes);
        assertThatThrownBy(lanes::take).hasMessage("the parent is broken");
    }

    @Test
    void whoIsStoppedLeavesNobodyBehind() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(3);
        CountDownLatch interrupted = new CountDownLatch(3);
        SliceLanes lanes = lanes(9, 3, slice -> {
            waiting.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw new IllegalStateException(stopped);
            }
            return pages(slice, 1);
        });
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                waiting.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            lanes.stop();
        });
        assertThatThrownBy(lanes::take).isInstanceOf(ProblemException.class).hasMessageContaining("stopped");
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        stopper.join();
    }
}
