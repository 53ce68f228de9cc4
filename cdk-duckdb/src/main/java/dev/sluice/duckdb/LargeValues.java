package dev.sluice.duckdb;

/** Decides whether there is memory for a large value, before it is copied into a batch. */
@FunctionalInterface
public interface LargeValues {
    /** The size in bytes from which a value is large. */
    int LARGE = 1 << 20;

    /** Takes values of any size. */
    LargeValues ALL = bytes -> true;

    /**
     * Asks for memory for one value of at least {@value #LARGE} bytes; may wait. A value that is refused becomes null
     * with the change {@code SOURCE_FIELD_SIZE_LIMITATION}.
     *
     * @param bytes the size of the value
     */
    boolean admit(long bytes);
}
