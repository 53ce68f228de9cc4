package dev.sluice.dist.system;

import dev.sluice.testkit.host.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs random transactions against busy tables: short and long ones, some with savepoints, some that are given up, some that
 * add so many rows that what is open lies far below the newest cursor. Gives back the texts that it committed.
 */
final class RandomWriter implements Callable<Set<String>> {
    private static final int CROWD = 1_200;
    private static final int LONGEST = 2;

    private final BusyTables tables;
    private final AtomicLong keys;
    private final AtomicInteger syncs;
    private final String name;
    private final int transactions;
    private final SplittableRandom random;
    private final Set<String> committed = new HashSet<>();

    /**
     * A writer.
     *
     * @param keys the greatest key that was given away, shared by all writers
     * @param syncs how many syncs have ended, by which long transactions are timed
     */
    RandomWriter(
            BusyTables tables,
            AtomicLong keys,
            AtomicInteger syncs,
            String name,
            int transactions,
            SplittableRandom random) {
        this.tables = tables;
        this.keys = keys;
        this.syncs = syncs;
        this.name = name;
        this.transactions = transactions;
        this.random = random;
    }

    @Override
    public Set<String> call() throws SQLException {
        try (Connection connection = tables.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(tables.sql().impatience());
            connection.setAutoCommit(false);
            for (int i = 1; i <= transactions; i++) {
                String text = name + "." + i;
                if (isCommitted(connection, statement, text)) {
                    committed.add(text);
                }
            }
        }
        return committed;
    }

    private boolean isCommitted(Connection connection, Statement statement, String text) throws SQLException {
        try {
            boolean crowded = random.nextInt(20) == 0;
            int statements = crowded ? 1 : 1 + random.nextInt(6);
            for (int i = 0; i < statements; i++) {
                statement.execute(crowded ? insert(CROWD, text) : change(text));
                if (random.nextInt(8) == 0) {
                    Savepoint before = connection.setSavepoint();
                    statement.execute(random.nextBoolean() ? insert(1, text + " undone") : update(text + " undone"));
                    connection.rollback(before);
                }
            }
            if (random.nextInt(12) == 0) {
                stayOpen();
            }
            if (random.nextInt(8) == 0) {
                connection.rollback();
                return false;
            }
            connection.commit();
            return true;
        } catch (SQLTransientException victim) {
            connection.rollback(); // two waited for each other, and the server chose this one
            return false;
        } catch (SQLException failed) {
            connection.rollback();
            if ("40P01".equals(failed.getSQLState())) {
                return false;
            }
            throw failed;
        }
    }

    private void stayOpen() {
        int until = syncs.get() + 1 + random.nextInt(LONGEST);
        Await.until("syncs go on while a transaction is open", () -> syncs.get() >= until);
    }

    private String change(String text) {
        if (tables.isLogged() && random.nextInt(6) == 0) {
            return tables.delete(table(), 1 + random.nextLong(keys.get()));
        }
        return random.nextInt(3) == 0 ? insert(1, text) : update(text);
    }

    private String insert(int count, String text) {
        return tables.insert(table(), keys.getAndAdd(count), count, text, price());
    }

    private String update(String text) {
        return tables.update(table(), 1 + random.nextLong(keys.get()), text, price());
    }

    private String table() {
        return BusyTables.NAMES.get(random.nextInt(BusyTables.NAMES.size()));
    }

    private String price() {
        return random.nextInt(5) == 0 ? "NULL" : random.nextInt(-9_999, 9_999) + ".25";
    }
}
