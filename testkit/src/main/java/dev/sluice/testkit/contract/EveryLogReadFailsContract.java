package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.drive.LogRuns;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.rows.Row;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a source that reads a server's log delivers when the network fails: the connection is cut at the first call of a first copy
 * or of an increment, at the second one, and so on, until a run gets through without meeting its cut. Once the call never
 * arrives, once it does and its answer is lost; calls are those that read and those that tell the server what is committed.
 * Each time the runs that follow have to bring a mirror to exactly the rows of the table.
 *
 * <p>A build takes some of the calls; {@code -Dsluice.faults=every} takes each. A class that extends this one and names
 * its server is the test. Needs JUnit 5.
 */
public abstract class EveryLogReadFailsContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int STRIDE =
            System.getProperty("sluice.faults", "some").equals("every") ? 1 : 29;

    /** Opens a network to the server. */
    protected abstract TcpProxy connect();

    /** A connection without a run, in a fresh database, whose source goes through this network. */
    protected abstract Server server(TcpProxy way);

    /** The database that the tables are in. For one thread. */
    public interface Server extends AutoCloseable {
        /** Runs that go through the network. */
        LogRuns runs();

        /** Carries out statements beside the network, each in a transaction of its own. */
        void execute(String... statements);

        @Override
        void close();
    }

    @TestFactory
    final Stream<DynamicTest> aCallThatFailsLosesNoChange() {
        return Stream.of(true, false)
                .flatMap(first -> Stream.of(true, false)
                        .map(delivered -> DynamicTest.dynamicTest(
                                (first ? "first copy" : "increment")
                                        + (delivered ? ": the answer is lost" : ": the call is lost"),
                                () -> failsAtEach(first, delivered))));
    }

    private void failsAtEach(boolean first, boolean delivered) {
        int number = 1;
        int failed = 0;
        while (failsAndGoesOn(first, new TcpProxy.Mode.CutAtPiece(number, delivered))) {
            // The first calls are all different; later ones repeat what came before.
            number += number < 4 ? 1 : STRIDE;
            failed++;
        }
        assertThat(failed).as("how many calls failed").isPositive();
    }

    /** Reads, meets the cut in the first copy or in the increment behind it, and goes on; false if it was not met. */
    private boolean failsAndGoesOn(boolean first, TcpProxy.Mode.CutAtPiece cut) {
        try (TcpProxy network = connect();
                Server server = server(network)) {
            Mirror mirror = new Mirror(server.runs());
            server.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, v varchar(20))",
                    "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three')");
            boolean met = false;
            if (first) {
                met = mirror.meets(network, cut);
            }
            mirror.runsAgain();
            server.execute(
                    "UPDATE t SET v = 'zwei' WHERE id = 2",
                    "DELETE FROM t WHERE id = 3",
                    "INSERT INTO t VALUES (4, 'four')",
                    "UPDATE t SET id = 5 WHERE id = 1");
            if (!first) {
                met = mirror.meets(network, cut);
            }
            mirror.runsAgain();
            assertThat(mirror.rows).as("after " + cut).isEqualTo(Map.of("2", "zwei", "4", "four", "5", "one"));
            return met;
        }
    }

    /** The table as a destination would have it. */
    private static final class Mirror {
        private final LogRuns runs;
        private final StreamId id;
        private final Map<String, @Nullable String> rows = new TreeMap<>();

        Mirror(LogRuns runs) {
            this.runs = runs;
            this.id = runs.id("t");
        }

        boolean meets(TcpProxy network, TcpProxy.Mode.CutAtPiece cut) {
            network.set(cut);
            try {
                run();
            } catch (ProblemException expected) {
                assertThat(expected.problem().message()).isNotEmpty();
            }
            boolean met = network.pieces() >= cut.number();
            network.set(new TcpProxy.Mode.Pass());
            return met;
        }

        /** The server may need a moment to notice that the one before is gone. */
        void runsAgain() {
            Await.until("the next run gets through", LIMIT, () -> {
                try {
                    run();
                    return true;
                } catch (ProblemException notYet) {
                    return false;
                }
            });
        }

        /** I1: the rows are kept and the position is saved before the source hears that they are committed. */
        private void run() {
            try (Source source = runs.open();
                    StreamReading reading = StreamReading.begin(source, runs.read(source, id), runs.start(id))) {
                reading.readAll();
                Position end = Objects.requireNonNull(reading.end());
                reading.rows().forEach(this::keep);
                runs.stand(id.name(), end);
                source.committed(id, end);
            }
        }

        private void keep(Row row) {
            String key = Objects.requireNonNull(row.value(0));
            if (row.operation() == Operation.DELETE) {
                rows.remove(key);
            } else {
                rows.put(key, row.value(1));
            }
        }
    }
}
