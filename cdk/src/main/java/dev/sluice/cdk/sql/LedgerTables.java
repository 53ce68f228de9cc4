package dev.sluice.cdk.sql;

import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as two tables in the destination: who owns each table and where its stream stands, and how far each split
 * of the run under way has come.
 *
 * <p>Whoever commits rows changes these tables in the same transaction (I2). The fence grows each time that a run opens
 * a target; a run that finds another fence than its own has lost the target and commits nothing (I8).
 */
final class LedgerTables {
    /** Stands among the splits of a target while its staged table may have taken its place; no split has this name. */
    private static final String SWAPPING = "\\swapping";

    private final SqlDialect dialect;
    private final TableStatements statements;
    private final String targets;
    private final String splits;

    LedgerTables(SqlDialect dialect) {
        this.dialect = dialect;
        this.statements = new TableStatements(dialect);
        this.targets = statements.name(new TableName(dialect.internalSchema(), "targets"));
        this.splits = statements.name(new TableName(dialect.internalSchema(), "splits"));
    }

    /**
     * An owned target as the ledger has it.
     *
     * @param swapping true if a run was about to put its staged table in the place of the target
     */
    record Entry(Ledger ledger, boolean aside, boolean truncates, boolean swapping) {}

    /** Creates the ledger where there is none. Safe to run side by side. */
    void create(SqlSession session) {
        dialect.createSchema(dialect.internalSchema()).ifPresent(session::execute);
        session.execute("CREATE TABLE IF NOT EXISTS " + splits + " (target_schema VARCHAR(255) NOT NULL,"
                + " target_table VARCHAR(255) NOT NULL, split_id VARCHAR(255) NOT NULL, split_position "
                + dialect.longText() + ", finished BOOLEAN NOT NULL, row_count BIGINT NOT NULL"
                + dialect.splitsKey() + ")" + dialect.tableOptions());
        // The last one, for it stands for the whole ledger.
        session.execute("CREATE TABLE IF NOT EXISTS " + targets + " (target_schema VARCHAR(255) NOT NULL,"
                + " target_table VARCHAR(255) NOT NULL, connection_id VARCHAR(64) NOT NULL,"
                + " connection_name VARCHAR(1000) NOT NULL, stream_namespace VARCHAR(1000),"
                + " stream_name VARCHAR(1000) NOT NULL, fence BIGINT NOT NULL, generation_id BIGINT NOT NULL,"
                + " sync_id BIGINT NOT NULL, published BOOLEAN NOT NULL, aside BOOLEAN NOT NULL,"
                + " truncates BOOLEAN NOT NULL, position_identity "
                + dialect.longText() + ", position_value " + dialect.longText()
                + ", PRIMARY KEY (target_schema, target_table))" + dialect.tableOptions());
    }

    /** What the ledger says of a table; empty if nothing, or if there is no ledger. */
    Optional<Entry> find(SqlSession session, TableName table) {
        List<SqlRow> rows = session.query(
                "SELECT connection_id, generation_id, sync_id, published, aside, truncates, position_identity,"
                        + " position_value FROM " + targets + " WHERE target_schema = ? AND target_table = ?",
                schema(table),
                name(table));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        SqlRow row = rows.getFirst();
        Map<String, SplitProgress> progress = row.truth(3) ? new HashMap<>() : splits(session, table);
        boolean swapping = progress.remove(SWAPPING) != null;
        String identity = row.text(6);
        Position position = identity == null ? null : new Position(identity, row.requireText(7));
        Ledger ledger = new Ledger(row.requireText(0), row.whole(1), row.whole(2), row.truth(3), position, progress);
        return Optional.of(new Entry(ledger, row.truth(4), row.truth(5), swapping));
    }

    private Map<String, SplitProgress> splits(SqlSession session, TableName table) {
        Map<String, SplitProgress> progress = new HashMap<>();
        List<SqlRow> rows = session.query(
                "SELECT split_id, split_position, finished, row_count FROM " + splits
                        + " WHERE target_schema = ? AND target_table = ?",
                schema(table),
                name(table));
        for (SqlRow row : rows) {
            progress.put(row.requireText(0), new SplitProgress(row.text(1), row.truth(2), row.whole(3)));
        }
        return progress;
    }

    /** The internal places that connections of this name have entered for this stream, whatever their identity is. */
    List<String> namesakes(SqlSession session, TargetSpec spec) {
        return session
                .query(
                        "SELECT target_table, stream_namespace FROM " + targets
                                + " WHERE target_schema = ? AND connection_name = ? AND stream_name = ?",
                        Identifiers.folded(dialect.internalSchema(), dialect),
                        spec.owner().connectionName(),
                        spec.stream().name())
                .stream()
                .filter(row -> Objects.equals(row.text(1), spec.stream().namespace()))
                .map(row -> row.requireText(0))
                .toList();
    }

    /** Enters a run that takes the table, new or again, and returns its fence. */
    long enter(SqlSession session, TableName table, TargetSpec spec, boolean aside, boolean known) {
        Generation generation = spec.generation();
        if (known) {
            session.update(
                    "UPDATE " + targets + " SET connection_id = ?, connection_name = ?, stream_namespace = ?,"
                            + " stream_name = ?, fence = fence + 1, generation_id = ?, sync_id = ?, published = ?,"
                            + " aside = ?, truncates = ? WHERE target_schema = ? AND target_table = ?",
                    spec.owner().connectionId(),
                    spec.owner().connectionName(),
                    spec.stream().namespace(),
                    spec.stream().name(),
                    generation.id(),
                    generation.syncId(),
                    false,
                    aside,
                    generation.truncates(),
                    schema(table),
                    name(table));
        } else {
            session.update(
                    "INSERT INTO " + targets + " (target_schema, target_table, connection_id, connection_name,"
                            + " stream_namespace, stream_name, fence, generation_id, sync_id, published, aside,"
                            + " truncates) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
                    schema(table),
                    name(table),
                    spec.owner().connectionId(),
                    spec.owner().connectionName(),
                    spec.stream().namespace(),
                    spec.stream().name(),
                    generation.id(),
                    generation.syncId(),
                    false,
                    aside,
                    generation.truncates());
        }
        return fences(session, table, "").getFirst().whole(0);
    }

    /** Raises the fence of a run that is taken up again, and returns the new one. */
    long raiseFence(SqlSession session, TableName table) {
        session.update(
                "UPDATE " + targets + " SET fence = fence + 1 WHERE target_schema = ? AND target_table = ?",
                schema(table),
                name(table));
        return fences(session, table, "").getFirst().whole(0);
    }

    private List<SqlRow> fences(SqlSession session, TableName table, String lock) {
        return session.query(
                "SELECT fence FROM " + targets + " WHERE target_schema = ? AND target_table = ?" + lock,
                schema(table),
                name(table));
    }

    /** I8: refuses to go on if somebody else has taken the table since. The entry stays locked until the commit. */
    void requireFence(SqlSession session, TableName table, long fence, String lock) {
        List<SqlRow> rows = fences(session, table, lock);
        if (rows.isEmpty() || rows.getFirst().whole(0) != fence) {
            throw Problem.of("E_FENCED", ProblemKind.CONFLICT, "another run has taken the table in the meantime")
                    .at(table.toString())
                    .because("nothing of this commit was kept")
                    .fix("let the other run finish, then run this one again")
                    .exception();
        }
    }

    /** Keeps a marker. */
    void mark(SqlSession session, TableName table, Marker marker) {
        SplitProgress progress = marker.progress();
        long changed = session.update(
                "UPDATE " + splits + " SET split_position = ?, finished = ?, row_count = ?"
                        + " WHERE target_schema = ? AND target_table = ? AND split_id = ?",
                progress.position(),
                progress.finished(),
                progress.rows(),
                schema(table),
                name(table),
                marker.splitId());
        if (changed == 0) {
            session.update(
                    "INSERT INTO " + splits + " (target_schema, target_table, split_id, split_position, finished,"
                            + " row_count) VALUES (?, ?, ?, ?, ?, ?)",
                    schema(table),
                    name(table),
                    marker.splitId(),
                    progress.position(),
                    progress.finished(),
                    progress.rows());
        }
    }

    /** Says that the staged table takes the place of the target from now on. */
    void markSwapping(SqlSession session, TableName table) {
        mark(session, table, new Marker(SWAPPING, new SplitProgress(null, true, 0)));
    }

    /** Says that the staged table is still a staged one. */
    void forgetSwapping(SqlSession session, TableName table) {
        session.update(
                "DELETE FROM " + splits + " WHERE target_schema = ? AND target_table = ? AND split_id = ?",
                schema(table),
                name(table),
                SWAPPING);
    }

    /** The rows that the markers of the run under way add up to. */
    long markedRows(SqlSession session, TableName table) {
        return session.query(
                        "SELECT sum(row_count) FROM " + splits + " WHERE target_schema = ? AND target_table = ?",
                        schema(table),
                        name(table))
                .getFirst()
                .whole(0);
    }

    void forgetSplits(SqlSession session, TableName table) {
        session.update(
                "DELETE FROM " + splits + " WHERE target_schema = ? AND target_table = ?", schema(table), name(table));
    }

    /** Forgets a table. */
    void forget(SqlSession session, TableName table) {
        forgetSplits(session, table);
        session.update(
                "DELETE FROM " + targets + " WHERE target_schema = ? AND target_table = ?", schema(table), name(table));
    }

    void publish(SqlSession session, TableName table, @Nullable Position end) {
        forgetSplits(session, table);
        session.update(
                "UPDATE " + targets + " SET published = ?, aside = ?, position_identity = ?, position_value = ?"
                        + " WHERE target_schema = ? AND target_table = ?",
                true,
                false,
                end == null ? null : end.identity(),
                end == null ? null : end.value(),
                schema(table),
                name(table));
    }

    private String schema(TableName table) {
        return Identifiers.identity(table, dialect).schema();
    }

    private String name(TableName table) {
        return Identifiers.identity(table, dialect).table();
    }
}
