package dev.sluice.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.result.Measurement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program is measured with all that it starts, and one that fails is no measurement. */
final class MeterTest {
    /** Counts in a shell that a shell starts; enough work for several ticks of the clock. */
    private static final String WORK = "bash -c 'for ((i = 0; i < 200000; i++)); do :; done'";

    @TempDir
    private Path directory;

    @Test
    void countsTheWorkOfChildrenOfChildren() {
        Measurement measurement = meter().run(List.of("bash", "-c", WORK + "; true"));
        assertThat(measurement.cpuSeconds()).isPositive();
        assertThat(measurement.wallSeconds()).isPositive();
        assertThat(measurement.serverCpuSeconds()).isZero();
    }

    @Test
    void doesNotCountEarlierPrograms() {
        Meter meter = meter();
        meter.run(List.of("bash", "-c", WORK));
        assertThat(meter.run(List.of("true")).cpuSeconds()).isLessThan(0.1);
    }

    @Test
    void takesWhatTheProgramSaysOfItself() {
        Meter meter = meter();
        assertThat(meter.run(List.of("echo", Meter.INNER_SECONDS + "1.5")).innerSeconds())
                .isEqualTo(1.5);
        assertThat(meter.output()).isEqualTo(Meter.INNER_SECONDS + "1.5\n");
        assertThat(meter.run(List.of("echo", "nothing")).innerSeconds()).isZero();
    }

    @Test
    void passesTheEnvironmentOn() {
        Meter meter = new Meter(directory, Map.of("BENCH_WORD", "hello"));
        meter.run(List.of("bash", "-c", "echo $BENCH_WORD in $PWD"));
        assertThat(meter.output()).isEqualTo("hello in " + directory + "\n");
    }

    @Test
    void failsWithTheOutputOfTheProgram() {
        assertThatThrownBy(() -> meter().run(List.of("bash", "-c", "echo broken; exit 3")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended with 3")
                .hasMessageContaining("broken");
        assertThatThrownBy(() -> meter().run(List.of("no-such-program-anywhere")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot run no-such-program-anywhere");
    }

    @Test
    void watchesTheServerToo() {
        Meter meter = meter();
        // The children of this very process, as if they served clients.
        meter.watch(new ServerCpu(ProcessHandle.current().pid()));
        assertThat(meter.run(List.of("bash", "-c", WORK)).serverCpuSeconds()).isPositive();
    }

    private Meter meter() {
        return new Meter(directory, Map.of());
    }
}
