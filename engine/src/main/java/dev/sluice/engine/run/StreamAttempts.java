package dev.sluice.engine.run;

import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Source;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a run: attempt after attempt until one succeeds, one fails in a way that will not pass, or there were
 * enough. Its failure is its own: other streams go on, also while it waits.
 */
final class StreamAttempts implements Runnable {
    /** What a destination says while it still holds the lock of a connection whose end it has not noticed. */
    private static final String TARGET_BUSY = "E_TARGET_BUSY";

    private final StreamPlan plan;
    private final Source source;
    private final Destination destination;
    private final StreamProgress progress;
    private final Lanes lanes;
    private final RunScope scope;

    StreamAttempts(
            StreamPlan plan,
            Source source,
            Destination destination,
            StreamProgress progress,
            Lanes lanes,
            RunScope scope) {
        this.plan = plan;
        this.source = source;
        this.destination = destination;
        this.progress = progress;
        this.lanes = lanes;
        this.scope = scope;
    }

    @Override
    public void run() {
        try {
            Throwable failure = attempt();
            while (failure != null && triesAgain(failure)) {
                failure = attempt();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            cancel();
        } catch (RuntimeException cannotCount) {
            end(LaneReader.Failures.problem(cannotCount, scope.stop()), cannotCount);
        }
    }

    private boolean triesAgain(Throwable failure) throws InterruptedException {
        Problem problem = LaneReader.Failures.problem(failure, scope.stop());
        boolean again = mayPass(problem) && waitForNext(problem);
        if (!again) {
            end(problem, failure);
        }
        return again;
    }

    /** Why the attempt failed; null if it did not, or if the run shall end. */
    private @Nullable Throwable attempt() throws InterruptedException {
        lanes.acquire();
        try {
            if (scope.stop().isRequested()) {
                cancel();
                return null;
            }
            enter(StreamStatus.PREPARING);
            if (!new StreamTask(plan, source, destination, progress, lanes, scope).sync()) {
                cancel();
            }
            return null;
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Throwable failure) {
            return failure;
        } finally {
            lanes.release();
        }
    }

    private boolean mayPass(Problem problem) {
        // A broken connection may go on holding the lock of the target for a while: then it is our own shadow.
        boolean ownShadow = progress.failures() > 0 && problem.code().equals(TARGET_BUSY);
        return !scope.stop().isRequested() && (ownShadow || problem.kind().retry() == ProblemKind.Retry.BACKOFF);
    }

    /** Counts the failure and waits; false if there were enough, or if the run shall end. */
    private boolean waitForNext(Problem problem) throws InterruptedException {
        StreamId stream = plan.stream();
        FailureCount before = scope.store().failures(scope.job(), stream);
        FailureCount now = progress.hasCommitted() ? before.partial() : before.complete();
        scope.store().saveFailures(scope.job(), stream, now);
        if (!isBelow(now, scope.watch().limits().retries())) {
            return false;
        }
        Duration pause = RetryLimits.pause(now.completeInRow());
        progress.breakOff(problem);
        scope.listener().changed(progress);
        scope.listener().retrying(progress, problem, pause);
        return pause.isZero() || !scope.watch().time().await(pause, scope.stop().requested());
    }

    private static boolean isBelow(FailureCount count, RetryLimits limits) {
        return count.completeInRow() < limits.completeInRow()
                && count.completeInAll() < limits.completeInAll()
                && count.partialInRow() < limits.partialInRow()
                && count.partialInAll() < limits.partialInAll();
    }

    private void end(Problem problem, Throwable failure) {
        if (problem.kind() == ProblemKind.CANCELLED || (scope.stop().isRequested() && isWaiting())) {
            cancel();
            return;
        }
        Problem placed = problem.where() == null ? problem.at(plan.stream().toString()) : problem;
        progress.fail(placed.because(withTries(placed.why())), failure);
        scope.listener().changed(progress);
    }

    private boolean isWaiting() {
        return progress.status() == StreamStatus.WAITING;
    }

    private @Nullable String withTries(@Nullable String why) {
        if (progress.failures() == 0) {
            return why;
        }
        String tries = "it was tried " + (progress.failures() + 1) + " times";
        return why == null ? tries : why + "; " + tries;
    }

    /** The run shall end: because somebody wants it, or because it took too long. */
    private void cancel() {
        if (scope.watch().timedOut()) {
            Problem tooLong = scope.watch().timeOut();
            progress.fail(tooLong.at(plan.stream().toString()), tooLong.exception());
            scope.listener().changed(progress);
        } else {
            enter(StreamStatus.CANCELLED);
        }
    }

    private void enter(StreamStatus status) {
        progress.enter(status);
        scope.listener().changed(progress);
    }
}
