package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.sql.BulkLoad;
import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.wire.MyWire;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads tables by LOAD DATA LOCAL from the socket itself.
 *
 * <p>With LOCAL the server makes values fit and only warns, whatever sql_mode says. Nothing that needs it is sent, and a
 * load that ends with a warning fails all the same.
 */
final class MyLoad implements BulkLoad {
    private static final int WARNINGS_TOLD = 3;

    private final MySession session;
    private final ServerJson json;
    private final Clock clock;
    private @Nullable LineWriter lines;
    private @Nullable LineMisfits misfits;
    private String target = "";

    MyLoad(MySession session, ServerJson json, Clock clock) {
        this.session = session;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void start(TableName table, List<LoadColumn> columns, RowStamp stamp, WriteContext context) {
        LineWriter.Task task = new LineWriter.Task(columns, stamp, context);
        boolean mariaDb = session.version().mariaDb();
        target = table.toString();
        try {
            lines = new LineWriter(
                    session.wire().load(statement(table, task.ordered(), mariaDb)), task, json, clock.millis());
        } catch (IOException failure) {
            throw session.failed(failure);
        }
    }

    private static String statement(TableName table, List<LoadColumn> columns, boolean mariaDb) {
        List<String> places = new ArrayList<>();
        List<String> conversions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = Quoting.identifier(columns.get(i).name());
            if (isJson(columns.get(i)) && !mariaDb) {
                // MySQL makes no JSON of bytes, and bytes are what the lines are read as.
                places.add("@v" + i);
                conversions.add(column + " = CONVERT(@v" + i + " USING utf8mb4)");
            } else {
                places.add(column);
            }
        }
        return "LOAD DATA LOCAL INFILE 'sluice' INTO TABLE " + Quoting.table(table.schema(), table.table())
                + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + String.join(", ", places) + ")"
                + (conversions.isEmpty() ? "" : " SET " + String.join(", ", conversions));
    }

    private static boolean isJson(LoadColumn column) {
        return switch (column) {
            case LoadColumn.Meta(dev.sluice.cdk.sql.MetaColumn meta) -> meta == dev.sluice.cdk.sql.MetaColumn.META;
            case LoadColumn.Data data -> data.columnType().equals(ColumnTypes.JSON);
            case LoadColumn.OperationCode ignored -> false;
        };
    }

    @Override
    public List<ValueChange> misfits(List<LoadColumn.Data> columns, RecordBatch batch) {
        LineMisfits known = misfits;
        if (known == null) {
            known = new LineMisfits(columns, json);
            misfits = known;
        }
        try {
            return known.of(batch);
        } catch (IOException nothingIsSent) {
            throw session.failed(nothingIsSent);
        }
    }

    @Override
    public void write(RecordBatch batch) {
        try {
            Objects.requireNonNull(lines, "the load was not started").write(batch);
        } catch (IOException failure) {
            lines = null;
            throw session.failed(failure);
        }
    }

    @Override
    public long finish() {
        LineWriter finished = Objects.requireNonNull(lines, "the load was not started");
        lines = null;
        MyWire.Done done;
        try {
            done = finished.finish();
        } catch (IOException failure) {
            throw session.failed(failure);
        }
        if (done.warnings() > 0) {
            throw altered();
        }
        return done.affectedRows(); // I7: as the server counted them
    }

    private ProblemException altered() {
        String words = session.query("SHOW WARNINGS LIMIT " + WARNINGS_TOLD).stream()
                .map((SqlRow row) -> row.text(2) + " (" + row.text(1) + ")")
                .collect(Collectors.joining("; "));
        return Problem.of("E_VALUE_REFUSED", ProblemKind.DATA, "the server would have altered or left out rows")
                .at(target)
                .because(words)
                .fix("nothing of this commit was kept; copy the stream anew with full_refresh_overwrite if the"
                        + " table was changed by somebody else")
                .exception();
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    /** A load that is not finished leaves the wire in the middle of something, so the session goes with it. */
    @Override
    public void close() {
        if (lines != null) {
            lines = null;
            session.cancel();
        }
    }
}
