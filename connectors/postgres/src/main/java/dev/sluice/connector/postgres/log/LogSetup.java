package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.StreamRead;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the server keep its log for a table from now on: the table in the publication, the slot, and then the place from
 * which the log goes on. Thread-safe.
 */
final class LogSetup {
    private final LogSettings settings;
    private final PgConnections connections;
    private final ConnectorContext context;
    private final ReentrantLock lock = new ReentrantLock();

    LogSetup(LogSettings settings, PgConnections connections, ConnectorContext context) {
        this.settings = settings;
        this.connections = connections;
        this.context = context;
    }

    /** Begins the log of a table; the caller closes the answer. */
    LogStart begin(PgSession session, LogTable table, StreamRead read) {
        LogServer server = LogServer.of(session);
        server.require(session.place());
        ReplicaIdentity identity = ReplicaIdentity.of(session, table);
        identity.problem(table, read).ifPresent(problem -> {
            throw problem.exception();
        });
        warn(table, identity);
        PgSession holder = connections.openReplication();
        boolean begun = false;
        try {
            holder.execute("SET lock_timeout = " + settings.waitSeconds() * 1000);
            String member;
            lock.lock();
            try {
                // First the table, then the slots: each waits for transactions that did not know of what was before.
                member = publish(session, table);
                requireSlot(session, holder);
            } finally {
                lock.unlock();
            }
            SqlRow slot = slot(
                    holder,
                    "sluice_copy_" + UUID.randomUUID().toString().replace("-", ""),
                    "TEMPORARY",
                    "EXPORT_SNAPSHOT");
            LogPosition position = new LogPosition(Lsn.parse(slot.requireText(1)), member);
            begun = true;
            return new LogStart(position.in(server.identity(table)), slot.requireText(2), holder);
        } finally {
            if (!begun) {
                holder.close();
            }
        }
    }

    private void warn(LogTable table, ReplicaIdentity identity) {
        if (identity.storesApart() && !identity.full()) {
            context.log(
                    Level.DEBUG,
                    table.stream()
                            + ": large values that stay as they are are not told again; see REPLICA IDENTITY FULL");
        }
    }

    private String publish(PgSession session, LogTable table) {
        Membership found = Membership.of(session, settings.publication(), table);
        if (found.member() == null && found.partial() == null) {
            String name = Quoting.identifier(settings.publication());
            String statement = found.isThere()
                    ? "ALTER PUBLICATION " + name + " ADD TABLE ONLY " + table.quoted()
                    : "CREATE PUBLICATION " + name + " FOR TABLE ONLY " + table.quoted();
            try {
                session.execute(statement);
            } catch (ProblemException refused) {
                if (refused.problem().kind() == ProblemKind.PERMISSION) {
                    throw PgLogProblems.publication(
                                    table.stream(),
                                    "the user may not put the table into the publication " + settings.publication(),
                                    "as the owner of the table and the publication: " + statement)
                            .because(refused.problem().message())
                            .exception(refused);
                }
                throw refused;
            }
            found = Membership.of(session, settings.publication(), table);
        }
        Optional<Problem> problem = found.problem(settings.publication(), table);
        if (problem.isPresent()) {
            throw problem.get().exception();
        }
        return Objects.requireNonNull(found.member());
    }

    private void requireSlot(PgSession session, PgSession replication) {
        Optional<LogServer.Slot> found = LogServer.Slot.find(session, settings.slot());
        if (found.isEmpty()) {
            slot(replication, settings.slot(), "", "NOEXPORT_SNAPSHOT");
            context.log(
                    Level.INFO, "made the replication slot " + settings.slot() + "; the server keeps its log for it");
            return;
        }
        requireUsable(found.get());
    }

    void requireUsable(LogServer.Slot slot) {
        String why = slot.usable();
        if (why != null) {
            throw useless(settings.slot(), why, connections.place()).exception();
        }
    }

    static Problem useless(String slot, String why, String place) {
        return Problem.of("E_LOG_SLOT", ProblemKind.CONFIG, "the replication slot " + slot + " is of no use")
                .at(place)
                .because(why)
                .fix("drop it: " + LogServer.Slot.drop(slot) + "; then copy its streams from the beginning: "
                        + "`sluice state rewind`. Or name another one as replication_slot");
    }

    /** Makes a slot. The server waits for all transactions that write at this moment. */
    private SqlRow slot(PgSession replication, String name, String kind, String snapshot) {
        try {
            return replication
                    .query("CREATE_REPLICATION_SLOT " + Quoting.identifier(name) + " " + kind + " LOGICAL pgoutput "
                            + snapshot)
                    .getFirst();
        } catch (ProblemException refused) {
            throw clearer(refused);
        }
    }

    private ProblemException clearer(ProblemException refused) {
        Problem problem = refused.problem();
        return switch (problem.code()) {
            case "E_CONCURRENT_CHANGE" ->
                Problem.of("E_LOG_WAITS", ProblemKind.TRANSIENT, "transactions that were open before have not ended")
                        .at(problem.where())
                        .because("a first copy has to begin between transactions, and waited " + settings.waitSeconds()
                                + " s for them")
                        .fix("see pg_stat_activity ORDER BY xact_start; end them, or set initial_waiting_seconds"
                                + " higher")
                        .exception(refused);
            case "E_SERVER_RESOURCES" ->
                problem.fix("SELECT slot_name, active FROM pg_replication_slots; drop what nobody needs, or raise"
                                + " max_replication_slots and restart the server")
                        .exception(refused);
            default -> refused;
        };
    }
}
