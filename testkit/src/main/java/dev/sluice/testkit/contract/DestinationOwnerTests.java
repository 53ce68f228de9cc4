package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One owner a target, and one run at a time (I8). */
abstract class DestinationOwnerTests extends DestinationTests {
    private static final Owner TAKING = new Owner(STRANGER.connectionId(), STRANGER.connectionName(), true);

    private static void refuses(String what, Destination destination, TargetSpec spec) {
        Problem problem =
                SourceTests.problemOf(what, () -> destination.open(spec).close());
        assertThat(problem.kind()).as(what + ": " + problem).isEqualTo(ProblemKind.CONFLICT);
    }

    @Test
    final void aTargetThatIsOpenIsRefusedToOthers() throws Exception {
        gaps().expect(DestinationTrait.OWNERSHIP, () -> {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, firstMode());
            try (TargetRun run = TargetRun.open(destination, spec)) {
                refuses("the same run once more", destination, spec);
                refuses("the same run from elsewhere", open(), spec);
                refuses("a later run", open(), run(spec, 1, 2));
                refuses("another connection", open(), ownedBy(spec, STRANGER));
                run.split("only", batch(1, 3)).publish(END);
            }
            assertContent("what the owner wrote", destination, spec, rows(1, 3));
            write(open(), run(spec, 2, 2), batch(4, 6));
        });
    }

    @Test
    final void aTargetOfAnotherConnectionIsRefused() throws Exception {
        gaps().expect(DestinationTrait.OWNERSHIP, () -> {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, firstMode());
            write(destination, spec, batch(1, 3));
            TargetSpec foreign = ownedBy(run(spec, 2, 2), STRANGER);
            refuses("a target of another connection", destination, foreign);
            refuses("a target of another connection", open(), foreign);
            if (gaps().has(DestinationTrait.LEDGER)) {
                assertThat(ledger(destination, foreign).connectionId()).isEqualTo(OWNER.connectionId());
            }
            assertContent("what the owner wrote", destination, spec, rows(1, 3));
        });
    }

    @Test
    final void aTargetCanBeTakenOver() {
        gaps().need(DestinationTrait.OWNERSHIP);
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, firstMode());
        write(destination, spec, batch(1, 3));
        TargetSpec taking = ownedBy(run(spec, 2, 2), TAKING);
        write(destination, taking, batch(4, 6));
        if (gaps().has(DestinationTrait.LEDGER)) {
            assertThat(ledger(destination, spec).connectionId()).isEqualTo(STRANGER.connectionId());
        }
        refuses("the connection that lost its target", destination, run(spec, 3, 3));
        write(destination, ownedBy(run(spec, 3, 3), STRANGER), batch(7, 9));
    }

    @Test
    final void whatWasMadeForATrialCanBeRemovedWithoutATrace() {
        gaps().need(DestinationTrait.OWNERSHIP, DestinationTrait.LEDGER);
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, firstMode());
        write(destination, spec, batch(1, 3));
        TargetRun.open(destination, run(spec, 2, 2)).close();
        if (!destination.remove(ownedBy(spec, TAKING))) {
            return; // it says itself that it cannot
        }
        assertThat(destination.ledger(spec)).isEmpty();
        assertThat(destination.plan(spec).action()).isEqualTo(TargetPlan.Action.CREATE);
        assertThat(destination.remove(spec)).as("once more").isTrue();
        write(destination, spec, batch(4, 6));
        assertContent("what was written after that", destination, spec, rows(4, 6));
    }

    @Test
    final void anUnfinishedRunOfAnotherConnectionIsDiscardedWhenItIsTakenOver() {
        gaps().need(DestinationTrait.OWNERSHIP, DestinationTrait.LEDGER, DestinationTrait.DISCARD);
        need(append());
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, append());
        try (TargetRun run = TargetRun.open(destination, spec)) {
            run.commit("only", "3", batch(1, 3));
        }
        // The same numbers of generation and run, but of another connection.
        TargetSpec taking = ownedBy(spec, TAKING);
        try (TargetRun run = TargetRun.open(destination, taking)) {
            assertThat(ledger(destination, taking).splits()).isEmpty();
            run.split("only", batch(10, 12)).publish(END);
        }
        assertContent("the run of the new owner", destination, taking, rows(10, 12));
    }

    /** Either nobody can take a target while it is written, or the one who lost it commits nothing any more. */
    @Test
    final void whoeverLostTheTargetCommitsNothing() {
        gaps().need(DestinationTrait.OWNERSHIP);
        need(append());
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, append());
        List<Row> expected = new ArrayList<>();
        try (TargetRun run = TargetRun.open(destination, spec)) {
            TestWriteContext host = new TestWriteContext();
            try (Writer writer = run.target().writer(host)) {
                Committable prepared = run.prepare(writer, host, "only", null, batch(1, 3));
                TargetSpec taking = ownedBy(run(spec, 2, 2), TAKING);
                try (Target taken = tryOpen(open(), taking)) {
                    if (taken == null) {
                        run.target().commit(prepared);
                        expected.addAll(rows(1, 3));
                    } else {
                        Problem problem = SourceTests.problemOf(
                                "a commit after the target was taken",
                                () -> run.target().commit(prepared));
                        assertThat(problem.kind()).isEqualTo(ProblemKind.CONFLICT);
                        SourceTests.problemOf(
                                "publishing after the target was taken",
                                () -> run.target().publish(3, END));
                    }
                }
            }
        }
        assertContent("what the rightful owner committed", destination, spec, expected);
    }

    private static @Nullable Target tryOpen(Destination destination, TargetSpec spec) {
        try {
            return destination.open(spec);
        } catch (ProblemException refused) {
            assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFLICT);
            return null;
        }
    }

    @Test
    final void onlyOneOfManyGetsTheTarget() {
        gaps().need(DestinationTrait.OWNERSHIP);
        TargetSpec spec = target(SCHEMA, firstMode());
        write(open(), spec, batch(1, 1));
        TargetSpec next = run(spec, 2, 2);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger got = new AtomicInteger();
        Parallel.run(6, index -> {
            try (Destination destination = fixture().open(context)) {
                for (int attempt = 0; attempt < 20; attempt++) {
                    try (Target target = tryOpen(destination, next)) {
                        if (target != null) {
                            got.incrementAndGet();
                            most.accumulateAndGet(open.incrementAndGet(), Math::max);
                            LockSupport.parkNanos(1_000_000);
                            open.decrementAndGet();
                        }
                    }
                }
            }
        });
        assertThat(got.get()).as("how often a target was opened").isPositive();
        assertThat(most.get()).as("targets that were open at a time").isEqualTo(1);
    }

    @Test
    final void aClosedDestinationLetsGoOfItsTargets() {
        gaps().need(DestinationTrait.OWNERSHIP);
        TargetSpec spec = target(SCHEMA, firstMode());
        Destination first = fixture().open(context);
        TargetRun abandoned = TargetRun.open(first, spec);
        abandoned.split("only", batch(1, 3));
        first.close();
        try (TargetRun run = TargetRun.open(open(), run(spec, 2, 2))) {
            run.publish(null);
        }
    }

    @Test
    final void differentTargetsAreOpenSideBySide() {
        Destination destination = open();
        TargetSpec one = target(SCHEMA, firstMode());
        TargetSpec other = target(SCHEMA, firstMode());
        try (TargetRun first = TargetRun.open(destination, one);
                TargetRun second = TargetRun.open(destination, other)) {
            first.split("only", batch(1, 3));
            second.split("only", batch(4, 6)).publish(END);
            first.publish(END);
        }
        assertContent("one target", destination, one, rows(1, 3));
        assertContent("the other target", destination, other, rows(4, 6));
    }

    /** Streams of one run, and runs of two connections, meet in a namespace that nobody has written to before. */
    @Test
    final void targetsOfANewNamespaceAreOpenedAtTheSameTime() {
        List<Destination> destinations = List.of(open(), open());
        String namespace = freshName();
        Parallel.run(6, index -> {
            Destination destination = destinations.get(index % 2);
            TargetSpec spec = named(new TargetName(namespace, freshName()), SCHEMA, firstMode());
            write(destination, spec, batch(1, 3));
            assertContent("a target in a new namespace", destination, spec, rows(1, 3));
        });
    }
}
