package dev.sluice.connector.file.source;

import dev.sluice.connector.file.cells.BatchFiller;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a split one after the other.
 *
 * <p>Before a batch is handed on, its file has to be the version that was planned: what was read from it before that
 * moment is of this version then.
 */
final class FileSplitReader implements SplitReader {
    private final SplitOpener opener;
    private final SplitPayload payload;
    private final ReadContext context;

    private int file;
    private long offset;
    private long line;
    private volatile @Nullable BatchFiller current;
    private volatile boolean cancelled;

    /**
     * Prepares to read.
     *
     * @param after where to go on, as {@link #position} said; null for the beginning
     */
    FileSplitReader(SplitOpener opener, SplitPayload payload, @Nullable String after, ReadContext context) {
        this.opener = opener;
        this.payload = payload;
        this.context = context;
        if (after != null) {
            goOn(after);
        }
    }

    private void goOn(String after) {
        String[] parts = after.split(":", -1);
        try {
            if (parts.length == 3) {
                file = Integer.parseInt(parts[0]);
                offset = Long.parseLong(parts[1]);
                line = Long.parseLong(parts[2]);
                return;
            }
        } catch (NumberFormatException malformed) {
            // falls through
        }
        throw Problem.of("E_POSITION_DAMAGED", ProblemKind.INTEGRITY, "the place to go on at cannot be read: " + after)
                .at(payload.files().getFirst().name())
                .exception();
    }

    @Override
    public @Nullable RecordBatch read() {
        while (file < payload.files().size()) {
            SourceFile now = payload.files().get(file);
            try {
                BatchFiller filler = current;
                if (filler == null) {
                    filler = opener.open(now, payload.range(), offset, line, context);
                    current = filler;
                }
                requireWanted();
                RecordBatch batch = filler.read();
                requireWanted();
                opener.access().requireUnchanged(now);
                if (batch != null) {
                    return batch;
                }
                current = null;
                filler.close();
                file++;
                offset = 0;
                line = 0;
            } catch (IOException failure) {
                requireWanted();
                throw Problems.reading(now.name(), failure);
            }
        }
        return null;
    }

    private void requireWanted() {
        if (cancelled) {
            throw stopped();
        }
    }

    private static ProblemException stopped() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                .exception();
    }

    /** The number of the file in the split, the place in its text, and the number of the line there. */
    @Override
    public @Nullable String position() {
        if (!opener.access().isRepeatable()) {
            return null;
        }
        BatchFiller filler = current;
        return filler == null ? file + ":" + offset + ":" + line : file + ":" + filler.offset() + ":" + filler.line();
    }

    @Override
    public long reportedRows() {
        return NOT_REPORTED;
    }

    @Override
    public void cancel() {
        cancelled = true;
        BatchFiller filler = current;
        if (filler != null) {
            closeQuietly(filler);
        }
    }

    @Override
    public void close() {
        BatchFiller filler = current;
        current = null;
        if (filler != null) {
            closeQuietly(filler);
        }
    }

    private static void closeQuietly(BatchFiller filler) {
        try {
            filler.close();
        } catch (IOException nothingToLose) {
            // it was only read
        }
    }
}
