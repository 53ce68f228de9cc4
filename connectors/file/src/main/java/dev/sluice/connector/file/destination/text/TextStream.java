package dev.sluice.connector.file.destination.text;

import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.Stop;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows as lines into a stream, from which nothing can be taken back. One thread uses it. */
final class TextStream extends LineSink implements RowFiles {
    private static final String NAME = "standard output";
    private static final int BUFFER_BYTES = 64 << 10;

    private final OutputStream out;
    private final Lines lines;
    private final Compression compression;

    private @Nullable OutputStream piece;
    private long rows;
    private final Stop stop = new Stop();

    /**
     * Begins.
     *
     * @param header what the stream begins with
     */
    TextStream(OutputStream out, Lines lines, Compression compression, byte[] header) {
        super(BUFFER_BYTES);
        this.out = out;
        this.lines = lines;
        this.compression = compression;
        buffer().put(header);
    }

    @Override
    public void write(RecordBatch batch) {
        lines.bind(batch);
        for (int row = 0; row < batch.rows(); row++) {
            lines.append(row, this);
            rows++;
            relieve();
        }
    }

    @Override
    void drain() {
        stop.check();
        try {
            OutputStream to = piece;
            if (to == null) {
                to = TextOutput.piece(compression, out);
                piece = to;
            }
            to.write(buffer().bytes(), 0, buffer().size());
        } catch (IOException failure) {
            throw failed(failure);
        }
        buffer().clear();
    }

    /** Whoever reads may have seen enough, as `head` does; that is no failure of anybody. */
    private static ProblemException failed(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains("Broken pipe") || words.contains("pipe is being closed")) {
            return Problem.of("E_OUTPUT_CLOSED", ProblemKind.CANCELLED, "nobody reads the output any more")
                    .at(NAME)
                    .exception(failure);
        }
        return Problems.writing(NAME, failure);
    }

    @Override
    public Prepared prepare() {
        if (buffer().size() > 0 || piece != null) {
            drain();
        }
        try {
            OutputStream last = piece;
            if (last != null) {
                piece = null;
                last.close();
            }
            out.flush();
        } catch (IOException failure) {
            throw failed(failure);
        }
        long prepared = rows;
        rows = 0;
        return new Prepared(List.of(), prepared);
    }

    @Override
    public void committed() {
        // What is written is gone; there is nothing to remember.
    }

    @Override
    public void cancel() {
        stop.request();
    }

    @Override
    public void close() {
        // The stream belongs to the process.
    }
}
