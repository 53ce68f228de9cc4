package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.FileRows;
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
    private long promised;
    private volatile @Nullable FileRows current;
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
                FileRows rows = current;
                if (rows == null) {
                    rows = opener.open(now, payload.range(), offset, line, context);
                    current = rows;
                    promise(rows.promisedRows());
                }
                requireWanted();
                RecordBatch batch = rows.read();
                requireWanted();
                opener.access().requireUnchanged(now);
                if (batch != null) {
                    return batch;
                }
                current = null;
                rows.close();
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

    private void promise(long rows) {
        promised = rows < 0 || promised < 0 ? NOT_REPORTED : promised + rows;
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

    /**
     * The number of the file in the split, the place in its text, and the number of the line there; null if nobody could
     * tell whether a file is still the same when the read goes on.
     */
    @Override
    public @Nullable String position() {
        if (!payload.files().stream().allMatch(opener.access()::tellsVersions)) {
            return null;
        }
        FileRows rows = current;
        return rows == null ? file + ":" + offset + ":" + line : file + ":" + rows.offset() + ":" + rows.line();
    }

    /** I7: what the files themselves say; text says nothing. */
    @Override
    public long reportedRows() {
        return promised;
    }

    @Override
    public void cancel() {
        cancelled = true;
        FileRows rows = current;
        try {
            if (rows != null) {
                rows.cancel();
            }
        } catch (IOException nothingToLose) {
            // it was only read
        }
    }

    @Override
    public void close() {
        FileRows rows = current;
        current = null;
        try {
            if (rows != null) {
                rows.close();
            }
        } catch (IOException nothingToLose) {
            // it was only read
        }
    }
}
