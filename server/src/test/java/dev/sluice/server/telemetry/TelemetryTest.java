package dev.sluice.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.server.Rooms;
import dev.sluice.server.Working;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators see of a server, and that nothing of its users is in it. */
@ParameterizedClass
@EnumSource(Dialect.class)
class TelemetryTest {
    private static final Clock CLOCK = TestStore.CLOCK;
    private static final String CANARY = "canary-2b";

    private final TestStore opened;
    private final Store store;
    private final Metrics metrics;
    private final Connection connection;

    TelemetryTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        metrics = new Metrics(store);
        connection = new Rooms(store).connection(CANARY);
        store.change(transaction -> transaction.change(
                "UPDATE actor SET configuration = ?", new Json("{\"password\": \"" + CANARY + "\"}")));
    }

    @AfterEach
    void close() {
        metrics.close();
        opened.close();
    }

    private void run(AttemptResult result) {
        try (Working working = new Working(store, _ -> result, CLOCK, List.of(metrics))) {
            working.run(connection, JobKind.SYNC);
        }
    }

    private static AttemptStream moved() {
        AttemptStream.Counts counts = new AttemptStream.Counts(70, 700, 60, 0, 4, 0, -1);
        return new AttemptStream(StreamId.of(CANARY), StreamStatus.COMPLETE, counts, null, Json.EMPTY);
    }

    @Test
    void numbersAreCountedAndNobodyIsNamed() {
        metrics.watch(() -> 3);
        run(AttemptResult.succeeded(List.of(moved())));
        run(AttemptResult.failed(Problem.of("E_X", ProblemKind.CONFIG, "it is wrong"), List.of()));
        assertThat(metrics.text())
                .contains("sluice_jobs_ended_total{kind=\"sync\",status=\"succeeded\"} 1.0")
                .contains("sluice_jobs_ended_total{kind=\"sync\",status=\"failed\"} 1.0")
                .contains("sluice_records_total{kind=\"sync\",status=\"succeeded\"} 60.0")
                .contains("sluice_records_rejected_total{kind=\"sync\",status=\"succeeded\"} 4.0")
                .contains("sluice_connections{status=\"active\"} 1.0")
                .contains("sluice_jobs_running 3.0")
                .contains("sluice_jobs_waiting 0.0")
                .contains("sluice_store_up 1.0")
                .contains("jvm_memory_used_bytes")
                .doesNotContain(CANARY);
    }

    @Test
    void theBundleHelpsAndHoldsNothingOfUsers() throws IOException {
        run(AttemptResult.failed(
                Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, CANARY + " was refused"), List.of(moved())));
        Map<String, String> files = new LinkedHashMap<>();
        byte[] bundle = new Diagnostics(store, new Jobs(CLOCK, List.of()), metrics, CLOCK).bundle();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(files)
                .containsOnlyKeys(
                        "sluice-diagnostics/server.json",
                        "sluice-diagnostics/failures.json",
                        "sluice-diagnostics/metrics.txt",
                        "sluice-diagnostics/threads.txt");
        assertThat(files.get("sluice-diagnostics/failures.json")).contains("E_AUTH_REFUSED", "PERMISSION");
        assertThat(files.get("sluice-diagnostics/server.json")).contains("\"java\"", "\"heapMost\"");
        assertThat(files.get("sluice-diagnostics/threads.txt")).contains("    at ");
        assertThat(files.values()).noneMatch(text -> text.contains(CANARY));
    }
}
