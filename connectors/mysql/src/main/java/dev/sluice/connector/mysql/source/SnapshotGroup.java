package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.mysql.log.LogStart;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose transactions began at one moment and see the same rows. The server hands no snapshot on from one session
 * to another, so those that shall read are opened together and lent out; the group lives as long as the planned read.
 *
 * <p>The moment is made by locking the table against writers for an instant, while the sessions begin. Where that is not
 * permitted, or a writer keeps the table for longer than a second, one session reads alone. Thread-safe.
 */
final class SnapshotGroup implements AutoCloseable {
    private static final Map<String, SnapshotGroup> GROUPS = new ConcurrentHashMap<>();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int LOCK_ATTEMPTS = 2;

    private final String name = UUID.randomUUID().toString();
    private final SessionPool<MySession> sessions;
    private final ConnectorContext context;
    private final @Nullable LogStart log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<MySession> idle = new ArrayDeque<>();
    private int members;
    private boolean closed;

    private SnapshotGroup(SessionPool<MySession> sessions, ConnectorContext context, @Nullable LogStart log) {
        this.sessions = sessions;
        this.context = context;
        this.log = log;
    }

    /**
     * Opens a group.
     *
     * @param wanted how many sessions, at least 1
     * @param log hears of the moment, at which the log of the table goes on; null if it is not read
     */
    static SnapshotGroup open(
            SessionPool<MySession> sessions,
            Relation relation,
            int wanted,
            ConnectorContext context,
            @Nullable LogStart log) {
        SnapshotGroup group = new SnapshotGroup(sessions, context, log);
        boolean opened = false;
        try {
            if ((wanted > 1 || group.needsLock()) && relation.hasSnapshots()) {
                group.beginTogether(relation, wanted);
            }
            if (group.members == 0) {
                group.begin();
            }
            GROUPS.put(group.name, group);
            opened = true;
            return group;
        } finally {
            if (!opened) {
                group.close();
            }
        }
    }

    private void begin() {
        MySession session = sessions.take();
        try {
            session.beginSnapshot();
            mark(session, false);
        } catch (ProblemException failure) {
            sessions.discard(session);
            throw failure;
        }
        idle.push(session);
        members++;
    }

    private boolean needsLock() {
        return log != null && log.needsLock();
    }

    private void mark(MySession session, boolean isLocked) {
        if (log != null) {
            log.mark(session, isLocked);
        }
    }

    private void beginTogether(Relation relation, int wanted) {
        MySession locker = sessions.take();
        List<MySession> fresh = new ArrayList<>();
        boolean done = false;
        try {
            for (int i = 0; i < wanted; i++) {
                fresh.add(sessions.take()); // connecting takes longer than the lock should last
            }
            if (lockTable(locker, relation)) {
                for (MySession session : fresh) {
                    session.beginSnapshot();
                }
                mark(fresh.getFirst(), true);
                locker.execute("UNLOCK TABLES");
                idle.addAll(fresh);
                members = fresh.size();
                fresh.clear();
            }
            done = true;
        } finally {
            if (done) {
                fresh.forEach(sessions::giveBack);
                sessions.giveBack(locker);
            } else {
                fresh.forEach(sessions::discard);
                sessions.discard(locker);
            }
        }
    }

    private boolean lockTable(MySession locker, Relation relation) {
        // Writers queue behind a lock that waits, so it waits for no longer than they can bear.
        locker.execute("SET SESSION lock_wait_timeout = 1");
        LogStart start = log;
        long attempts = start != null && start.needsLock() ? start.waitSeconds() : LOCK_ATTEMPTS;
        for (long attempt = 1; attempt <= attempts; attempt++) {
            try {
                locker.execute("LOCK TABLES " + relation.quoted() + " READ");
                return true;
            } catch (ProblemException refused) {
                if (locker.isBroken()) {
                    throw refused;
                }
                if (refused.problem().kind() == ProblemKind.PERMISSION || attempt == attempts) {
                    if (start != null && start.needsLock()) {
                        throw start.unlocked(refused);
                    }
                    context.log(
                            Level.INFO,
                            relation.stream() + " is read by one connection: the table could not be locked for the"
                                    + " moment at which several would have begun ("
                                    + refused.problem().message() + ")");
                    return false;
                }
            }
        }
        return false;
    }

    /**
     * The group of a planned read.
     *
     * @throws ProblemException if it is closed, or lives in another process
     */
    static SnapshotGroup find(String name) {
        SnapshotGroup group = GROUPS.get(name);
        if (group == null) {
            throw gone("snapshots of this server are bound to the connections and the process that began them");
        }
        return group;
    }

    String name() {
        return name;
    }

    /** A session of the group that nobody else uses; waits for one. */
    MySession take() {
        lock.lock();
        try {
            while (idle.isEmpty()) {
                if (members == 0 || closed) {
                    throw gone("its connections broke");
                }
                if (context.cancelled()) {
                    throw stopped(null);
                }
                // Not longer, because nobody says when the run is cancelled.
                changed.awaitNanos(LOOK_AGAIN.toNanos());
            }
            return idle.pop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw stopped(interrupted);
        } finally {
            lock.unlock();
        }
    }

    private static ProblemException stopped(@Nullable Throwable cause) {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                .exception(cause);
    }

    private static ProblemException gone(String why) {
        return Problem.of("E_SNAPSHOT_GONE", ProblemKind.TRANSIENT, "the snapshot of the read is gone")
                .because(why)
                .fix("run it again")
                .exception();
    }

    /** Takes a session back whose wire is free. */
    void giveBack(MySession session) {
        lock.lock();
        try {
            if (!closed && !session.isBroken()) {
                idle.push(session);
                changed.signalAll();
                return;
            }
            if (!closed) {
                members--;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        sessions.retire(session);
    }

    @Override
    public void close() {
        GROUPS.remove(name);
        List<MySession> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(idle);
            idle.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(sessions::retire);
    }
}
