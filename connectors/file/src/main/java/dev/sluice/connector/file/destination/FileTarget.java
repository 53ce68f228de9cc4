package dev.sluice.connector.file.destination;

import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.connector.file.destination.files.NewFiles;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.manifest.FileList;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.RunState;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.source.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A target that a run of a connection writes.
 *
 * <p>Files are written out of sight. Those that are added are shown with their commit; those that replace the old content
 * wait until the run is published (I5).
 */
final class FileTarget implements Target {
    private final Place place;
    private final Shelf shelf;
    private final TargetFormat format;
    private final WriteJob job;

    private final Set<FileWriter> writers = ConcurrentHashMap.newKeySet();
    private final Map<String, FileWriter> prepared = new ConcurrentHashMap<>();

    /** One thread at a time changes the manifest. */
    private final ReentrantLock lock = new ReentrantLock();

    private Manifest manifest;
    private boolean closed;
    private Runnable afterClose = () -> {};

    FileTarget(
            Opening.Opened opened,
            TargetSpec spec,
            DestinationSettings settings,
            TargetFormat format,
            ConnectorContext context) {
        this.place = opened.place();
        this.shelf = opened.shelf();
        this.format = format;
        this.manifest = opened.manifest();
        this.job = job(opened, spec, settings, context);
    }

    private WriteJob job(
            Opening.Opened opened, TargetSpec spec, DestinationSettings settings, ConnectorContext context) {
        long fence = manifest.fence();
        String folder = place.isFile() ? "" : settings.layout().folder(spec.generation(), Instant.ofEpochMilli(fence));
        RowStamp stamp = new RowStamp(spec.generation().id(), spec.generation().syncId());
        DestinationSettings.Dividing dividing = settings.dividing();
        return new WriteJob(
                opened.disk(),
                place,
                new NewFiles(folder, fence, format.extension()),
                new WriteJob.Rows(opened.columns(), spec.schema(), stamp),
                new WriteJob.Shape(
                        place.isFile() ? Long.MAX_VALUE : dividing.targetBytes(),
                        dividing.partitionBy(),
                        manifest.run().aside() && shelf.letsFilesGrow()),
                context.clock());
    }

    /** Calls this when the target is closed. */
    void whenClosed(Runnable action) {
        afterClose = action;
    }

    @Override
    public Writer writer(WriteContext context) {
        lock.lock();
        try {
            requireOpen();
            boolean continues = place.isFile() && !manifest.run().files().isEmpty();
            RowFiles files = format.open(job, context, continues);
            FileWriter writer = new FileWriter(files, this);
            writers.add(writer);
            return writer;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is complete, and remembers who prepared something, to tell him when it is committed. */
    void prepared(List<DataFile> files, String handle, FileWriter writer) {
        shelf.keep(files);
        prepared.put(handle, writer);
    }

    void forget(FileWriter writer) {
        writers.remove(writer);
        prepared.values().removeIf(writer::equals);
    }

    /** I2: the marker and the files that it covers go into one manifest. */
    @Override
    public void commit(Committable committable) {
        List<DataFile> files = FileList.read(committable.handle());
        lock.lock();
        try {
            requireOpen();
            shelf.requireUntouched(manifest.fence());
            FileWriter writer = prepared.remove(committable.handle());
            if (writer != null) {
                // Before the manifest may name the files: if writing it fails, it may still have come to the disk.
                writer.committed();
            }
            write(manifest.committed(committable.marker(), files));
            Cut.at("after-manifest");
            if (!manifest.run().aside()) {
                shelf.show(files);
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(Manifest next) {
        shelf.write(next);
        manifest = next;
    }

    @Override
    public void publish(long expectedRows, @Nullable Position end) {
        lock.lock();
        try {
            requireOpen();
            List.copyOf(writers).forEach(FileWriter::close);
            shelf.requireUntouched(manifest.fence());
            verify(expectedRows);
            if (manifest.run().aside()) {
                replace(end);
            } else {
                extend(end);
            }
        } finally {
            lock.unlock();
        }
    }

    /** I7: the files have the rows that the markers stand for and the run committed. */
    private void verify(long expectedRows) {
        RunState run = manifest.run();
        if (run.markedRows() != expectedRows || run.rows() != expectedRows) {
            throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "the new files of the target are not complete")
                    .at(place.toString())
                    .because("they hold " + run.rows() + " rows, the markers stand for " + run.markedRows()
                            + ", and the run committed " + expectedRows)
                    .fix("the old content was left as it is; run the sync again")
                    .exception();
        }
    }

    /** A target that never had a file gets one without rows, so that readers find its columns. */
    private void extend(@Nullable Position end) {
        List<DataFile> added = new ArrayList<>(manifest.run().files());
        if (added.isEmpty() && manifest.files().isEmpty()) {
            DataFile empty = format.empty(job);
            added.add(empty);
            shelf.keep(List.of(empty));
            shelf.show(List.of(empty));
        }
        write(manifest.extended(added, end));
    }

    private void replace(@Nullable Position end) {
        List<DataFile> written = manifest.run().files();
        shelf.requireWhole(written);
        manifest = shelf.replace(manifest, content(written), end);
    }

    private List<DataFile> content(List<DataFile> written) {
        if (written.isEmpty()) {
            return List.of(format.empty(job));
        }
        return shelf.gather(written, place.isFile()) ? format.join(job, written, place.isFile()) : written;
    }

    @Override
    public void discard() {
        lock.lock();
        try {
            requireOpen();
            shelf.requireUntouched(manifest.fence());
            write(manifest.discarded());
            shelf.settle(manifest);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the target is closed")
                    .at(place.toString())
                    .exception();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            ProblemException first = null;
            for (FileWriter writer : List.copyOf(writers)) {
                try {
                    writer.close();
                } catch (ProblemException failure) {
                    first = first == null ? failure : first;
                }
            }
            if (first != null) {
                throw first;
            }
        } finally {
            try {
                shelf.close();
            } finally {
                afterClose.run();
                lock.unlock();
            }
        }
    }
}
