package dev.sluice.server.jobs;

import dev.sluice.server.store.Transaction;
import java.sql.SQLException;

/** Hears what becomes of jobs, within the transaction in which it happens. */
public interface JobListener {
    /** Somebody wants it. */
    default void added(Transaction transaction, Job job) throws SQLException {}

    /** Its first attempt begins. */
    default void began(Transaction transaction, Job job) throws SQLException {}

    /** It has ended, in one way or another. */
    default void ended(Transaction transaction, Job job) throws SQLException {}

    /** Its connection will be switched off if this goes on. */
    default void warned(Transaction transaction, Job job, FailureRow row) throws SQLException {}

    /** Its connection was switched off. */
    default void disabled(Transaction transaction, Job job, FailureRow row) throws SQLException {}
}
