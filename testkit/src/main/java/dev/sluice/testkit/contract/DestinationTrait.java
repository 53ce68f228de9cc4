package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.DestinationSyncMode;

/** What a destination can do, beyond what every destination must. */
public enum DestinationTrait implements Trait {
    /** What was written can be looked at afterwards. Without it the same steps are taken and no content is compared. */
    READ_BACK("what was written can be read back"),
    /** Rows are added to what is there. */
    APPEND("rows are appended"),
    /** Rows take the place of what is there. */
    OVERWRITE("content is replaced"),
    /** Rows are added, and the latest of each key is kept. */
    APPEND_DEDUP("rows are merged by key"),
    /** Rows take the place of what is there, the latest of each key. */
    OVERWRITE_DEDUP("content is replaced and one row a key is kept"),
    /** Targets are grouped by namespace. */
    NAMESPACES("targets are grouped by namespace"),
    /** Inserts, updates and deletes of a log are applied. */
    OPERATIONS("changes of a log are applied"),
    /** A value that a log did not resend is kept. */
    UNCHANGED_VALUES("values that a log did not resend are kept"),
    /** It remembers runs and markers by itself. */
    LEDGER("it keeps a ledger"),
    /** Rows and marker become visible in one step. */
    ATOMIC_COMMIT("rows and marker are committed in one step"),
    /** Readers see the old content or the new one. */
    ATOMIC_PUBLISH("content is replaced in one step"),
    /** Publishing fails if rows that were committed are missing. */
    VERIFIED_PUBLISH("publishing counts what was committed"),
    /** Rows of an unfinished run go when it is discarded. */
    DISCARD("an unfinished run can be discarded"),
    /** Rows that were merged into a table go when the unfinished run is discarded, and older ones come back. */
    DISCARD_OF_MERGES("merged rows can be discarded"),
    /** A target has one owner, and one run writes it at a time. */
    OWNERSHIP("a target has one owner"),
    /** Several writers of one target work side by side. */
    PARALLEL_WRITERS("several writers work side by side"),
    /** Each row carries the columns {@code _airbyte_raw_id}, {@code _airbyte_extracted_at} and so on. */
    METADATA("rows carry metadata columns"),
    /** A new field becomes a new column of a target that is there. */
    NEW_COLUMNS("new fields become columns"),
    /** A column takes values of a wider type than it was made for. */
    WIDER_COLUMNS("columns become wider"),
    /** A field that no longer comes leaves its column, which is null in new rows. */
    KEPT_COLUMNS("columns of removed fields stay"),
    /** Namespaces, tables and columns may have any names, and two names never mix. */
    HOSTILE_NAMES("names of any kind do not mix"),
    /** A target may have very many fields. */
    WIDE_TARGETS("a target has very many fields"),
    /** A target may have no field at all; its rows are counted. */
    FIELDLESS_TARGETS("a target has no field"),
    /** A value may be many mebibytes long. */
    LARGE_VALUES("a value is many mebibytes long");

    private final String promise;

    DestinationTrait(String promise) {
        this.promise = promise;
    }

    @Override
    public String promise() {
        return promise;
    }

    static DestinationTrait of(DestinationSyncMode mode) {
        return switch (mode) {
            case APPEND -> APPEND;
            case OVERWRITE -> OVERWRITE;
            case APPEND_DEDUP -> APPEND_DEDUP;
            case OVERWRITE_DEDUP -> OVERWRITE_DEDUP;
            case UPDATE, SOFT_DELETE, DELETE, MIRROR ->
                throw new IllegalArgumentException("data activation has a contract of its own: " + mode);
        };
    }
}
