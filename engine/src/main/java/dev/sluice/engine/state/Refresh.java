package dev.sluice.engine.state;

/** The wish to read a stream from the beginning once more. It is fulfilled by the next run that publishes the stream. */
public enum Refresh {
    /** What is there stays: merged by key where one row a key is kept, doubled where rows are appended. */
    MERGE,
    /** What is there goes once the new copy is complete. */
    TRUNCATE
}
