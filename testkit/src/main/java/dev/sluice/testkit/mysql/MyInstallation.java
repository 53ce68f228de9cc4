package dev.sluice.testkit.mysql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the programs of a server lie, and how they are run. */
sealed interface MyInstallation permits MariaDbInstallation, MySqlInstallation {
    /** The program of the server. */
    Path server();

    /** The program of the client. */
    Path client();

    /** The arguments of every process of the server: where its own files are. */
    List<String> arguments();

    /**
     * The options that a server of this product has in all tests, by name.
     *
     * @param durable true if commits shall survive the loss of the operating system's memory
     */
    Map<String, String> settings(boolean durable);

    /** The options that keep the server from offering TLS. */
    List<String> withoutTls();

    /** The statements that leave no account but those of the tests. */
    List<String> withoutOwnAccounts();

    /**
     * Makes a data directory with the system tables in it.
     *
     * @param home where the folder {@code data} is to be, and files that go with it
     */
    void makeData(Path home) throws IOException;

    /** The one of a product; empty if it does not run here. */
    static Optional<? extends MyInstallation> find(MyProduct product) {
        return switch (product) {
            case MARIADB -> MariaDbInstallation.find();
            case MYSQL -> MySqlInstallation.find();
        };
    }

    /** Why there is none, in one sentence; asked when {@link #find} is empty. */
    static String none(MyProduct product) {
        return switch (product) {
            case MARIADB -> MariaDbInstallation.NONE;
            case MYSQL -> MySqlInstallation.NONE;
        };
    }
}
