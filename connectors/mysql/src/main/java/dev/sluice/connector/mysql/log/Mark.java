package dev.sluice.connector.mysql.log;

import org.jspecify.annotations.Nullable;

/**
 * Something in the log that concerns a table as a whole.
 *
 * @param place where it stands
 * @param effect what it means for the table
 * @param stop why the table cannot be read beyond; null if it can
 * @param what what the log has there, for people
 */
record Mark(LogPlace place, Effect effect, @Nullable Stop stop, String what) {}
