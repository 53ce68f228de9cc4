package dev.sluice.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The lines of /proc/PID/stat are read as proc(5) describes them. */
final class ProcStatTest {
    @Test
    void namesMayHoldBlanksAndParentheses() {
        String line = "4711 (a (strange) name) S 42 4711 4711 0 -1 4194560 1000 2000 0 0 150 30 700 80 20 0 1 0 99 0 0";
        assertThat(ProcStat.parse(line)).isEqualTo(new ProcStat(4711, 42, 180, 780));
    }

    @Test
    void thisProcessIsOneOfAll() {
        long pid = ProcessHandle.current().pid();
        assertThat(ProcStat.all()).extracting(ProcStat::pid).contains(pid);
        assertThat(ProcStat.of("self")).hasValueSatisfying(stat -> {
            assertThat(stat.pid()).isEqualTo(pid);
            assertThat(stat.own()).isPositive();
        });
        assertThat(ProcStat.peakMemoryKib(pid)).isGreaterThan(10_000);
    }

    @Test
    void whatIsGoneHasNoLine() {
        assertThat(ProcStat.of("0")).isEmpty();
        assertThat(ProcStat.peakMemoryKib(0)).isZero();
    }
}
