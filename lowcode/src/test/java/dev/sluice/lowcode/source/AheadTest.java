package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The next page is fetched while the present one is used, and nothing is seen of it otherwise. */
class AheadTest {
    private static final String BROKEN = "the third page is broken";

    /** Three pages, of which one may wait and one may be broken. */
    private static final class Pages implements Iterator<Integer> {
        private final CountDownLatch askedForSecond = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private final boolean waits;
        private final boolean breaks;
        private int page;

        Pages(boolean waits, boolean breaks) {
            this.waits = waits;
            this.breaks = breaks;
        }

        @Override
        public boolean hasNext() {
            if (page == 1) {
                askedForSecond.countDown();
                if (waits) {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException stopped) {
                        interrupted.countDown();
                        throw new IllegalStateException(stopped);
                    }
                }
            }
            if (page == 2 && breaks) {
                throw new IllegalStateException(BROKEN);
            }
            return page < 3;
        }

        @Override
        public Integer next() {
            return ++page;
        }
    }

    @Test
    void pagesComeInTheirOrder() {
        List<Integer> seen = new ArrayList<>();
        new Ahead<>(IntStream.range(0, 500).iterator()).forEachRemaining(seen::add);
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void theNextPageIsAskedForBeforeAnybodyWantsIt() throws InterruptedException {
        Pages pages = new Pages(false, false);
        Ahead<Integer> ahead = new Ahead<>(pages);
        assertThat(ahead.next()).isEqualTo(1);
        assertThat(pages.askedForSecond.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsBrokenIsToldAfterThePagesBeforeIt() {
        Ahead<Integer> ahead = new Ahead<>(new Pages(false, true));
        assertThat(ahead.next()).isEqualTo(1);
        assertThat(ahead.next()).isEqualTo(2);
        assertThatThrownBy(ahead::hasNext)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(BROKEN);
    }

    @Test
    void aFetchThatNobodyWaitsForIsEnded() throws InterruptedException {
        Pages pages = new Pages(true, false);
        Ahead<Integer> ahead = new Ahead<>(pages);
        ahead.next();
        assertThat(pages.askedForSecond.await(20, TimeUnit.SECONDS)).isTrue();
        ahead.stop();
        assertThat(pages.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
