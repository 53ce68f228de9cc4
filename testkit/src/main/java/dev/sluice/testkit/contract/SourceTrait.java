package dev.sluice.testkit.contract;

/** What a source can do, beyond what every source must. */
public enum SourceTrait implements Trait {
    /** A test can make tables and fill them; false for sources with a content of their own. */
    TABLES("a test can make tables"),
    /** Rows can be changed and deleted after they were inserted. */
    EDITS("rows can be changed and deleted"),
    /** Several edits become visible in one moment, and can wait uncommitted while others commit. */
    TRANSACTIONS("edits happen in transactions"),
    /** Discovery tells the primary key of a table. */
    PRIMARY_KEYS("discovery tells primary keys"),
    /** Streams stand in namespaces. */
    NAMESPACES("streams stand in namespaces"),
    /** Tables and fields may have any names, and keep them. */
    HOSTILE_NAMES("tables and fields have any names"),
    /** A table may have very many fields. */
    WIDE_STREAMS("a stream has very many fields"),
    /** A table may have no field at all; its rows are counted. */
    FIELDLESS_STREAMS("a stream has no field"),
    /** A value may be larger than a mebibyte; it asks the host for permission. */
    LARGE_VALUES("a value is larger than a mebibyte"),
    /** A large stream is divided into several splits. */
    PARALLEL_SPLITS("a large stream has several splits"),
    /** A read shows the stream as it was in one moment. */
    SNAPSHOT("a read shows one moment"),
    /** An interrupted read goes on where it stopped. */
    RESUME("an interrupted read goes on"),
    /** The plan of an interrupted read is refused by another table that was made later under the same name. */
    PLAN_IDENTITY("a plan is held against its table"),
    /** A stream can be read incrementally by a cursor. */
    INCREMENTAL("a stream is read incrementally"),
    /** Rows that come later with the same cursor value as the last row of the read before are delivered, once. */
    TIES("rows that tie with the last cursor value are delivered once"),
    /** Rows whose cursor is null when the first read comes are delivered. */
    NULL_CURSORS("rows without a cursor value are delivered"),
    /** Rows whose cursor is null and that come after the first read are delivered. */
    LATE_NULL_CURSORS("rows without a cursor value are delivered when they come later"),
    /** The position of a table is refused by another one that was made later under the same name. */
    TABLE_IDENTITY("a table that was made anew is told from the old one"),
    /** A cursor value in the far future does not hide the rows that come after it. */
    FUTURE_CURSORS("a cursor value in the future hides nothing"),
    /** Rows of a transaction that was open during a read are delivered by the next, although their cursor is lower. */
    LATE_COMMITS("rows that are committed late are delivered"),
    /** A first read begins while transactions are open; without it, it waits for them. */
    COPY_BESIDE_WRITERS("a first read does not wait for open transactions"),
    /** Nothing is lost or doubled while many write. */
    CONCURRENT_WRITERS("nothing is lost or doubled while many write"),
    /** Incremental reads tell what happened to each row, deletes included. */
    CHANGE_LOG("changes are read from a log");

    private final String promise;

    SourceTrait(String promise) {
        this.promise = promise;
    }

    @Override
    public String promise() {
        return promise;
    }
}
