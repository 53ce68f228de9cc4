package dev.sluice.spi.source;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.runtime.RejectedRecord;

/**
 * What the host gives to the reader of a split. Only the thread that reads the split calls it.
 */
public interface ReadContext {
    /** When to hand on a batch. */
    BatchSize batchSize();

    /**
     * Asks for memory for one large value, before the source makes room for it. Values below {@link #LARGE_VALUE} need
     * no permission. Waits until the budget has that much; a value that can never fit is refused at once, and the source
     * then sends a null with the change {@code SOURCE_FIELD_SIZE_LIMITATION}.
     *
     * <p>I6: this is where the budget hears of memory beyond the size of an ordinary batch. A batch with such a value is
     * handed on after its row.
     *
     * @param bytes the size of the value
     * @return false if the value exceeds the limit for one value
     */
    boolean admitLargeValue(long bytes);

    /** Keeps a record that cannot be read. It counts as read and as rejected (I7). */
    void reject(RejectedRecord record);

    /**
     * Hears how many rows there are from where this read began, as far as the source has learnt it; for progress only.
     */
    default void expect(long rows) {}

    /**
     * True if a record that can be read, and one of whose values cannot, is to be sent with a null in the place of that
     * value and the change {@code SOURCE_SERIALIZATION_ERROR}; false if it is to be rejected.
     */
    default boolean annotates() {
        return false;
    }

    /** The size in bytes from which a value needs permission. */
    int LARGE_VALUE = 1 << 20;
}
