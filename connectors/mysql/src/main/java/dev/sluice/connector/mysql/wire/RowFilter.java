package dev.sluice.connector.mysql.wire;

/** Decides by the raw bytes of a row whether it is delivered. */
@FunctionalInterface
public interface RowFilter {
    /**
     * True if the row is delivered.
     *
     * @param bytes holds the row as the server sent it
     * @param starts where the length of each value begins, and behind the last one where the row ends
     */
    boolean keeps(byte[] bytes, int[] starts);
}
