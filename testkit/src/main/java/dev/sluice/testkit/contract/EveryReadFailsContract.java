package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What a source behind a network delivers when the network fails: a small read is carried out again and again, and the
 * connection is cut at the first call, at the second one, and so on, until a read gets through without meeting its cut.
 * Once the call never arrives, once it does and its answer is lost. Each time the read that goes on has to bring each row
 * exactly once.
 *
 * <p>A build takes some of the calls; {@code -Dsluice.faults=every} takes each. A class that extends this one and names
 * its network is the test. Needs JUnit 5.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EveryReadFailsContract extends SourceTests {
    /** How many rows the stream has. */
    protected static final int ROWS = 40;

    private static final int STRIDE =
            System.getProperty("sluice.faults", "some").equals("every") ? 1 : 29;

    private @Nullable TcpProxy network;
    private @Nullable SourceFixture fixture;
    private @Nullable KnownStream known;

    /** Opens a network to the server. */
    protected abstract TcpProxy connect();

    /** A place whose connector goes through this network, and whose tables are made without it. */
    protected abstract SourceFixture fixture(TcpProxy way);

    @BeforeAll
    final void begin() {
        network = connect();
        fixture = fixture(network);
        known = fixture.stream(ROWS);
    }

    @AfterAll
    final void end() {
        require(fixture).close();
        require(network).close();
    }

    @Override
    final SourceFixture fixture() {
        return require(fixture);
    }

    private static <T> T require(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("nothing was opened yet");
        }
        return made;
    }

    @TestFactory
    final Stream<DynamicTest> aCallThatFailsLosesAndDoublesNoRow() {
        boolean increments = !fixture().lacks().containsKey(SourceTrait.INCREMENTAL);
        return Stream.of(SyncMode.values())
                .filter(mode -> increments || mode == SyncMode.FULL_REFRESH)
                .flatMap(mode -> Stream.of(true, false)
                        .map(delivered -> DynamicTest.dynamicTest(
                                mode + (delivered ? ": the answer is lost" : ": the call is lost"),
                                () -> failsAtEach(mode, delivered))));
    }

    private void failsAtEach(SyncMode mode, boolean delivered) {
        int number = 1;
        int failed = 0;
        while (failsAndGoesOn(mode, new TcpProxy.Mode.CutAtPiece(number, delivered))) {
            // The first calls are all different; later ones repeat what came before.
            number += number < 4 ? 1 : STRIDE;
            failed++;
        }
        assertThat(failed).as("how many calls failed").isPositive();
    }

    /** Reads, meets the cut, and goes on without one; false if the read was over before. */
    private boolean failsAndGoesOn(SyncMode mode, TcpProxy.Mode.CutAtPiece cut) {
        require(network).set(cut);
        Interrupted interrupted = new Interrupted();
        boolean met;
        try (Source source = fixture().open(context)) {
            interrupted.read(source, mode);
        } catch (ProblemException expected) {
            assertThat(expected.problem().message()).isNotEmpty();
        } finally {
            met = require(network).pieces() >= cut.number();
            require(network).set(new TcpProxy.Mode.Pass());
        }
        try (Source source = fixture().open(context)) {
            assertThat(plain(interrupted.goOn(source, mode)))
                    .as(mode + " with " + cut)
                    .containsExactlyInAnyOrderElementsOf(require(known).rows());
        }
        return met;
    }

    private StreamRead wanted(Source source, SyncMode mode) {
        CatalogStream stream = discover(source, require(known).id());
        return mode == SyncMode.INCREMENTAL ? incrementalRead(stream, true) : fullRead(stream);
    }

    /** A read that is let go and gone on with, and what an engine would have kept of it. */
    private final class Interrupted {
        private @Nullable StreamReading reading;

        void read(Source source, SyncMode mode) {
            StreamReading begun = StreamReading.begin(source, wanted(source, mode), BEGINNING);
            reading = begun;
            finish(begun);
        }

        List<Row> goOn(Source source, SyncMode mode) {
            StreamRead read = wanted(source, mode);
            StreamReading before = reading;
            Optional<StreamReading> resumed = before == null
                    ? Optional.empty()
                    : StreamReading.plan(source, read, before.resume(), StreamReading.SMALL_BATCHES);
            List<Row> rows = new ArrayList<>();
            if (before != null && resumed.isPresent()) {
                rows.addAll(before.rows());
            }
            try (StreamReading rest = resumed.orElseGet(() -> StreamReading.begin(source, read, BEGINNING))) {
                finish(rest);
                rows.addAll(rest.rows());
            } finally {
                if (before != null) {
                    before.close();
                }
            }
            return rows;
        }

        private static void finish(StreamReading reading) {
            for (Split split : reading.splitsLeft()) {
                // In two parts; the second one begins again where a source has no place to go on from.
                if (!reading.read(split, 2)) {
                    reading.readSplit(split);
                }
            }
        }
    }
}
