package dev.sluice.connector.file.destination.parquet;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.connector.file.destination.files.EndedFiles;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Parquet. DuckDB is loaded with the first file. */
public final class ParquetFormat implements TargetFormat {
    private final Encoding encoding;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable DuckDb engine;
    private boolean closed;

    /**
     * How values become bytes.
     *
     * @param codec the compression in DuckDB's words
     * @param ordered true if rows keep the order in which they come, which takes one thread
     */
    public record Encoding(String codec, boolean ordered) {}

    /** Files with this encoding. */
    public ParquetFormat(Encoding encoding) {
        this.encoding = encoding;
    }

    Encoding encoding() {
        return encoding;
    }

    /** A connection of its own to DuckDB, which the caller closes. */
    DuckDbConnection connect() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the destination is closed");
            }
            DuckDb open = engine;
            if (open == null) {
                open = DuckDb.open(DuckDbOptions.inMemory()
                        .with("preserve_insertion_order", Boolean.toString(encoding.ordered())));
                engine = open;
            }
            return open.connect();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public FormatTypes types() {
        return ParquetTypes.INSTANCE;
    }

    @Override
    public String extension() {
        return ".parquet";
    }

    @Override
    public void load() {
        DuckDb.version();
    }

    @Override
    public void requireColumns(ColumnLayout columns) {
        if (!columns.metadata() && columns.columns().isEmpty()) {
            throw Problem.of("E_NO_FIELDS", ProblemKind.CONFIG, "a Parquet file without any column cannot hold rows")
                    .fix("write the columns of the metadata with `metadata: true`, or JSON lines")
                    .exception();
        }
    }

    @Override
    public RowFiles open(WriteJob job, WriteContext context, boolean continues) {
        return new ParquetFiles(this, job, context);
    }

    @Override
    public DataFile empty(WriteJob job) {
        try (ParquetFiles files = new ParquetFiles(this, job.undivided(), EndedFiles.NO_ROWS)) {
            DataFile written = files.empty();
            files.committed();
            return written;
        }
    }

    @Override
    public List<DataFile> join(WriteJob job, List<DataFile> files, boolean single) {
        ParquetJoin join = new ParquetJoin(job);
        return single ? join.toOne(files) : join.toLargeOnes(files);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            DuckDb open = engine;
            if (open != null) {
                engine = null;
                open.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
