package dev.sluice.spi.source;

import org.jspecify.annotations.Nullable;

/** Counts and sums rows once, at one moment of the stream. One thread runs and closes it; any may cancel it. */
public interface ChecksumTask extends AutoCloseable {
    /**
     * Counts and sums, which may take as long as reading the stream does.
     *
     * @return null if it shows only now that the source cannot
     * @throws dev.sluice.spi.problem.ProblemException if it fails or is cancelled
     */
    @Nullable
    Checksums run();

    /** Makes {@link #run} end soon with a failure. */
    void cancel();

    @Override
    void close();
}
