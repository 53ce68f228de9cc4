package dev.sluice.spi.data;

/** What happened to a row, in a batch that comes from a log of changes. The ordinal is never stored. */
public enum Operation {
    /** The row is as the batch has it; the source does not say whether it is new. The operation of a plain read. */
    UPSERT((byte) 0),
    /** The row is new. */
    INSERT((byte) 1),
    /** The row was there before and is now as the batch has it, apart from unchanged values. */
    UPDATE((byte) 2),
    /** The row is gone; the batch holds at least its key. */
    DELETE((byte) 3);

    private final byte code;

    Operation(byte code) {
        this.code = code;
    }

    /** The code that stands for the operation in {@link RecordBatch}. */
    public byte code() {
        return code;
    }

    /**
     * The operation of a code.
     *
     * @throws IllegalArgumentException if no operation has it
     */
    public static Operation of(byte code) {
        return switch (code) {
            case 0 -> UPSERT;
            case 1 -> INSERT;
            case 2 -> UPDATE;
            case 3 -> DELETE;
            default -> throw new IllegalArgumentException("no operation has the code " + code);
        };
    }
}
