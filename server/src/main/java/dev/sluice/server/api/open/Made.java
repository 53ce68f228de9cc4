package dev.sluice.server.api.open;

import dev.sluice.server.store.Transaction;
import java.sql.SQLException;

/** What goes with making something, in the same transaction: both happen, or neither. */
public interface Made<T> {
    /** Does it; may be called again, as the transaction itself. */
    void then(Transaction transaction, T made) throws SQLException;

    /** Nothing goes with it. */
    static <T> Made<T> nothingMore() {
        return (_, _) -> {};
    }
}
