package dev.sluice.connector.file.destination.parquet;

import dev.sluice.connector.file.destination.files.Partitions;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.Stop;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.duckdb.BatchScan;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows into Parquet files by statements of DuckDB: one for each commit, and more for large ones. */
final class ParquetFiles implements RowFiles {
    private final ParquetFormat format;
    private final WriteJob job;
    private final Partitions partitions;
    private final ScanRows scanRows;
    private final DuckDbConnection connection;

    private final List<DataFile> ended = new ArrayList<>();
    private long endedRows;
    private @Nullable Copy running;
    private final Stop stop = new Stop();

    /** A statement under way. */
    private record Copy(BatchScan scan, String path, Path to) {}

    ParquetFiles(ParquetFormat format, WriteJob job, WriteContext context) {
        this.format = format;
        this.job = job;
        this.partitions = job.partitions();
        this.scanRows = new ScanRows(job, partitions, context);
        this.connection = format.connect();
    }

    @Override
    public List<ValueChange> misfits(RecordBatch batch) {
        return scanRows.misfits(batch);
    }

    @Override
    public void write(RecordBatch batch) {
        stop.check();
        if (batch.rows() == 0) {
            return;
        }
        RecordBatch rows = scanRows.of(batch);
        Copy copy = running;
        if (copy == null) {
            copy = begin();
        }
        copy.scan().put(rows);
        if (partitions.isSingle() && Disk.size(copy.to()) >= job.targetBytes()) {
            end();
        }
    }

    private Copy begin() {
        boolean divided = !partitions.isSingle();
        String path = job.names().next("");
        Path to = divided ? job.place().unfinished(path + ".d") : job.place().unfinished(path);
        BatchScan scan = connection.load(
                scanRows.fields(), rows -> CopyStatement.of(job, scanRows, format.encoding(), rows, to, divided));
        Copy copy = new Copy(scan, path, to);
        running = copy;
        return copy;
    }

    /** Ends the statement under way; its files are complete then. */
    private void end() {
        Copy copy = running;
        if (copy == null) {
            return;
        }
        long rows = copy.scan().finish();
        running = null;
        if (partitions.isSingle()) {
            job.disk().force(copy.to());
            ended.add(new DataFile(copy.path(), rows, Disk.size(copy.to())));
        } else {
            collect(copy);
        }
        endedRows += rows;
    }

    /** Takes the files of the partitions out of the folders that DuckDB made for them. */
    private void collect(Copy copy) {
        for (Path file : Disk.files(copy.to())) {
            String folder = String.valueOf(Disk.folderOf(file).getFileName());
            int number = Integer.parseInt(folder.substring(folder.indexOf('=') + 1));
            String path = job.names().next(partitions.folder(number));
            long rows = ParquetFooter.rows(file);
            job.disk().force(file);
            job.disk().move(file, job.place().unfinished(path));
            ended.add(new DataFile(path, rows, Disk.size(job.place().unfinished(path))));
        }
        job.disk().deleteEmpty(copy.to());
    }

    /** Writes a file that has the columns and no row. */
    DataFile empty() {
        begin();
        end();
        job.disk().forceFolder(job.place().unfinished());
        return ended.getFirst();
    }

    @Override
    public Prepared prepare() {
        stop.check();
        end();
        if (!ended.isEmpty()) {
            job.disk().forceFolder(job.place().unfinished());
        }
        return new Prepared(ended, endedRows);
    }

    @Override
    public void committed() {
        ended.clear();
        endedRows = 0;
    }

    @Override
    public void cancel() {
        stop.request();
        connection.interrupt();
    }

    @Override
    public void close() {
        Copy copy = running;
        running = null;
        if (copy != null) {
            copy.scan().close();
        }
        connection.close();
        if (copy != null) {
            Disk.files(copy.to()).forEach(job.disk()::delete);
            job.disk().deleteEmpty(copy.to());
            job.disk().delete(copy.to());
        }
        ended.forEach(file -> job.disk().delete(job.place().unfinished(file.path())));
        ended.clear();
    }
}
