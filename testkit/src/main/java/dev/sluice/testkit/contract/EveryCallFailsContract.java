package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.testkit.drive.CopyDriver;
import dev.sluice.testkit.drive.CopyState;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.rows.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What a destination behind a network keeps when the network fails: a small copy is carried out again and again, and
 * the connection is cut at the first call, at the second one, and so on, until a copy gets through without meeting its
 * cut. Once the call never arrives, once it does and its answer is lost. Each time the next run has to bring the target
 * to exactly the rows of the source.
 *
 * <p>A build takes some of the calls; {@code -Dsluice.faults=every} takes each. A class that extends this one and names
 * its network is the test. Needs JUnit 5.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EveryCallFailsContract extends DestinationTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final boolean EVERY =
            System.getProperty("sluice.faults", "some").equals("every");

    private @Nullable TcpProxy network;
    private @Nullable DestinationFixture fixture;

    /** Opens a network to the server. */
    protected abstract TcpProxy connect();

    /** A place whose connectors go through this network, and which is looked at without it. */
    protected abstract DestinationFixture fixture(TcpProxy way);

    /** How many calls a build goes on from one that fails to the next. */
    protected int stride() {
        return 23;
    }

    @BeforeAll
    final void begin() {
        network = connect();
        fixture = fixture(network);
    }

    @AfterAll
    final void end() {
        fixture().close();
        network().close();
    }

    @Override
    final DestinationFixture fixture() {
        if (fixture == null) {
            throw new IllegalStateException("there is no fixture yet");
        }
        return fixture;
    }

    private TcpProxy network() {
        if (network == null) {
            throw new IllegalStateException("there is no network yet");
        }
        return network;
    }

    @TestFactory
    final Stream<DynamicTest> aCallThatFailsLosesAndDoublesNothing() {
        return modes().stream()
                .flatMap(mode -> Stream.of(true, false)
                        .map(delivered -> DynamicTest.dynamicTest(
                                mode + (delivered ? ": the answer is lost" : ": the call is lost"),
                                () -> failsAtEach(mode, delivered))));
    }

    private void failsAtEach(DestinationSyncMode mode, boolean delivered) {
        int stride = EVERY ? 1 : stride();
        int number = 1 + modes().indexOf(mode) * 2 % stride + (delivered ? 1 : 0);
        int failed = 0;
        while (failsAndGoesOn(mode, new TcpProxy.Mode.CutAtPiece(number, delivered))) {
            number += stride;
            failed++;
        }
        // How many calls a copy makes differs from run to run: what was read ahead, what a client asks again.
        assertThat(failed).as("how many calls failed").isGreaterThanOrEqualTo(2);
    }

    /** Copies in two runs, and the second one meets the cut; false if it was over before. */
    private boolean failsAndGoesOn(DestinationSyncMode mode, TcpProxy.Mode.CutAtPiece cut) {
        SyncMode reading = mode.overwrites() ? SyncMode.FULL_REFRESH : SyncMode.INCREMENTAL;
        List<Row> rows = new ArrayList<>(rows(1, 12));
        ListSource source = new ListSource(SCHEMA, rows, 2);
        TargetSpec spec = target(SCHEMA, dedup(mode, null, ID));
        CopyState state = CopyState.INITIAL;
        try (Destination destination = fixture().open(context)) {
            CopyDriver first = new CopyDriver(source, destination, source.read(reading), spec, state);
            first.run();
            state = first.state();
        }
        rows.addAll(rows(13, 24));
        boolean met;
        network().set(cut);
        try (Destination destination = fixture().open(context)) {
            CopyDriver second = new CopyDriver(source, destination, source.read(reading), spec, state);
            state = runUntilItFails(second);
        } finally {
            met = network().pieces() >= cut.number();
            network().set(new TcpProxy.Mode.Pass());
        }
        state = goOn(source, reading, spec, state);
        assertThat(state.lastSyncId()).isEqualTo(2);
        try (Destination destination = fixture().open(context)) {
            assertContent(mode + " with " + cut, destination, spec, rows);
        }
        return met;
    }

    /** What a run leaves behind that fails; anything but a problem that a user can read is no way to fail. */
    private static CopyState runUntilItFails(CopyDriver run) {
        try {
            run.run();
        } catch (ProblemException expected) {
            assertThat(expected.problem().message()).isNotEmpty();
        }
        return run.state();
    }

    /** The next run; the server may need a moment to notice that the last one is gone. */
    private CopyState goOn(ListSource source, SyncMode reading, TargetSpec spec, CopyState begun) {
        CopyState[] state = {begun};
        Await.until("the next run gets through", LIMIT, () -> {
            try (Destination destination = fixture().open(context)) {
                CopyDriver run = new CopyDriver(source, destination, source.read(reading), spec, state[0]);
                if (run.state().lastSyncId() < 2) {
                    state[0] = runUntilItFails(run);
                }
                return state[0].lastSyncId() == 2;
            } catch (ProblemException notYet) {
                return false;
            }
        });
        return state[0];
    }
}
