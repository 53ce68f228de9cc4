package dev.sluice.testkit.contract;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ObjectContract} needs of the test of a database: a place with two tables of somebody else's, without rows, and a way
 * to look at them without the connector. One fixture serves one test.
 *
 * <p>The table {@code owners} has the primary key {@code name}, a text. The table {@code contacts} has a number that the database
 * gives as its primary key, and:
 *
 * <ul>
 *   <li>{@code email}, a text that is not null and unique
 *   <li>{@code full_name}, a text of at most 20 characters that is not null and has no default
 *   <li>{@code score}, a whole number below 2000
 *   <li>{@code tier}, {@code gold} or {@code silver}
 *   <li>{@code phone}, a text
 *   <li>{@code owner}, a text that refers to {@code owners}
 *   <li>{@code origin}, a text that is not null and has the default {@code hand}
 *   <li>{@code seen}, a time without zone, to seconds
 *   <li>{@code note}, a JSON document, or a text where the database has no such type
 * </ul>
 */
public interface ObjectFixture extends AutoCloseable {
    /** A new destination in the place; the caller closes it. */
    Destination open(ConnectorContext context);

    /** The name that the destination gives to the table {@code contacts}. */
    String object();

    /** The table {@code contacts}, quoted as statements need it; {@code owners} stands beside. */
    String table();

    /** Runs statements, each in a transaction of its own. */
    void execute(String... statements);

    /** The rows of a query as texts. */
    List<List<@Nullable String>> query(String sql);

    /** True if the table takes e-mail addresses that differ by case only for one. */
    boolean foldsCase();

    /** A statement after which the table silently takes no new row with the score 777; null if the database cannot do that. */
    @Nullable
    String letsFall();

    /** What follows the columns of a table beside {@code contacts}, so that it can refer to it. */
    default String tableOptions() {
        return "";
    }

    /** Lets go of the place. */
    @Override
    void close();
}
