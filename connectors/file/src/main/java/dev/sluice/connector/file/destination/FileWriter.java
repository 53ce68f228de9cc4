package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.manifest.FileList;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
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
    public void write(RecordBatch batch) {
        requireNothingUnchanged(batch);
        files.write(batch);
        bytes += batch.payloadBytes();
    }

    /** A value that a log did not resend would become null, so such a batch is refused as a whole. */
    private static void requireNothingUnchanged(RecordBatch batch) {
        if (batch.hasOperations() && batch.columns().stream().anyMatch(Column::hasUnchanged)) {
            throw Problem.of(
                            "E_UNCHANGED_UNSUPPORTED",
                            ProblemKind.CONFIG,
                            "files cannot keep values that a log did not resend")
                    .fix("let the source send whole rows, such as with REPLICA IDENTITY FULL")
                    .exception();
        }
    }

    @Override
    public Committable prepare(Marker marker) {
        RowFiles.Prepared prepared = files.prepare();
        String handle = FileList.write(prepared.files());
        if (!prepared.files().isEmpty()) {
            target.prepared(handle, this);
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
