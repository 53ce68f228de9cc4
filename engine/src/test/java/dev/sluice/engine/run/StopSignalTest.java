package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalTest {
    private final StopSignal stop = new StopSignal();
    private final List<String> heard = new ArrayList<>();

    @Test
    void becomesMoreUrgentWithEachRequest() {
        assertThat(stop.isRequested()).isFalse();
        stop.request();
        assertThat(stop.level()).isEqualTo(StopSignal.Level.GRACEFUL);
        stop.request();
        assertThat(stop.level()).isEqualTo(StopSignal.Level.ABORT);
        stop.request();
        assertThat(stop.level()).isEqualTo(StopSignal.Level.ABORT);
    }

    @Test
    void tellsOfAnAbortToAllThoughOneFails() {
        stop.onAbort(() -> {
            throw new IllegalStateException("cannot be cancelled");
        });
        stop.onAbort(() -> heard.add("second"));
        stop.abort();
        assertThat(heard).containsExactly("second");
    }

    @Test
    void tellsLateComersAtOnce() {
        stop.abort();
        stop.onAbort(() -> heard.add("late"));
        assertThat(heard).containsExactly("late");
    }

    @Test
    void tellsNobodyWhoTookItBack() {
        stop.onAbort(() -> heard.add("gone")).run();
        stop.abort();
        assertThat(heard).isEmpty();
    }
}
