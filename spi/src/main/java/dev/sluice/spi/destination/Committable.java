package dev.sluice.spi.destination;

import java.util.Objects;

/**
 * What a writer prepared: safe to be made visible, not visible yet. Plain data.
 *
 * @param marker what it covers
 * @param rows the rows that it adds, as the destination counted them and not as they were handed over (I7); rows that
 *     are merged count when they are taken in
 * @param rejected the rows that the destination refused since the last commit, one by one reported to the context
 * @param bytes the bytes that were written, for statistics
 * @param unchanged how many of those rows the system had already just so, so that nothing was written for them
 * @param handle how the target finds it again; opaque to everybody else
 */
public record Committable(Marker marker, long rows, long rejected, long bytes, long unchanged, String handle) {
    public Committable {
        Objects.requireNonNull(marker);
        Objects.requireNonNull(handle);
    }

    /** Rows that all were written. */
    public Committable(Marker marker, long rows, long rejected, long bytes, String handle) {
        this(marker, rows, rejected, bytes, 0, handle);
    }
}
