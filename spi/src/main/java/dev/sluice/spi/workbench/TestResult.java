package dev.sluice.spi.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a test. It holds no secrets; the configuration that the connector gave itself goes to the host.
 *
 * @param slices the slices that were read
 * @param others what was asked for besides, before or between them
 * @param log what happened
 * @param findings what can be learnt of it
 * @param end how it ended
 * @param recording what it takes to run it again without asking anybody; null if it cannot be
 */
public record TestResult(
        List<TestSlice> slices,
        List<WireExchange> others,
        List<TestLine> log,
        TestFindings findings,
        TestEnd end,
        @Nullable String recording) {
    /** Copies the lists. */
    public TestResult {
        slices = List.copyOf(slices);
        others = List.copyOf(others);
        log = List.copyOf(log);
    }

    /** The records of all slices in order, in JSON. */
    public List<String> records() {
        return slices.stream()
                .flatMap(slice -> slice.pages().stream())
                .flatMap(page -> page.records().stream())
                .toList();
    }
}
