package dev.sluice.spi.source;

/**
 * The fields in which a source that reads a log tells more of a row than the row itself: where in the log it stands, when
 * it was changed, and when it was deleted. They are of the log and not of the row, so a row that is read once more, as a
 * comparison does, has others.
 */
public final class ChangeFields {
    /** The place in the log of the transaction that made the row as it is; it grows. */
    public static final String POSITION = "_ab_cdc_lsn";

    /** The same in two: the file of the log, for servers that divide theirs. */
    public static final String LOG_FILE = "_ab_cdc_log_file";

    /** And the place in it where the event begins that tells of the row. */
    public static final String LOG_PLACE = "_ab_cdc_log_pos";

    /** When that transaction was committed. */
    public static final String UPDATED_AT = "_ab_cdc_updated_at";

    /** When the row was deleted; null if it was not. */
    public static final String DELETED_AT = "_ab_cdc_deleted_at";

    private static final String PREFIX = "_ab_cdc_";

    private ChangeFields() {}

    /** True if a field of this name tells of the log. */
    public static boolean isOne(String field) {
        return field.startsWith(PREFIX);
    }
}
