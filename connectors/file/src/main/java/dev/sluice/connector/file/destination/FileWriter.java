package dev.sluice.connector.file.destination;

import dev.sluice.cdk.sql.UnchangedValues;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.manifest.FileList;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Writer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes the splits of one lane into files of its own. */
final class FileWriter implements Writer {
    private final RowFiles files;
    private final FileTarget target;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long bytes;

    FileWriter(RowFiles files, FileTarget target) {
        this.files = files;
        this.target = target;
    }

    @Override
    public List<ValueChange> misfits(RecordBatch batch) {
        return files.misfits(batch);
    }

    @Override
    public void write(RecordBatch batch) {
        UnchangedValues.refuse(batch);
        files.write(batch);
        bytes += batch.payloadBytes();
    }

    @Override
    public Committable prepare(Marker marker) {
        RowFiles.Prepared prepared = files.prepare();
        String handle = FileList.write(prepared.files());
        if (!prepared.files().isEmpty()) {
            target.prepared(prepared.files(), handle, this);
        }
        Committable committable = new Committable(marker, prepared.rows(), 0, bytes, handle);
        bytes = 0;
        return committable;
    }

    /** Hears that what was prepared last is committed. */
    void committed() {
        files.committed();
    }

    @Override
    public void cancel() {
        files.cancel();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            target.forget(this);
            files.close();
        }
    }
}
