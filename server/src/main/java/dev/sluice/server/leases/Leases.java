package dev.sluice.server.leases;

import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which process works on which job. Nobody compares clocks: a holder lives as long as its beat changes, and whoever counts
 * the token up first has the job.
 *
 * <p>I8: each transaction of a run begins with {@link #require}, and the destination gets the token as the owner's. So a
 * process that only slept can write neither here nor there.
 */
public final class Leases {
    private static final String COLUMNS = "SELECT id, lease_token, lease_beat FROM job WHERE open AND lease_owner ";

    private final UUID owner;

    /**
     * The leases of a process.
     *
     * @param owner the process
     */
    public Leases(UUID owner) {
        this.owner = owner;
    }

    /**
     * Takes an open job, which nobody has or whose holder is dead.
     *
     * @param seen the token that it had when that was found out; 0 if it never had one
     * @return nothing if somebody else was faster, or if the job has ended
     */
    public Optional<Lease> take(Transaction transaction, long jobId, long seen) throws SQLException {
        int taken = transaction.change(
                "UPDATE job SET lease_owner = ?, lease_token = lease_token + 1, lease_beat = 0"
                        + " WHERE id = ? AND lease_token = ? AND open",
                owner,
                jobId,
                seen);
        return taken == 0 ? Optional.empty() : Optional.of(new Lease(jobId, seen + 1));
    }

    /**
     * Gives a sign of life.
     *
     * @return false if somebody else has the job by now, or if it has ended
     */
    public boolean beat(Transaction transaction, Lease lease) throws SQLException {
        return transaction.change(
                        "UPDATE job SET lease_beat = lease_beat + 1 WHERE id = ? AND lease_token = ?"
                                + " AND lease_owner IS NOT NULL AND open",
                        lease.jobId(),
                        lease.token())
                == 1;
    }

    /**
     * Holds the job until the transaction ends, so that nobody can take it over meanwhile.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFLICT}, code {@code E_LEASE_LOST}, if somebody
     *     else has it
     */
    public static void require(Transaction transaction, Lease lease) throws SQLException {
        Optional<Long> held = transaction.first(
                row -> row.number("id"),
                "SELECT id FROM job WHERE id = ? AND lease_token = ? AND lease_owner IS NOT NULL AND open"
                        + transaction.dialect().forUpdate(),
                lease.jobId(),
                lease.token());
        if (held.isEmpty()) {
            throw Problem.of("E_LEASE_LOST", ProblemKind.CONFLICT, "another server has taken the job over")
                    .at("job " + lease.jobId())
                    .because("this one gave no sign of life for too long")
                    .fix("nothing; the other one goes on from what was committed")
                    .exception();
        }
    }

    /** Gives a job back that goes on later. */
    public void release(Transaction transaction, Lease lease) throws SQLException {
        transaction.change(
                "UPDATE job SET lease_owner = NULL WHERE id = ? AND lease_token = ?", lease.jobId(), lease.token());
    }

    /** What other processes work on. */
    public List<Heartbeat> ofOthers(Transaction transaction) throws SQLException {
        return transaction.all(Leases::read, COLUMNS + "<> ? ORDER BY id", owner);
    }

    /** What this process works on; right after its start, what it worked on when it died. */
    public List<Heartbeat> own(Transaction transaction) throws SQLException {
        return transaction.all(Leases::read, COLUMNS + "= ? ORDER BY id", owner);
    }

    private static Heartbeat read(Row row) throws SQLException {
        return new Heartbeat(new Lease(row.number("id"), row.number("lease_token")), row.number("lease_beat"));
    }
}
