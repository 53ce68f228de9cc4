package dev.sluice.connector.file.destination.manifest;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.source.Position;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the destination remembers of a target. Immutable; each change makes another one, which takes its place on the disk
 * in one step.
 *
 * @param holder who owns the target, and the stream that it is for
 * @param fence grows each time that a run opens the target; a run that finds another one has lost it (I8)
 * @param run the last run
 * @param content what the published runs made
 * @param obsolete the paths of files that do not belong to the target any more, but may still be there
 * @param closing what is true once the new content stands in the place of the old one; null if nothing is to be replaced
 */
public record Manifest(
        Holder holder,
        long fence,
        RunState run,
        Content content,
        List<String> obsolete,
        @Nullable Closing closing) {
    /**
     * What is published.
     *
     * @param columns the columns of the files, in order
     * @param files the files
     * @param position the stream's position
     */
    public record Content(
            List<KnownColumn> columns,
            List<DataFile> files,
            @Nullable Position position) {
        /** Nothing was published yet. */
        static final Content NONE = new Content(List.of(), List.of(), null);

        public Content {
            columns = List.copyOf(columns);
            files = List.copyOf(files);
        }
    }

    /**
     * The end of a run that replaces the content. It is written before the content is exchanged, which is the commit: from
     * that step on, readers of the files and of the manifest find the new content, and before it the old one (I2, I5).
     *
     * @param files the files of the new content
     * @param end the stream's position from then on
     */
    public record Closing(List<DataFile> files, @Nullable Position end) {
        public Closing {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("a target has at least one file");
            }
        }
    }

    /** Who owns a target, and for which stream. */
    public record Holder(String connectionId, String connectionName, StreamId stream) {
        public Holder {
            Objects.requireNonNull(connectionName);
            Objects.requireNonNull(stream);
            if (connectionId.isEmpty()) {
                throw new IllegalArgumentException("an owner needs an identity");
            }
        }
    }

    public Manifest {
        Objects.requireNonNull(holder);
        Objects.requireNonNull(run);
        Objects.requireNonNull(content);
        obsolete = List.copyOf(obsolete);
    }

    /** The manifest of a target that was not there. */
    public static Manifest first(Holder holder, long fence, RunState run) {
        return new Manifest(holder, fence, run, Content.NONE, List.of(), null);
    }

    /** The published files. */
    public List<DataFile> files() {
        return content.files();
    }

    /** What the engine wants to know of it. */
    public Ledger ledger() {
        return new Ledger(
                holder.connectionId(),
                run.generation(),
                run.syncId(),
                run.published(),
                content.position(),
                run.splits());
    }

    /** The columns that a run which adds to the target finds: those of an unfinished run, or the published ones. */
    public List<KnownColumn> columnsToExtend() {
        return run.published() || run.aside() ? content.columns() : run.columns();
    }

    /** The same run under a new fence, with the columns that it has from now on. */
    public Manifest takenUpAgain(long newFence, List<KnownColumn> runColumns) {
        RunState again = new RunState(
                run.generation(), run.syncId(), run.published(), run.aside(), run.splits(), run.files(), runColumns);
        return new Manifest(holder, newFence, again, content, obsolete, null);
    }

    /** A new run under a new fence. What an unfinished one committed does not belong to the target any more. */
    public Manifest begun(Holder newHolder, long newFence, RunState newRun) {
        return new Manifest(newHolder, newFence, newRun, content, withRunFiles(), null);
    }

    /** After a commit: the marker and the files that it covers, in one step (I2). */
    public Manifest committed(Marker marker, List<DataFile> written) {
        return new Manifest(holder, fence, run.with(marker, written), content, List.of(), null);
    }

    /** Without anything that the run under way committed. */
    public Manifest discarded() {
        return new Manifest(holder, fence, run.emptied(), content, withRunFiles(), null);
    }

    /** After publishing a run that added files. */
    public Manifest extended(List<DataFile> added, @Nullable Position end) {
        List<DataFile> all = new ArrayList<>(files());
        all.addAll(added);
        return new Manifest(holder, fence, run.done(), new Content(run.columns(), all, end), List.of(), null);
    }

    /** Before the content of a run takes the place of the old one. */
    public Manifest closing(List<DataFile> next, @Nullable Position end) {
        return new Manifest(holder, fence, run, content, obsolete, new Closing(next, end));
    }

    /** What is true of a run that was about to replace the content: it did. */
    public Manifest closed() {
        Closing done = closing;
        if (done == null) {
            return this;
        }
        Set<String> old = new LinkedHashSet<>(obsolete);
        files().forEach(file -> old.add(file.path()));
        run.files().forEach(file -> old.add(file.path()));
        done.files().forEach(file -> old.remove(file.path()));
        Content replaced = new Content(run.columns(), done.files(), done.end());
        return new Manifest(holder, fence, run.done(), replaced, List.copyOf(old), null);
    }

    /** What is true of a run that was about to replace the content: it did not. */
    public Manifest notClosed() {
        return closing == null ? this : new Manifest(holder, fence, run, content, obsolete, null);
    }

    /** The paths of all files that belong to the target, did so, or will. */
    public Set<String> paths() {
        Set<String> all = new LinkedHashSet<>(withRunFiles());
        files().forEach(file -> all.add(file.path()));
        Closing next = closing;
        if (next != null) {
            next.files().forEach(file -> all.add(file.path()));
        }
        return all;
    }

    private List<String> withRunFiles() {
        List<String> all = new ArrayList<>(obsolete);
        run.files().forEach(file -> all.add(file.path()));
        return all;
    }
}
