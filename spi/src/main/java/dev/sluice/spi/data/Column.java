package dev.sluice.spi.data;

/**
 * The values of one field for all rows of a batch.
 *
 * <p>The family is closed, one class a {@link dev.sluice.spi.type.Layout}; the type of the field tells what the numbers
 * and bytes mean. Columns are read-only once built and may be read by any thread; the arrays that the subclasses expose
 * are the column's own and must not be written. An array may be longer than {@link #size()}. At rows without a value
 * the arrays hold anything.
 */
public abstract sealed class Column permits BoolColumn, IntColumn, LongColumn, DoubleColumn, WideColumn, BytesColumn {
    private final int size;
    private final Validity validity;

    Column(int size, Validity validity) {
        this.size = size;
        this.validity = validity;
    }

    /** The number of rows. */
    public final int size() {
        return size;
    }

    /** True if at least one row is null. */
    public final boolean hasNulls() {
        return validity.hasNulls();
    }

    /** True if at least one row holds an unchanged value that the source did not resend. */
    public final boolean hasUnchanged() {
        return validity.hasUnchanged();
    }

    /** True if the row is null. An unchanged value is not null. */
    public final boolean isNull(int row) {
        return validity.isNull(row);
    }

    /** True if the source did not resend the row's value, and the destination must keep the one that it has. */
    public final boolean isUnchanged(int row) {
        return validity.isUnchanged(row);
    }

    /** True if the row holds a value: it is neither null nor unchanged. */
    public final boolean isPresent(int row) {
        return !validity.isNull(row) && !validity.isUnchanged(row);
    }

    /** The bytes of memory that the column takes, as the budget counts them. */
    public final long bytes() {
        return validity.bytes() + valueBytes();
    }

    /** The bytes that the values themselves take, without the room that the arrays keep; for statistics. */
    public abstract long payloadBytes();

    final Validity validity() {
        return validity;
    }

    abstract long valueBytes();
}
